import { randomUUID } from 'node:crypto';
import { ApolloServer, HeaderMap, type HTTPGraphQLRequest, type HTTPGraphQLResponse } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import type { Api, OperationContext } from '../graphql/api.ts';
import { type Ran, VersionsTooFastError } from './settle.ts';

/** Runs one request; rejects only with a bug of ours. */
export type Execute = (
  request: HTTPGraphQLRequest,
  context: () => Promise<OperationContext>,
) => Promise<Ran<HTTPGraphQLResponse>>;

/**
 * What speaks GraphQL over HTTP for the API, until `stop`; nothing of it ever calls home, whatever the environment.
 */
export async function startApollo(
  api: Api,
  log: Logger,
): Promise<{ execute: Execute; stop(): Promise<void> }> {
  // Apollo gives the resolvers a copy of the context, and what they write there is wanted afterwards.
  const contexts = new WeakMap<HTTPGraphQLRequest, OperationContext>();
  const server = new ApolloServer<OperationContext>({
    schema: api.schema,
    logger: log,
    introspection: true,
    csrfPrevention: true,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: (formatted, error) => shown(api, log, formatted, error),
    plugins: [
      {
        requestDidStart: async ({ request, contextValue }) => {
          if (request.http) contexts.set(request.http, contextValue);
        },
      },
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
  await server.start();
  return {
    execute: async (httpGraphQLRequest, context) => {
      const answer = await server.executeHTTPGraphQLRequest({ httpGraphQLRequest, context });
      return { answer, context: contexts.get(httpGraphQLRequest) };
    },
    stop: () => server.stop(),
  };
}

/** Answers 503: no one version of the data can be told, so no answer could be right. */
export function unavailable(cause: unknown): GraphQLError {
  const message =
    cause instanceof VersionsTooFastError
      ? cause.message
      : 'The data are not available: their version cannot be read. Try again shortly.';
  return new GraphQLError(message, {
    extensions: {
      code: 'DATA_UNAVAILABLE',
      http: { status: 503, headers: new HeaderMap([['retry-after', '5']]) },
    },
    originalError: cause instanceof Error ? cause : new Error(String(cause)),
  });
}

/** What the caller sees of an error. The API masks what it does not know; the log has the rest, under the same id. */
function shown(
  api: Api,
  log: Logger,
  formatted: GraphQLFormattedError,
  error: unknown,
): GraphQLFormattedError {
  if (formatted.extensions?.code === 'DATA_UNAVAILABLE') return formatted;
  const masked = api.formatError(formatted, error);
  if (masked.extensions?.code !== 'INTERNAL_SERVER_ERROR') return masked;
  const errorId = masked.extensions.errorId ?? randomUUID();
  log.error({ err: unwrapResolverError(error), errorId }, 'an operation failed');
  return { ...masked, extensions: { ...masked.extensions, errorId } };
}
