import 'reflect-metadata';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import type { Engine } from '../database/engine.ts';
import type { ServedVersion } from '../database/version.ts';
import { VersionWatcher } from '../database/version-watcher.ts';
import { Catalog } from '../query/catalog.ts';
import { Reader } from '../query/reading/reader.ts';
import { ResultCache } from '../query/reading/result-cache.ts';
import { OperationContext, type Viewer } from './context.ts';
import type { ApiModel } from './define.ts';
import { formatError, type ReportBug } from './errors.ts';
import { buildApiSchema } from './schema.ts';

/** The pointer is read again after an operation when it was last read longer ago than this. */
const SETTLED_MS = 30_000;

/** A GraphQL API over a model and a database, without a way to reach it. */
export interface Api {
  readonly schema: GraphQLSchema;
  /**
   * The context of one operation, bound to the served version.
   * @throws VersionUnavailableError when the pointer cannot be read
   */
  context(): Promise<OperationContext>;
  /**
   * To be asked when an operation's last statement is done. False means that rows of its version may have been
   * cleared, or that a cursor named a newer one: run it once more with a new context.
   * @throws VersionUnavailableError
   */
  settled(context: OperationContext): Promise<boolean>;
  /**
   * Reads the pointer now, so that the next operation is of the newest version.
   * @throws VersionUnavailableError
   */
  refresh(): Promise<void>;
  formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError;
  close(): Promise<void>;
}

export interface ApiOptions {
  readonly engine: Engine;
  readonly model: ApiModel;
  /** Hears of errors that clients see only the id of. */
  readonly onBug?: ReportBug;
  readonly pollMs?: number;
  /** Who asks, as long as no request says; without it someone who sees all data and no SQL. */
  readonly viewer?: Viewer;
  /** The month that quarters and years begin with, 1 to 12. */
  readonly fiscalYearStart?: number;
  /** How much memory results of the database may take; without it none are kept. */
  readonly resultCacheBytes?: number;
}

/** Builds the API of a model over a migrated database. */
export async function createApi({
  engine,
  model,
  onBug = () => undefined,
  pollMs = 5_000,
  viewer = { scope: '', mayExplain: false },
  fiscalYearStart = 1,
  resultCacheBytes = 0,
}: ApiOptions): Promise<Api> {
  const catalog = new Catalog(model.model, { fiscalYearStart });
  const schema = buildApiSchema(model, { fiscalYearStart });
  const results = new ResultCache(resultCacheBytes);
  const watcher = await VersionWatcher.open(engine, { pollMs });
  const readers = new WeakMap<ServedVersion, Reader>();
  const readerOf = (served: ServedVersion) => {
    const reader = readers.get(served) ?? new Reader(engine, results, served, viewer.scope);
    readers.set(served, reader);
    return reader;
  };
  return {
    schema,
    context: async () => {
      const served = await watcher.current();
      return new OperationContext(engine, catalog, watcher, served, viewer, readerOf(served));
    },
    settled: async (context) => {
      if (context.isBehind) return (await watcher.refresh()).version <= context.version;
      const { oldestVersion } = await watcher.current(SETTLED_MS);
      return context.version >= oldestVersion;
    },
    refresh: async () => {
      await watcher.refresh();
    },
    formatError: (formatted, error) => formatError(formatted, error, onBug, schema),
    close: () => watcher.close(),
  };
}
