/** Code of a request that cannot be answered as asked. */
export const BAD_REQUEST = 'BAD_USER_INPUT';

/** Code of a document that the schema does not allow. */
export const VALIDATION_FAILED = 'GRAPHQL_VALIDATION_FAILED';
