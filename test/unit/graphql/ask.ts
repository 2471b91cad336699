import { type GraphQLError, graphql } from 'graphql';
import type { Engine } from '../../../src/database/engine.ts';
import type { ServedVersion } from '../../../src/database/version.ts';
import type { VersionWatcher } from '../../../src/database/version-watcher.ts';
import { OperationContext, type Viewer } from '../../../src/graphql/context.ts';
import type { ApiModel } from '../../../src/graphql/define.ts';
import { expandProblems } from '../../../src/graphql/errors.ts';
import { buildApiSchema } from '../../../src/graphql/schema.ts';
import { variableHints } from '../../../src/graphql/variable-hints.ts';
import { Catalog } from '../../../src/query/catalog.ts';
import { Reader } from '../../../src/query/reading/reader.ts';
import { ResultCache } from '../../../src/query/reading/result-cache.ts';
import type { Data } from '../../support/api.ts';
import { shop } from './shop.ts';

const SERVED: ServedVersion = {
  version: 7,
  oldestVersion: 7,
  record: {
    publishedAt: '2024-07-01T00:00:00Z',
    asOf: '2024-06-30T12:00:00Z',
    firstEventAt: '2024-01-01T00:00:00Z',
    lastEventAt: '2024-06-30T12:00:00Z',
    hasTimes: true,
    durationMs: 1,
    definitionHash: '',
    rowCounts: {},
    rollups: {},
  },
};

export interface Asking {
  /** The shop of these tests without it. */
  readonly api?: ApiModel;
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
  readonly viewer?: Viewer;
  readonly engine?: Partial<Engine>;
  readonly fiscalYearStart?: number;
}

export interface Asked {
  readonly data: Data;
  /** One for each problem. */
  readonly errors?: readonly GraphQLError[];
}

/** Asks an API, over an engine that a test stubs as far as it is needed. */
export async function ask(source: string, asking: Asking = {}): Promise<Asked> {
  const {
    api = shop,
    variables = {},
    operationName,
    viewer = { scope: '', mayExplain: true },
    engine = {},
    fiscalYearStart = 1,
  } = asking;
  const catalog = new Catalog(api.model, { fiscalYearStart });
  const contextValue = new OperationContext(
    engine as Engine,
    catalog,
    {} as VersionWatcher,
    SERVED,
    viewer,
    new Reader(engine as Engine, new ResultCache(0), SERVED, viewer.scope),
  );
  const schema = buildApiSchema(api, { fiscalYearStart });
  const { data, errors } = await graphql({
    ...{ schema, source, operationName: operationName ?? null, contextValue },
    variableValues: variables,
  });
  return {
    data: data && JSON.parse(JSON.stringify(data)),
    ...(errors && { errors: expandProblems(errors, variableHints(schema, errors, variables)) }),
  };
}
