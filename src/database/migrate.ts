import type { MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg';
import type pg from 'pg';
import { UserError } from '../errors.ts';
import type { Engine } from './engine.ts';
import { MigrationAdapter } from './migrate/adapter.ts';
import { ownMigrations, readMigrations } from './migrate/folder.ts';
import { type History, makeRecord, NO_FILTERS, readHistory } from './migrate/history.ts';
import { problemsOf, serverProblem } from './migrate/problems.ts';

export interface MigrateOptions {
  /** The folder of migrations; the package's own by default. */
  readonly folder?: string;
  /** Called once when another process is migrating and has to be waited for. */
  readonly onWait?: () => void;
}

export interface MigrationStatus {
  /** Names of the folder's migrations that the database has. */
  readonly applied: readonly string[];
  /** Names of those that it has not. */
  readonly pending: readonly string[];
  /** What keeps it from being migrated, a sentence each. */
  readonly problems: readonly string[];
}

/**
 * Brings a database up to date and records it as `prisma migrate deploy` does.
 *
 * Each migration is one transaction with its record: one that fails, or whose process dies, leaves nothing of
 * itself, no record either, and runs again once it is mended; those before it stay. So a migration must not end
 * its transaction, nor hold what cannot run in one, such as `create index concurrently`.
 * @returns the names of the migrations that were applied
 * @throws UserError for a server that is too old, migrations edited, missing or failed before, and one that fails
 */
export async function migrate(engine: Engine, options: MigrateOptions = {}): Promise<readonly string[]> {
  const list = readMigrations(options.folder ?? ownMigrations());
  return engine.migrating(async (pool) => {
    const old = await serverProblem(pool);
    if (old) throw new UserError(old);
    const history = await readHistory(pool, list, (work) => withSchemaEngine(pool, work));
    const problems = problemsOf(history);
    if (problems.length > 0) throw new UserError('The database cannot be migrated.', problems);
    if (history.pending.length > 0) await makeRecord(pool);
    for (const name of history.pending) await apply(pool, only(list, history, name), name);
    return history.pending;
  }, options.onWait);
}

/** Tells where a database stands without changing it. */
export async function migrationStatus(
  engine: Engine,
  options: MigrateOptions = {},
): Promise<MigrationStatus> {
  const list = readMigrations(options.folder ?? ownMigrations());
  return engine.migrating(async (pool) => {
    const old = await serverProblem(pool);
    const history = await readHistory(pool, list, (work) => withSchemaEngine(pool, work));
    const problems = [...(old ? [old] : []), ...problemsOf(history)];
    return { applied: history.applied, pending: history.pending, problems };
  }, options.onWait);
}

/** The list without the pending migrations after `name`. */
function only(list: MigrationList, history: History, name: string): MigrationList {
  const later = new Set(history.pending.slice(history.pending.indexOf(name) + 1));
  return { ...list, migrationDirectories: list.migrationDirectories.filter(({ path }) => !later.has(path)) };
}

async function apply(pool: pg.Pool, list: MigrationList, name: string): Promise<void> {
  const adapter = new MigrationAdapter(pool);
  try {
    await pool.query('begin');
    await withSchemaEngine(
      pool,
      (schema) => schema.applyMigrations({ migrationsList: list, filters: NO_FILTERS }),
      adapter,
    );
    await pool.query('commit');
  } catch (error) {
    await pool.query('rollback').catch(() => undefined);
    const cause = adapter.scriptError;
    if (cause) throw failure(name, cause);
    throw error;
  }
}

function failure(name: string, cause: Error & { detail?: string; hint?: string }): UserError {
  const details = [cause.message, cause.detail, cause.hint].filter((line) => line !== undefined);
  const message = `Migration ${name} failed, and nothing of it stays. Mend it and migrate again.`;
  return new UserError(message, details, { cause });
}

async function withSchemaEngine<T>(
  pool: pg.Pool,
  work: (schema: SchemaEngine) => Promise<T>,
  adapter: MigrationAdapter = new MigrationAdapter(pool),
): Promise<T> {
  const { openSchemaEngine } = await import('./migrate/schema-engine.ts');
  const schema = await openSchemaEngine(adapter);
  try {
    return await work(schema);
  } finally {
    schema.free();
  }
}
