import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Engine, Row } from '../../src/database/engine.ts';
import { ownMigrations } from '../../src/database/migrate/folder.ts';
import { migrate, migrationStatus } from '../../src/database/migrate.ts';
import { UserError } from '../../src/errors.ts';
import { administer } from '../support/administer.ts';
import { describeEngines, engines, type TestDatabase } from '../support/databases.ts';
import { drift } from '../support/drift.ts';

const OWN = readdirSync(ownMigrations())
  .filter((name) => !name.endsWith('.toml'))
  .sort();
const [FIRST] = OWN as [string];
const NEXT = '20990101000000_next';
const LAST = '20990102000000_last';

/** A copy of the package's migrations that a test may change. */
class Folder {
  readonly path = mkdtempSync(join(tmpdir(), 'metricgraph-migrations-'));

  constructor() {
    cpSync(ownMigrations(), this.path, { recursive: true });
  }

  put(name: string, text: string): this {
    mkdirSync(join(this.path, name), { recursive: true });
    writeFileSync(this.file(name), text);
    return this;
  }

  file(name: string): string {
    return join(this.path, name, 'migration.sql');
  }

  remove(name = ''): void {
    rmSync(join(this.path, name), { recursive: true });
  }
}

const ask = (engine: Engine, text: string): Promise<Row[]> => engine.read({ text, values: [] });
const exists = async (engine: Engine, table: string) =>
  (await ask(engine, `select to_regclass('${table}') is not null`))[0]?.[0];
const recorded = async (engine: Engine) =>
  (await ask(engine, 'select migration_name from _prisma_migrations order by migration_name')).flat();

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

describe('migrate on PostgreSQL', () => {
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

describeEngines('migrated schema', (fixture) => {
  const attempt = (text: string) =>
    fixture.engine.session((session) => session.transaction(() => session.execute({ text, values: [] })));

  test('every schema, table and column says what it is', async () => {
    const silent = await ask(
      fixture.engine,
      `select format('%s.%s.%s', relnamespace::regnamespace, relname, attname)
         from pg_class
         join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped
        where relnamespace::regnamespace::text in ('raw', 'mart') and relkind in ('r', 'p', 'v', 'm')
          and (obj_description(pg_class.oid, 'pg_class') is null or col_description(pg_class.oid, attnum) is null
               or obj_description(relnamespace, 'pg_namespace') is null)`,
    );
    expect(silent).toEqual([]);
  });

  test('nothing is made outside raw and mart', async () => {
    const elsewhere = await ask(
      fixture.engine,
      `select relnamespace::regnamespace::text, relname from pg_class
        where relnamespace::regnamespace::text !~ '^(raw|mart|pg_.*|information_schema)$' and relkind <> 'i'`,
    );
    expect(elsewhere).toEqual([['public', '_prisma_migrations']]);
  });

  const event = (docs: number, score: number, since: number, until: number) =>
    `insert into raw.events (user_id, created, firm_id, event_type, num_docs, feedback_score, batch_id, since_version, until_version)
     values ('u', '2024-01-01', 1, 'VAULT', ${docs}, ${score}, 1, ${since}, ${until})`;
  const rawFirm = (size: number, arr: string) =>
    `insert into raw.firms values (1, '2024-01-01', ${size}, ${arr}, 1)`;
  const firm = (size: number, arr: string, since: number) =>
    `insert into mart.firms values (1, '2024-01-01', ${size}, ${arr}, ${since}, 2)`;
  const usage = (size: number, arr: string, since: number) =>
    `insert into mart.firm_usage_summary values (1, 0, 0, 0, 0, null, null, null, null, null, ${size}, ${arr}, null, ${since}, 2)`;
  const engagement = (since: number) =>
    `insert into mart.user_engagement values ('u', '2024-01-01', 1, 1, 1, 1, 0, 0, 1, 0, 0, 5, '2024-01-01', 1, 1, 'HIGH', ${since}, 2)`;
  const movement = (side: string, movement: string, since = 1) =>
    `insert into mart.user_movements values ('u', '2024-01-01', 1, '${side}', '${movement}', ${since}, 2)`;
  const day = (since: number) =>
    `insert into mart.daily_event_summary values ('2024-01-01', 1, 1, 1, 0, 5, 1, 0, 0, ${since}, 2)`;
  const user = (since: number) => `insert into mart.users values ('u', '2024-01-01', 'PARTNER', ${since}, 2)`;

  test.each([
    ['the least of everything', event(0, 1, 1, 2)],
    ['the greatest score', event(9, 5, 1, 2)],
    ['the least firm', rawFirm(1, '0')],
    ['its copy', firm(1, '0', 1)],
    ['its summary', usage(1, '0', 1)],
    ['user engagement', engagement(1)],
    ['a movement', movement('CURRENT', 'NEW')],
    ['a movement of the month before', movement('PREVIOUS', 'CHURNED')],
    ['a day', day(1)],
    ['a user', user(1)],
  ])('takes what is in bounds: %s', async (_what, text) => {
    expect(await attempt(text)).toBe(1);
  });

  test.each([
    ['fewer than no documents', event(-1, 1, 1, 2)],
    ['a score of 0', event(0, 0, 1, 2)],
    ['a score of 6', event(0, 6, 1, 2)],
    ['an event at no version', event(0, 1, 2, 2)],
    ['a firm without seats', rawFirm(0, '0')],
    ['revenue below 0', rawFirm(1, '-0.001')],
    ['revenue that is no number', rawFirm(1, `'NaN'`)],
    ['a copied firm without seats', firm(0, '0', 1)],
    ['copied revenue below 0', firm(1, '-0.01', 1)],
    ['copied revenue that is no number', firm(1, `'NaN'`, 1)],
    ['a copied firm at no version', firm(1, '0', 2)],
    ['a summary without seats', usage(0, '0', 1)],
    ['summed-up revenue below 0', usage(1, '-1', 1)],
    ['a summary at no version', usage(1, '0', 2)],
    ['engagement at no version', engagement(2)],
    ['a movement at no version', movement('CURRENT', 'NEW', 2)],
    ['a user who is there and went', movement('CURRENT', 'CHURNED')],
    ['a user who was there and is new', movement('PREVIOUS', 'NEW')],
    ['a day at no version', day(2)],
    ['a user at no version', user(2)],
    ['a second pointer', 'insert into mart.served_version values (2, 0, 0)'],
  ])('refuses what is out of bounds: %s', async (_what, text) => {
    await expect(attempt(text)).rejects.toMatchObject({ code: '23514' });
  });
});

test('the migrations make what the Prisma schema says', { timeout: 120_000 }, async () => {
  expect((await drift()).trim()).toBe('-- This is an empty migration.');
});
