import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../src/database/engine.ts';
import { prepared, sql } from '../../../src/database/sql.ts';
import { engines, type TestDatabase } from '../../support/databases.ts';
import { count, select, signal } from '../../support/engine.ts';

describe.each(engines)('engine with a short time-out ($name)', ({ create }) => {
  let database: TestDatabase;
  let engine: Engine;
  const slow = select('select count(*) from generate_series(1, 1000000000)');

  beforeAll(async () => {
    database = await create();
    engine = await database.open({ readTimeoutMs: 1_000 });
  });
  afterAll(() => database.drop());

  test('ends a read that takes too long, and goes on', async () => {
    const statement = prepared(sql`select ${'before'}::text`);
    expect(await engine.read(statement)).toEqual([['before']]);
    await expect(engine.read(slow)).rejects.toMatchObject({ code: '57014' });
    expect(await engine.read(statement)).toEqual([['before']]);
    expect(await engine.read(select(`select current_setting('TimeZone')`))).toEqual([['UTC']]);
    expect(await engine.prisma.servedVersion.count()).toBe(1);
  });

  test('reads that wait behind it are answered', async () => {
    const [timedOut, answered] = await Promise.allSettled([
      engine.read(slow),
      engine.read(select('select 1')),
    ]);
    expect(timedOut).toMatchObject({ status: 'rejected', reason: { code: '57014' } });
    expect(answered).toMatchObject({ status: 'fulfilled', value: [[1]] });
  });

  test('keeps what was committed and goes on listening', async () => {
    const heard = signal<string>();
    const stop = await engine.listen('survivor', heard.resolve);
    await engine.session((session) => session.script('create table kept as select 1 as id'));
    await expect(engine.read(slow)).rejects.toMatchObject({ code: '57014' });
    expect(await count(engine, 'kept')).toBe(1);
    await engine.session((session) => session.query(select(`select pg_notify('survivor', 'still here')`)));
    expect(await heard.promise).toBe('still here');
    await stop();
  });

  test('does not end what a session does', async () => {
    const rows = await engine.session((session) => session.query(select('select pg_sleep(1.2)')));
    expect(rows).toHaveLength(1);
  });
});

describe.each(engines)('closing ($name)', ({ create }) => {
  test('ends the engine, twice does no harm, and the data stay', async () => {
    const database = await create();
    const first = await database.open();
    await first.session((session) => session.script('create table kept as select 1 as id'));
    await Promise.all([first.close(), first.close()]);
    await expect(first.read(select('select 1'))).rejects.toThrow();
    const second = await database.open();
    expect(await count(second, 'kept')).toBe(1);
    await database.drop();
  });

  test('waits for reads under way', async () => {
    const database = await create();
    const engine = await database.open();
    const reading = engine.read(select('select pg_sleep(0.3)'));
    await engine.close();
    expect(await reading).toHaveLength(1);
    await database.drop();
  });
});
