import { randomUUID } from 'node:crypto';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { isLostConnection, isTimeOut } from '../database/error-codes.ts';
import { VersionUnavailableError } from '../database/version-watcher.ts';
import { RequestError } from '../query/problems.ts';

/** Code of a request that cannot be answered as asked. */
export const BAD_REQUEST = 'BAD_USER_INPUT';

/**
 * One error per problem of a request, each with its reason, path and what would have been valid.
 * Other errors stay as they are.
 */
export function expandProblems(errors: readonly GraphQLError[]): readonly GraphQLError[] {
  return errors.flatMap((error) => {
    const { originalError } = error;
    if (!(originalError instanceof RequestError)) return [error];
    return originalError.problems.map(({ message, reason, path, allowed, suggestion }) => {
      const extensions = { code: BAD_REQUEST, reason, path, allowed, suggestion };
      const { nodes = null, path: field = null } = error;
      return new GraphQLError(message, {
        nodes,
        path: field,
        extensions: JSON.parse(JSON.stringify(extensions)),
      });
    });
  });
}

/** Told of an error that a client must not see, with the id that the client does see. */
export type ReportBug = (id: string, error: unknown) => void;

/**
 * What a client sees of an error: its own mistakes in full; a time-out and an unreadable pointer by name;
 * anything else only by an id under which it was reported.
 */
export function formatError(
  formatted: GraphQLFormattedError,
  error: unknown,
  report: ReportBug,
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
  if (!original || original instanceof GraphQLError) return withoutStack(formatted);
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

function withCode(
  { locations, path }: GraphQLFormattedError,
  message: string,
  code: string,
): GraphQLFormattedError {
  return { message, ...(locations && { locations }), ...(path && { path }), extensions: { code } };
}

function withoutStack(formatted: GraphQLFormattedError): GraphQLFormattedError {
  const { stacktrace, ...extensions } = formatted.extensions ?? {};
  return { ...formatted, extensions };
}
