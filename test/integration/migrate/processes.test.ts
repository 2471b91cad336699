import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { migrate, migrationStatus } from '../../../src/database/migrate.ts';
import { packageRoot } from '../../../src/package-root.ts';
import { compileCli, type Finished, finished } from '../../cli/run.ts';
import { engines, type TestDatabase, type TestEngine } from '../../support/databases.ts';
import { exists, Folder, NEXT, OWN, recorded } from '../../support/migrations.ts';

const [embedded, postgres] = engines as [TestEngine, TestEngine];
/** The advisory lock that migrations hold. */
const MIGRATION_LOCK = 72_707_369;
const TEST_LOCK = 4711;
/** Changes that are on disk, and not committed, when the rest of the migration comes. */
const HALF = `create table raw.half (id int); insert into raw.half select generate_series(1, 1000);`;

let database: TestDatabase;
let folder: Folder;
const children: ChildProcess[] = [];

beforeAll(compileCli, 120_000);
beforeEach(() => {
  folder = new Folder();
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  folder.remove();
  await database.drop();
});

/** Starts a process that migrates the database. */
function migrator(): { child: ChildProcess; end: Promise<Finished> } {
  const args = [join(import.meta.dirname, 'migrator.js'), join(packageRoot(), 'dist'), folder.path];
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH, ...database.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  return { child, end: finished(child) };
}

/** Kills a migrating process in the middle of the migration, and checks what is left. */
async function checkKilled({ child, end }: ReturnType<typeof migrator>, release = async () => {}) {
  child.kill('SIGKILL');
  expect((await end).code).toBe('SIGKILL');
  await release();
  const engine = await database.open();
  const options = { folder: folder.path };
  expect(await migrationStatus(engine, options)).toEqual({ applied: OWN, pending: [NEXT], problems: [] });
  expect(await exists(engine, 'raw.half')).toBe(false);
  expect(await recorded(engine)).toEqual(OWN);
  folder.put(NEXT, HALF);
  expect(await migrate(engine, options)).toEqual([NEXT]);
  expect(await recorded(engine)).toEqual([...OWN, NEXT]);
  expect(await engine.read({ text: 'select count(*) from raw.half', values: [] })).toEqual([[1000]]);
}

describe('a process that is killed while it migrates', () => {
  test('leaves nothing of the migration, and the next completes it (postgres)', async () => {
    database = await postgres.create('empty');
    const test = await holding(database, TEST_LOCK);
    folder.put(NEXT, `${HALF} select pg_advisory_xact_lock(${TEST_LOCK})`);
    const process = migrator();
    await test.waitedFor(1);
    await checkKilled(process, test.release);
  });

  test('leaves nothing of the migration, and the next completes it (embedded)', async () => {
    database = await embedded.create('empty');
    // Nobody but the process can look into the folder, so the migration itself leaves a sign there.
    const sign = `do $$ begin
      execute format('copy (select 1) to %L', current_setting('data_directory') || '/sign');
    end $$`;
    folder.put(NEXT, `${HALF} checkpoint; ${sign}; select pg_sleep(600)`);
    const process = migrator();
    await expect
      .poll(() => existsSync(join(database.env.DATA_DIR!, 'pglite', 'sign')), { timeout: 60_000 })
      .toBe(true);
    await checkKilled(process);
  });
});

test('of two processes one migrates, the other waits and finds nothing to do (postgres)', async () => {
  database = await postgres.create('empty');
  const migration = await holding(database, MIGRATION_LOCK);
  folder.put(NEXT, HALF);
  const processes = [migrator(), migrator()];
  // Both stand at the door when it opens.
  await Promise.all(processes.map(({ child }) => once(child.stdout!, 'data')));
  await migration.waitedFor(2);
  await migration.release();
  const ends = await Promise.all(processes.map(({ end }) => end));
  expect(ends.map(({ code, stderr }) => [code, stderr])).toEqual([
    [0, ''],
    [0, ''],
  ]);
  const outputs = ends.map(({ stdout }) => stdout).sort();
  expect(outputs).toEqual([`waits\n${JSON.stringify([...OWN, NEXT])}\n`, 'waits\n[]\n']);
  expect(await recorded(await database.open())).toEqual([...OWN, NEXT]);
});

test('a process that finds the folder held says so, and migrates nothing (embedded)', async () => {
  database = await embedded.create('empty');
  const engine = await database.open();
  const { code, stderr } = await migrator().end;
  expect(code).toBe(1);
  expect(stderr).toContain(`is in use by process ${process.pid}`);
  expect(await exists(engine, '_prisma_migrations')).toBe(false);
});

/** Holds an advisory lock of a database. */
async function holding({ env }: TestDatabase, key: number) {
  const client = new pg.Client({ connectionString: env.DATABASE_URL });
  await client.connect();
  await client.query('select pg_advisory_lock($1)', [key]);
  const waiting = async () => {
    const text = `select 1 from pg_locks join pg_database on pg_database.oid = pg_locks.database
                   where locktype = 'advisory' and not granted and objid = $1 and datname = current_database()`;
    return (await client.query(text, [key])).rowCount;
  };
  return {
    /** Resolves once so many others wait for it. */
    waitedFor: (count: number) => expect.poll(waiting, { timeout: 60_000 }).toBe(count),
    release: async () => client.end(),
  };
}
