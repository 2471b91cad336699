import { randomUUID } from 'node:crypto';
import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import { UnsafeIntegerError } from '../database/decode.ts';
import { isLostConnection, isTimeOut } from '../database/error-codes.ts';
import { VersionUnavailableError } from '../database/version-watcher.ts';
import { type Problem, RequestError } from '../query/resolve/problems.ts';
import { BAD_REQUEST, VALIDATION_FAILED } from './codes.ts';
import { DocumentError } from './explain/document-error.ts';
import { hintFor } from './hints.ts';
import type { VariableHint, VariableHints } from './variable-hints.ts';

/**
 * One error per problem of a request, each with its reason, path and what would have been valid; and one per error
 * of a document that was given as an argument. Errors about variables get their hints. Others stay as they are.
 */
export function expandProblems(
  errors: readonly GraphQLError[],
  hints: VariableHints = new Map(),
): readonly GraphQLError[] {
  return errors.flatMap((error) => {
    const { originalError } = error;
    const hint = hints.get(error);
    if (hint) return [ofVariable(hint, error)];
    if (originalError instanceof RequestError)
      return originalError.problems.map((problem) => ofProblem(problem, error));
    if (originalError instanceof DocumentError)
      return expandProblems(originalError.errors).map((inner) => ofDocument(inner, error));
    return [error];
  });
}

function ofProblem(
  { message, reason, path, allowed, suggestion }: Problem,
  error: GraphQLError,
): GraphQLError {
  const extensions = { code: BAD_REQUEST, reason, path, allowed, suggestion };
  const { nodes = null, path: field = null } = error;
  return new GraphQLError(message, {
    nodes,
    path: field,
    extensions: JSON.parse(JSON.stringify(extensions)),
  });
}

function ofVariable(hint: VariableHint, error: GraphQLError): GraphQLError {
  const { message, nodes = null } = error;
  return new GraphQLError(message, { nodes, extensions: { code: BAD_REQUEST, ...hint } });
}

/** Where the error is in the document given goes to the extensions: the places beside them are of the operation itself. */
function ofDocument(inner: GraphQLError, error: GraphQLError): GraphQLError {
  const { locations, path, originalError = null } = inner;
  const { nodes = null, path: field = null } = error;
  return new GraphQLError(inner.message, {
    ...{ nodes, path: field, originalError },
    extensions: { ...(locations && { locations }), ...(path && { path }), ...inner.extensions },
  });
}

/** Told of an error that a client must not see, with the id that the client does see. */
export type ReportBug = (id: string, error: unknown) => void;

/**
 * What a client sees of an error: its own mistakes in full, with what was perhaps meant; a time-out and an unreadable
 * pointer by name; anything else only by an id under which it was reported.
 */
export function formatError(
  formatted: GraphQLFormattedError,
  error: unknown,
  report: ReportBug,
  schema: GraphQLSchema,
): GraphQLFormattedError {
  const original = error instanceof GraphQLError ? error.originalError : error;
  if (original instanceof VersionUnavailableError)
    return withCode(formatted, original.message, 'SERVICE_UNAVAILABLE');
  if (isTimeOut(original)) {
    return withCode(
      formatted,
      'The query took too long and was stopped: ask for less time or fewer groups.',
      'TIMEOUT',
    );
  }
  if (isBeyondNumbers(original)) {
    return withCode(
      formatted,
      'A number of the answer is beyond what can be given: integers go to 2^53 − 1, others to about 10^308. Ask for less time or fewer groups, or for a formula of smaller numbers.',
      'NUMBER_OUT_OF_RANGE',
    );
  }
  if (!original || original instanceof GraphQLError) return ofClient(formatted, error, schema);
  if (isLostConnection(original)) {
    report(randomUUID(), original);
    return withCode(
      formatted,
      'The database does not answer at the moment; try again.',
      'SERVICE_UNAVAILABLE',
    );
  }
  const id = randomUUID();
  report(id, original);
  return withCode(
    formatted,
    `Something went wrong on our side; the log has it under ${id}.`,
    'INTERNAL_SERVER_ERROR',
  );
}

/** A number that is right but has no place in an answer: neither we nor the client did anything wrong. */
function isBeyondNumbers(error: unknown): boolean {
  return error instanceof UnsafeIntegerError || (error as { code?: string } | undefined)?.code === '22003';
}

function withCode(
  { locations, path }: GraphQLFormattedError,
  message: string,
  code: string,
): GraphQLFormattedError {
  return { message, ...(locations && { locations }), ...(path && { path }), extensions: { code } };
}

/** A mistake of the client's that GraphQL itself found, in the document or in the values of its variables. */
function ofClient(
  formatted: GraphQLFormattedError,
  error: unknown,
  schema: GraphQLSchema,
): GraphQLFormattedError {
  const { stacktrace, ...extensions } = formatted.extensions ?? {};
  if (!(error instanceof GraphQLError)) return { ...formatted, extensions };
  const hint = hintFor(schema, error);
  if (hint) return { ...formatted, extensions: { ...extensions, code: VALIDATION_FAILED, ...hint } };
  return { ...formatted, extensions: { ...extensions, ...(isOfArguments(error) && { code: BAD_REQUEST }) } };
}

/** Whether a variable holds what an argument cannot take, which shows only when the field is reached. */
function isOfArguments({ path, originalError }: GraphQLError): boolean {
  if (path === undefined || !(originalError instanceof GraphQLError)) return false;
  return originalError.nodes !== undefined && originalError.extensions.code === undefined;
}
