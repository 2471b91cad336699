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
import { type ExecutionResult, GraphQLError, type GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { Api } from '../graphql/api.ts';
import type { OperationContext } from '../graphql/context.ts';
import type { Executor, Operation } from '../graphql/execution/executor.ts';
import { limitsRule, type OperationLimits } from '../graphql/limits.ts';
import { ErrorForms, UNAVAILABLE } from './error-forms.ts';
import type { KnownOperation } from './known-operations.ts';
import { PREFLIGHT_HEADERS } from './response-cache.ts';
import { type Ran, VersionsTooFastError } from './settle.ts';

export interface GraphQLAnswer {
  readonly response: HTTPGraphQLResponse;
  /** The query that it answers, where it does so without any error. */
  readonly clean: KnownOperation | undefined;
}

/**
 * Runs one request; rejects only with a bug of ours.
 * @param result what its operation came to, where that was run already
 */
export type Execute = (
  request: HTTPGraphQLRequest,
  context: () => Promise<OperationContext>,
  result?: ExecutionResult,
) => Promise<Ran<GraphQLAnswer>>;

/** What speaks GraphQL over HTTP for the API. */
export interface GraphQLOverHttp {
  readonly execute: Execute;
  stop(): Promise<void>;
}

/** Nothing of it ever calls home, whatever the environment says. */
export async function startApollo(
  api: Api,
  executor: Executor,
  log: Logger,
  limits: OperationLimits,
): Promise<GraphQLOverHttp> {
  // Apollo gives the resolvers a copy of the context, and what they write there is wanted afterwards.
  const contexts = new WeakMap<HTTPGraphQLRequest, OperationContext>();
  const results = new WeakMap<HTTPGraphQLRequest, ExecutionResult>();
  const ran = new WeakMap<OperationContext, ExecutionResult>();
  const clean = new WeakMap<HTTPGraphQLRequest, KnownOperation>();
  const forms = new ErrorForms(api);
  const server = new ApolloServer<OperationContext>({
    gateway: executing(
      api.schema,
      (operation) => ran.get(operation.contextValue as OperationContext) ?? executor.execute(operation),
    ),
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
          const result = request.http && results.get(request.http);
          if (result) ran.set(contextValue, result);
          return {
            didEncounterErrors: async ({ errors }) => forms.encounter(errors, request.variables),
            willSendResponse: async ({ response, document, operation }) => {
              forms.complete(response);
              if (request.http && document && operation?.operation === 'query' && !hasErrors(response))
                clean.set(request.http, { document, operationName: request.operationName });
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
    execute: async (httpGraphQLRequest, context, result) => {
      if (result) results.set(httpGraphQLRequest, result);
      const response = await server.executeHTTPGraphQLRequest({ httpGraphQLRequest, context });
      const answer = { response, clean: clean.get(httpGraphQLRequest) };
      return { answer, context: contexts.get(httpGraphQLRequest) };
    },
    stop: () => server.stop(),
  };
}

/** How Apollo lets something else than graphql-js run its operations. */
function executing(
  schema: GraphQLSchema,
  run: (operation: Operation) => ExecutionResult | Promise<ExecutionResult>,
): NonNullable<ApolloServerOptions<OperationContext>['gateway']> {
  return {
    load: async () => ({
      executor: async ({ document, request, context }) => {
        const { variables: variableValues, operationName } = request;
        return run({ document, contextValue: context, variableValues, operationName });
      },
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
