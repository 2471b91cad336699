import DataLoader from 'dataloader';
import type { Engine } from '../database/engine.ts';
import type { ServedVersion } from '../database/version.ts';
import type { VersionWatcher } from '../database/version-watcher.ts';
import type { Catalog } from '../query/catalog.ts';
import { NewerVersionError } from '../query/reading/cursor.ts';
import type { Reader } from '../query/reading/reader.ts';
import { Problems } from '../query/resolve/problems.ts';
import type { Path } from '../query/resolve/request.ts';

/** Who asks. */
export interface Viewer {
  /** What of the data they may see; empty for everything. */
  readonly scope: string;
  /** Whether they may see how answers come about: plans, SQL and its parameters. */
  readonly mayExplain: boolean;
}

/** What one operation is answered with; every statement of it binds the same version. */
export class OperationContext {
  /** Set when a cursor names a newer version: unless the pointer shows none, the operation runs once more. */
  isBehind = false;
  /** Cleared by a field that would not say the same again, asked of the same data: then the answer is not kept. */
  isRepeatable = true;
  private readonly loaders = new Map<object, DataLoader<never, unknown>>();

  constructor(
    readonly engine: Engine,
    readonly catalog: Catalog,
    readonly watcher: VersionWatcher,
    readonly served: ServedVersion,
    readonly viewer: Viewer,
    /** Reads what holds at the version, from memory where it can. */
    readonly reader: Reader,
  ) {}

  get version(): number {
    return this.served.version;
  }

  /** Equal for operations that are of the same data, for viewers who see the same of them. */
  get answersKey(): string {
    return `${this.reader.dataKey}${this.viewer.mayExplain}`;
  }

  /**
   * The operation's batching loader for `batch`, which gives what belongs to each key, in their order.
   * @param batch a function that outlives the operation: loaders are told apart by it
   */
  loader<K, V>(
    batch: (context: OperationContext, keys: readonly K[]) => Promise<readonly V[]>,
  ): DataLoader<K, V> {
    const known = this.loaders.get(batch) as DataLoader<K, V> | undefined;
    if (known) return known;
    const made = new DataLoader<K, V>((keys) => batch(this, keys));
    this.loaders.set(batch, made as unknown as DataLoader<never, unknown>);
    return made;
  }

  /**
   * Runs what reads cursors, and notes when one shows that this server is behind another.
   * @param path of the field whose cursors they are
   */
  async withCursor<T>(path: Path, work: () => T | Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof NewerVersionError)) throw error;
      this.isBehind = true;
      const problems = new Problems();
      problems.add('CURSOR_UNREADABLE', {}, [...path, 'after']);
      throw problems.toError();
    }
  }
}
