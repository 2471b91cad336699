import type { GraphQLError } from 'graphql';

/** What is wrong with a document that was given as an argument; each is reported as an error of its own. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';

  constructor(readonly errors: readonly GraphQLError[]) {
    super(errors.map(({ message }) => message).join('\n'));
  }
}
