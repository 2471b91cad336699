import { type ExecutionResult, type GraphQLError, graphql } from 'graphql';
import type { Engine } from '../../src/database/engine.ts';
import { type Api, type ApiOptions, createApi } from '../../src/graphql/api.ts';
import { OperationContext } from '../../src/graphql/context.ts';
import type { ApiModel } from '../../src/graphql/define.ts';
import { expandProblems } from '../../src/graphql/errors.ts';
import { variableHints } from '../../src/graphql/variable-hints.ts';
import { model } from '../../src/model/index.ts';
import type { Catalog } from '../../src/query/catalog.ts';
import { Reader } from '../../src/query/reading/reader.ts';
import { ResultCache } from '../../src/query/reading/result-cache.ts';

/** Reads what the context's reader does, from the database each time. */
function readingAnew({ engine, served, viewer }: OperationContext): Reader {
  return new Reader(engine, new ResultCache(0), served, viewer.scope);
}

/** An answer as a test reads it: nested plain values. */
// biome-ignore lint/suspicious/noExplicitAny: the shape is the query's, which each test writes itself
export type Data = any;

export interface TestApi {
  readonly api: Api;
  /** The data of an answer without errors. */
  ask(source: string, variables?: Record<string, unknown>): Promise<Data>;
  /** The data as planned by another catalogue of the same names. */
  askBy(catalog: Catalog, source: string, variables?: Record<string, unknown>): Promise<Data>;
  /** The errors of an answer, one for each problem; fails when there are none. */
  refused(source: string, variables?: Record<string, unknown>): Promise<readonly GraphQLError[]>;
  close(): Promise<void>;
}

/** The API of a model over an engine, asked without HTTP. */
export async function openApi(
  engine: Engine,
  of: ApiModel = model,
  options: Partial<ApiOptions> = {},
): Promise<TestApi> {
  const api = await createApi({
    engine,
    model: of,
    viewer: { scope: '', mayExplain: true },
    resultCacheBytes: 1 << 22,
    ...options,
  });
  const run = async (
    source: string,
    variableValues: Record<string, unknown> = {},
    catalog?: Catalog,
  ): Promise<ExecutionResult> => {
    await api.refresh();
    const own = await api.context();
    const contextValue = catalog
      ? new OperationContext(own.engine, catalog, own.watcher, own.served, own.viewer, readingAnew(own))
      : own;
    return graphql({ schema: api.schema, source, variableValues, contextValue });
  };
  const data = async (...asked: Parameters<typeof run>): Promise<Data> => {
    const { data: answered, errors } = await run(...asked);
    if (errors) throw errors[0]?.originalError ?? errors[0];
    return JSON.parse(JSON.stringify(answered));
  };
  return {
    api,
    ask: (source, variables) => data(source, variables),
    askBy: (catalog, source, variables) => data(source, variables, catalog),
    refused: async (source, variables) => {
      const { data, errors } = await run(source, variables);
      if (!errors) throw new Error(`Expected a refusal, got ${JSON.stringify(data)}`);
      return expandProblems(errors, variableHints(api.schema, errors, variables));
    },
    close: () => api.close(),
  };
}
