import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Engine, Row } from '../../../src/database/engine.ts';
import { migrate, migrationStatus } from '../../../src/database/migrate.ts';
import { UserError } from '../../../src/errors.ts';
import { administer } from '../../support/administer.ts';
import { engines, type TestDatabase } from '../../support/databases.ts';
import { exists, FIRST, Folder, LAST, NEXT, OWN, recorded } from '../../support/migrations.ts';

const ask = (engine: Engine, text: string): Promise<Row[]> => engine.read({ text, values: [] });

describe.each(engines)('migrate ($name)', ({ create }) => {
  let database: TestDatabase;
  let engine: Engine;
  let folder: Folder;

  beforeEach(async () => {
    database = await create('empty');
    engine = await database.open();
    folder = new Folder();
  });
  afterEach(async () => {
    folder.remove();
    await database.drop();
  });
  const run = () => migrate(engine, { folder: folder.path });
  const refused = async (): Promise<UserError> => {
    const error = await run().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(UserError);
    return error as UserError;
  };

  test('brings an empty database up to date, and a second run does nothing', async () => {
    expect(await migrationStatus(engine)).toEqual({ applied: [], pending: OWN, problems: [] });
    expect(await migrate(engine)).toEqual(OWN);
    expect(await migrate(engine)).toEqual([]);
    expect(await migrationStatus(engine)).toEqual({ applied: OWN, pending: [], problems: [] });
    expect(await ask(engine, 'select id, version, oldest_version from mart.served_version')).toEqual([
      [1, 0, 0],
    ]);
  });

  test('asking for the status changes nothing', async () => {
    await migrationStatus(engine);
    expect(await exists(engine, '_prisma_migrations')).toBe(false);
  });

  test('records what prisma migrate deploy would', async () => {
    await migrate(engine);
    const [row, ...more] = await ask(
      engine,
      `select length(id), checksum, finished_at >= started_at, migration_name, logs, rolled_back_at, applied_steps_count
         from _prisma_migrations order by migration_name`,
    );
    const sha256 = createHash('sha256')
      .update(readFileSync(folder.file(FIRST)))
      .digest('hex');
    expect(row).toEqual([36, sha256, true, FIRST, null, null, 1]);
    expect(more.map(([, , , name]) => name)).toEqual(OWN.slice(1));
  });

  test('goes on from where it stands, also where the database has tables of others', async () => {
    await engine.session((session) => session.script('create table public.theirs (id int)'));
    await run();
    folder.put(NEXT, 'create table raw.next (id int)').put(LAST, 'create table raw.last (id int)');
    expect(await run()).toEqual([NEXT, LAST]);
    expect(await exists(engine, 'raw.last')).toBe(true);
  });

  test('runs scripts whole: quoted semicolons and dollar quotes', async () => {
    await run();
    folder.put(
      NEXT,
      `create table raw.next (id text default 'a;b'); do $$ begin perform 1; perform 2; end $$;`,
    );
    expect(await run()).toEqual([NEXT]);
  });

  test('refuses a migration that was edited', async () => {
    await run();
    folder
      .put(FIRST, `${readFileSync(folder.file(FIRST), 'utf8')}\n-- Edited`)
      .put(NEXT, 'create table raw.next ()');
    const { details } = await refused();
    expect(details).toEqual([expect.stringContaining(`Migration ${FIRST} was edited`)]);
    expect(await exists(engine, 'raw.next')).toBe(false);
    const status = await migrationStatus(engine, { folder: folder.path });
    expect(status).toEqual({ applied: OWN, pending: [NEXT], problems: details });
  });

  test('refuses when an applied migration is missing', async () => {
    folder.put(NEXT, 'create table raw.next ()');
    await run();
    folder.remove(NEXT);
    const { details } = await refused();
    expect(details).toEqual([
      expect.stringContaining(`Migration ${NEXT} was applied to this database but is not`),
    ]);
    folder.put(LAST, 'create table raw.last ()');
    expect((await refused()).details).toEqual(details);
    expect(await exists(engine, 'raw.last')).toBe(false);
  });

  test('refuses after another tool left a failed migration, until that is resolved as told', async () => {
    await run();
    folder.put(NEXT, 'create table raw.next ()');
    await engine.session((session) =>
      session.script(`insert into _prisma_migrations (id, checksum, migration_name, logs)
                      values ('1', 'c', '${NEXT}', 'it broke')`),
    );
    const { details } = await refused();
    expect(details).toEqual([
      expect.stringContaining(`Migration ${NEXT} was begun by another tool and failed: it broke`),
    ]);
    expect((await migrationStatus(engine, { folder: folder.path })).problems).toEqual(details);
    const remedy = /run: (update .*;)$/.exec(details[0]!)![1]!;
    await engine.session((session) => session.script(remedy));
    expect(await run()).toEqual([NEXT]);
  });

  test('leaves nothing of a migration that fails, and runs it once it is mended', async () => {
    folder.put(NEXT, 'create table raw.next (id int)');
    folder.put(LAST, 'create table raw.half (id int); insert into raw.next values (1); select 1 / 0;');
    const error = await refused();
    expect(error.message).toContain(`Migration ${LAST} failed, and nothing of it stays`);
    expect(error.details).toEqual(['division by zero']);
    expect(await exists(engine, 'raw.half')).toBe(false);
    expect(await ask(engine, 'select * from raw.next')).toEqual([]);
    expect(await recorded(engine)).toEqual([...OWN, NEXT]);
    const status = await migrationStatus(engine, { folder: folder.path });
    expect(status).toEqual({ applied: [...OWN, NEXT], pending: [LAST], problems: [] });

    folder.put(LAST, 'create table raw.half (id int)');
    expect(await run()).toEqual([LAST]);
    expect(await recorded(engine)).toEqual([...OWN, NEXT, LAST]);
  });

  test('two at a time: one migrates, the other waits and finds nothing to do', async () => {
    folder.put(NEXT, `select pg_sleep(0.2); create table raw.next (id int)`);
    let waits = 0;
    const options = { folder: folder.path, onWait: () => waits++ };
    const other = engine.kind === 'postgres' ? await database.open() : engine;
    const applied = await Promise.all([migrate(engine, options), migrate(other, options)]);
    expect(applied.flat()).toEqual([...OWN, NEXT]);
    expect(applied.filter((names) => names.length > 0)).toHaveLength(1);
    expect(waits).toBe(1);
    expect(await recorded(engine)).toEqual([...OWN, NEXT]);
  });

  test('takes longer than reads may', async () => {
    const hurried = engine.kind === 'postgres' ? await database.open({ readTimeoutMs: 50 }) : engine;
    folder.put(NEXT, 'select pg_sleep(0.2)');
    expect(await migrate(hurried, { folder: folder.path })).toEqual([...OWN, NEXT]);
  });
});

describe('migrate (postgres)', () => {
  test('leaves nothing of a migration whose connection is lost, and runs it again', async () => {
    const database = await engines.find(({ name }) => name === 'postgres')!.create('empty');
    const engine = await database.open();
    const folder = new Folder().put(NEXT, 'create table raw.half (id int); select pg_sleep(60)');
    const failing = migrate(engine, { folder: folder.path });
    const end = `select pg_terminate_backend(pid, 5000) from pg_stat_activity
                  where datname = current_database() and wait_event = 'PgSleep'`;
    const ending = (async () => {
      while ((await administer(database.env.DATABASE_URL!, end)).rowCount === 0);
    })();
    await expect(failing).rejects.toThrow(`Migration ${NEXT} failed, and nothing of it stays`);
    await ending;
    expect(await exists(engine, 'raw.half')).toBe(false);
    expect(await recorded(engine)).toEqual(OWN);
    folder.put(NEXT, 'create table raw.half (id int)');
    expect(await migrate(engine, { folder: folder.path })).toEqual([NEXT]);
    folder.remove();
    await database.drop();
  });

  test('refuses a server that is too old', async () => {
    const rows = [{ number: '140012', name: '14.12' }];
    const pool = { query: async () => ({ rows }) };
    const old = { migrating: (work: (pool: unknown) => unknown) => work(pool) } as unknown as Engine;
    await expect(migrate(old)).rejects.toThrow(
      'The server is PostgreSQL 14.12; version 15 or later is needed.',
    );
  });
});
