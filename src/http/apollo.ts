import {
  ApolloServer,
  type ApolloServerOptions,
  type GraphQLResponse,
  HeaderMap,
  type HTTPGraphQLRequest,
  type HTTPGraphQLResponse,
} from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { Api } from '../graphql/api.ts';
import type { OperationContext } from '../graphql/context.ts';
import { Executor } from '../graphql/executor.ts';
import { limitsRule, type OperationLimits } from '../graphql/limits.ts';
import { ErrorForms, UNAVAILABLE } from './error-forms.ts';
import { PREFLIGHT_HEADERS } from './response-cache.ts';
import { type Ran, VersionsTooFastError } from './settle.ts';

export interface GraphQLAnswer {
  readonly response: HTTPGraphQLResponse;
  /** Whether it answers a query, without any error. */
  readonly isClean: boolean;
}

/** Runs one request; rejects only with a bug of ours. */
export type Execute = (
  request: HTTPGraphQLRequest,
  context: () => Promise<OperationContext>,
) => Promise<Ran<GraphQLAnswer>>;

/** What speaks GraphQL over HTTP for the API. */
export interface GraphQLOverHttp {
  readonly execute: Execute;
  stop(): Promise<void>;
}

/** Nothing of it ever calls home, whatever the environment says. */
export async function startApollo(api: Api, log: Logger, limits: OperationLimits): Promise<GraphQLOverHttp> {
  // Apollo gives the resolvers a copy of the context, and what they write there is wanted afterwards.
  const contexts = new WeakMap<HTTPGraphQLRequest, OperationContext>();
  const clean = new WeakSet<HTTPGraphQLRequest>();
  const forms = new ErrorForms(api);
  const server = new ApolloServer<OperationContext>({
    gateway: executing(api.schema),
    validationRules: [limitsRule(limits)],
    logger: log,
    introspection: true,
    csrfPrevention: { requestHeaders: PREFLIGHT_HEADERS },
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: (formatted, error) => forms.format(formatted, error),
    plugins: [
      {
        requestDidStart: async ({ request, contextValue }) => {
          if (request.http) contexts.set(request.http, contextValue);
          return {
            didEncounterErrors: async ({ errors }) => forms.encounter(errors, request.variables),
            willSendResponse: async ({ response, operation }) => {
              forms.complete(response);
              if (request.http && operation?.operation === 'query' && !hasErrors(response))
                clean.add(request.http);
            },
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
      const response = await server.executeHTTPGraphQLRequest({ httpGraphQLRequest, context });
      const isClean = clean.has(httpGraphQLRequest);
      return { answer: { response, isClean }, context: contexts.get(httpGraphQLRequest) };
    },
    stop: () => server.stop(),
  };
}

/** How Apollo lets something else than graphql-js run its operations. */
function executing(schema: GraphQLSchema): NonNullable<ApolloServerOptions<OperationContext>['gateway']> {
  const executor = new Executor(schema);
  return {
    load: async () => ({
      executor: ({ document, request, context }) =>
        executor.execute({
          ...{ document, contextValue: context },
          variableValues: request.variables ?? null,
          operationName: request.operationName ?? null,
        }),
    }),
    onSchemaLoadOrUpdate(tell) {
      tell({ apiSchema: schema, coreSupergraphSdl: '' });
      return () => undefined;
    },
    stop: async () => undefined,
  };
}

function hasErrors({ body }: GraphQLResponse): boolean {
  return body.kind !== 'single' || body.singleResult.errors !== undefined;
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
