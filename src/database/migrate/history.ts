import { createHash } from 'node:crypto';
import type { MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg';
import type pg from 'pg';

/** Nothing is exempt from the schema engine's eyes. */
export const NO_FILTERS = { externalTables: [], externalEnums: [] };

/** Where a database stands against a folder of migrations, by name of migration. */
export interface History {
  readonly applied: readonly string[];
  readonly pending: readonly string[];
  /** Applied with another content than the file has now. */
  readonly edited: readonly string[];
  /** Applied, but not in the folder. */
  readonly missing: readonly string[];
  /** Begun by another tool and never finished, with the error that was recorded. */
  readonly failed: readonly { readonly name: string; readonly log: string }[];
}

/** Lends a schema engine for as long as `work` takes. */
export type WithSchemaEngine = <T>(work: (engine: SchemaEngine) => Promise<T>) => Promise<T>;

/**
 * Reads the record of a database; changes nothing. The schema engine, which takes a while to load, is asked only
 * where the record is not plainly that of the folder.
 */
export async function readHistory(
  pool: pg.Pool,
  list: MigrationList,
  withEngine: WithSchemaEngine,
): Promise<History> {
  const names = list.migrationDirectories.map(({ path }) => path);
  const plain = { applied: [], pending: [], edited: [], missing: [], failed: [] };
  if (!(await hasRecord(pool))) return { ...plain, pending: names };
  if (await recordsExactly(pool, list)) return { ...plain, applied: names };
  const found = await withEngine((engine) =>
    engine.diagnoseMigrationHistory({
      migrationsList: list,
      optInToShadowDatabase: false,
      filters: NO_FILTERS,
    }),
  );
  const { rows } = await pool.query<{ name: string; log: string | null }>(`
    select migration_name as name, logs as log from _prisma_migrations
     where finished_at is null and rolled_back_at is null order by started_at`);
  const failed = rows.map(({ name, log }) => ({ name, log: log ?? '' }));
  const pending = unapplied(found.history);
  const open = new Set([...pending, ...failed.map(({ name }) => name)]);
  return {
    applied: names.filter((name) => !open.has(name)),
    pending,
    edited: found.editedMigrationNames.filter((name) => !open.has(name)),
    missing: unpersisted(found.history),
    failed,
  };
}

type Diagnosis = Awaited<ReturnType<SchemaEngine['diagnoseMigrationHistory']>>['history'];

function unapplied(history: Diagnosis): readonly string[] {
  return history && 'unappliedMigrationNames' in history ? history.unappliedMigrationNames : [];
}

function unpersisted(history: Diagnosis): readonly string[] {
  return history && 'unpersistedMigrationNames' in history ? history.unpersistedMigrationNames : [];
}

/** Whether each file of the folder, and nothing else, is recorded: once, finished, with the content that it has. */
async function recordsExactly(pool: pg.Pool, { migrationDirectories }: MigrationList): Promise<boolean> {
  const { rows } = await pool.query<{ name: string; checksum: string; holds: boolean }>(`
    select migration_name as name, checksum, finished_at is not null and rolled_back_at is null as holds
      from _prisma_migrations`);
  const recorded = new Map(rows.map(({ name, checksum, holds }) => [name, holds && checksum]));
  return (
    rows.length === migrationDirectories.length &&
    migrationDirectories.every(({ path, migrationFile: { content } }) => {
      return content.tag === 'ok' && recorded.get(path) === checksumOf(content.value);
    })
  );
}

/** As Prisma records it. */
function checksumOf(script: string): string {
  return createHash('sha256').update(script).digest('hex');
}

async function hasRecord(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query(`select to_regclass('_prisma_migrations') is not null as found`);
  return rows[0]?.found === true;
}

/**
 * Prisma's own table, made by us because the schema engine refuses to where the database has tables of others,
 * which do not matter: ours are in schemas of their own.
 */
export async function makeRecord(pool: pg.Pool): Promise<void> {
  if (await hasRecord(pool)) return;
  await pool.query(`
    create table _prisma_migrations (
      id                  varchar(36) primary key not null,
      checksum            varchar(64) not null,
      finished_at         timestamptz,
      migration_name      varchar(255) not null,
      logs                text,
      rolled_back_at      timestamptz,
      started_at          timestamptz not null default now(),
      applied_steps_count integer not null default 0
    )`);
}
