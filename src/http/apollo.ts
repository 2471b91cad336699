import { ApolloServer, HeaderMap, type HTTPGraphQLRequest, type HTTPGraphQLResponse } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import type { Api } from '../graphql/api.ts';
import type { OperationContext } from '../graphql/context.ts';
import { limitsRule, type OperationLimits } from '../graphql/limits.ts';
import { ErrorForms, UNAVAILABLE } from './error-forms.ts';
import { type Ran, VersionsTooFastError } from './settle.ts';

/** Runs one request; rejects only with a bug of ours. */
export type Execute = (
  request: HTTPGraphQLRequest,
  context: () => Promise<OperationContext>,
) => Promise<Ran<HTTPGraphQLResponse>>;

/** What speaks GraphQL over HTTP for the API. */
export interface GraphQLOverHttp {
  readonly execute: Execute;
  stop(): Promise<void>;
}

/** Nothing of it ever calls home, whatever the environment says. */
export async function startApollo(api: Api, log: Logger, limits: OperationLimits): Promise<GraphQLOverHttp> {
  // Apollo gives the resolvers a copy of the context, and what they write there is wanted afterwards.
  const contexts = new WeakMap<HTTPGraphQLRequest, OperationContext>();
  const forms = new ErrorForms(api);
  const server = new ApolloServer<OperationContext>({
    schema: api.schema,
    validationRules: [limitsRule(limits)],
    logger: log,
    introspection: true,
    csrfPrevention: true,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: (formatted, error) => forms.format(formatted, error),
    plugins: [
      {
        requestDidStart: async ({ request, contextValue }) => {
          if (request.http) contexts.set(request.http, contextValue);
          return {
            didEncounterErrors: async ({ errors }) => forms.encounter(errors, request.variables),
            willSendResponse: async ({ response }) => forms.complete(response),
          };
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
      code: UNAVAILABLE,
      http: { status: 503, headers: new HeaderMap([['retry-after', '5']]) },
    },
  });
}
