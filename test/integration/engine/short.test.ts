import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine, Statement } from '../../../src/database/engine.ts';
import { MAX_PREPARED } from '../../../src/database/prepared.ts';
import { prepared, sql } from '../../../src/database/sql.ts';
import { readServedVersion } from '../../../src/database/version.ts';
import { upgrade } from '../../../src/pipeline/upgrade.ts';
import { quiet } from '../../../src/progress.ts';
import { engines, type TestDatabase } from '../../support/databases.ts';
import { select, shape } from '../../support/engine.ts';

const postgres = engines.find(({ name }) => name === 'postgres')!;

/** Two connections for short statements beside two for all others. */
const POOL_SIZE = 4;

describe('short statements (postgres)', () => {
  let database: TestDatabase;
  let engine: Engine;
  beforeAll(async () => {
    database = await postgres.create();
    engine = await database.open({ poolSize: POOL_SIZE });
  });
  afterAll(() => database.drop());

  /** The connections that answer a statement when many ask at once. */
  async function backends(of: Engine, own: Statement): Promise<ReadonlySet<unknown>> {
    const rows = await Promise.all(Array.from({ length: 50 }, () => of.read(own)));
    return new Set(rows.map(([row]) => row![0]));
  }

  /**
   * The connections for short statements, once there are so many: until the first is connected others answer,
   * and until the last is, the first.
   */
  async function ownBackends(of: Engine, count: number): Promise<ReadonlySet<unknown>> {
    const others = await backends(of, prepared(sql`select pg_backend_pid(), ${6}::int`));
    const own = short(sql`select pg_backend_pid(), ${7}::int`);
    for (;;) {
      const found = await backends(of, own);
      if (found.size >= count && ![...found].some((each) => others.has(each))) return found;
    }
  }

  /** Does `work` while statements that take long have all other connections, and then waits for those. */
  async function whileOthersAreTaken(work: () => Promise<void>): Promise<void> {
    const held = engine.session((session) =>
      session.transaction(async () => {
        await session.query(select('select pg_advisory_xact_lock(8)'));
        const long = Array.from({ length: 2 * POOL_SIZE }, () =>
          engine.read(select('select pg_advisory_xact_lock_shared(8)')),
        );
        await work();
        return { long };
      }),
    );
    await Promise.all((await held).long);
  }

  const readTwice = async (statement: Statement) => {
    await engine.read(statement);
    return engine.read(statement);
  };

  test('come to be read on two connections of their own', async () => {
    expect((await ownBackends(engine, 2)).size).toBe(2);
  });

  test('are each given their own rows while prepared ones come and go', async () => {
    const widths = Array.from({ length: 6 * MAX_PREPARED }, (_, n) => 1 + ((n * 7) % (2 * MAX_PREPARED)));
    for (let round = 0; round < 3; round++) {
      const answers = await Promise.all(widths.map((width, n) => engine.read(shortShape(width, n))));
      expect(answers).toEqual(widths.map((width, n) => [Array(width).fill(n)]));
    }
  });

  test('that fail take no other with them', async () => {
    const quotient = (by: number) => short(sql`select ${12}::int / ${by}::int`);
    await readTwice(quotient(1));
    const divisors = Array.from({ length: 40 }, (_, n) => n % 4);
    const settled = await Promise.allSettled(divisors.map((by) => engine.read(quotient(by))));
    for (const [n, by] of divisors.entries())
      expect(settled[n]).toMatchObject(
        by === 0
          ? { status: 'rejected', reason: { code: '22012' } }
          : { status: 'fulfilled', value: [[12 / by]] },
      );
  });

  test('do not wait for a long one', async () => {
    const own = short(sql`select ${'short'}::text`);
    await readTwice(own);
    await whileOthersAreTaken(async () => expect(await engine.read(own)).toEqual([['short']]));
  });

  test('tell the version while all other connections are taken', async () => {
    await upgrade(engine, quiet);
    await ownBackends(engine, 2);
    await readServedVersion(engine);
    await whileOthersAreTaken(async () =>
      expect(await readServedVersion(engine)).toMatchObject({ version: 0 }),
    );
  });

  test('are read on new connections after theirs were ended', async () => {
    const own = short(sql`select pg_backend_pid(), ${8}::int`);
    await readTwice(own);
    const before = await Promise.all([engine.read(own), engine.read(own)]);
    const ended = before.map(([row]) => row![0] as number);
    await engine.read(select('select pg_terminate_backend(pid) from unnest($1::int[]) as pid', [ended]));
    // What is sent before the end is heard of fails, and says why.
    for (;;) {
      const [after] = await Promise.allSettled([engine.read(own)]);
      if (after.status === 'rejected') continue;
      expect(ended).not.toContain(after.value[0]![0]);
      return;
    }
  });

  test('are answered when they were given up before they were known to be prepared', async () => {
    const widths = Array.from({ length: MAX_PREPARED + 2 }, (_, n) => 300 + n);
    const single = await database.open({ poolSize: 2 });
    await ownBackends(single, 1);
    for (const width of widths) await single.read(shortShape(width, 0));
    const first = single.read(shortShape(300, 1));
    const more = widths.map((width) => single.read(shortShape(width, 1)));
    await first;
    for (const value of [2, 3])
      expect(await single.read(shortShape(300, value))).toEqual([Array(300).fill(value)]);
    await Promise.all(more);
  });

  test('are answered whichever come while others go', async () => {
    const widths = fc.sample(fc.integer({ min: 1, max: 3 * MAX_PREPARED }), { seed: 7, numRuns: 4_000 });
    const reads: Promise<void>[] = [];
    for (const [n, width] of widths.entries()) {
      reads.push(
        engine.read(shortShape(width, n)).then((rows) => expect(rows).toEqual([Array(width).fill(n)])),
      );
      if (n % 20 === 0) await new Promise(setImmediate);
    }
    await Promise.all(reads);
  });

  test('that are ended while they are prepared say so, and so do those behind them', async () => {
    const impatient = await database.open({ poolSize: POOL_SIZE, readTimeoutMs: 200 });
    await engine.session((session) => session.script('create table public.locked (a int)'));
    const own = short(sql`select a, ${5}::int from public.locked`);
    await ownBackends(impatient, 2);
    await engine.session((session) =>
      session.transaction(async () => {
        await session.script('lock table public.locked in access exclusive mode');
        const settled = await Promise.allSettled(Array.from({ length: 12 }, () => impatient.read(own)));
        for (const each of settled)
          expect(each).toMatchObject({ status: 'rejected', reason: { code: '57014' } });
      }),
    );
    for (let round = 0; round < 3; round++) expect(await impatient.read(own)).toEqual([]);
  });

  test('are answered before the end, and refused after it', async () => {
    const ending = await database.open({ poolSize: POOL_SIZE });
    const own = short(sql`select ${'end'}::text`);
    await ownBackends(ending, 2);
    await ending.read(own);
    const sent = Array.from({ length: 10 }, () => ending.read(own));
    await ending.close();
    expect(await Promise.all(sent)).toEqual(sent.map(() => [['end']]));
    await expect(ending.read(own)).rejects.toThrow('after calling end');
  });

  test('are read over the others where there is one connection', async () => {
    const single = await database.open({ poolSize: 1 });
    const own = short(sql`select pg_backend_pid()`);
    const backends = await Promise.all(Array.from({ length: 5 }, () => single.read(own)));
    expect(new Set(backends.map(([row]) => row![0])).size).toBe(1);
  });
});

function short(fragment: Parameters<typeof prepared>[0]): Statement {
  return { ...prepared(fragment), isShort: true };
}

function shortShape(width: number, value: number): Statement {
  return { ...shape(width, value), isShort: true };
}
