import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine, Statement } from '../../../src/database/engine.ts';
import { MAX_PREPARED } from '../../../src/database/prepared.ts';
import { join, prepared, sql } from '../../../src/database/sql.ts';
import { engines, type TestDatabase } from '../../support/databases.ts';
import { select } from '../../support/engine.ts';

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

  /** In line from the second time on. */
  const readTwice = async (statement: Statement) => {
    await engine.read(statement);
    return engine.read(statement);
  };

  test('are read there once they are asked for again, and on no more than two', async () => {
    const own = short(sql`select pg_backend_pid(), ${7}::int`);
    const [[first]] = (await engine.read(own)) as [[number]];
    const again = await Promise.all(Array.from({ length: 50 }, () => engine.read(own)));
    const backends = new Set(again.map(([row]) => row![0]));
    expect(backends.size).toBe(2);
    expect(backends).not.toContain(first);
  });

  test('are each given their own rows while prepared ones come and go', async () => {
    const widths = Array.from({ length: 6 * MAX_PREPARED }, (_, n) => 1 + ((n * 7) % (2 * MAX_PREPARED)));
    for (let round = 0; round < 3; round++) {
      const answers = await Promise.all(widths.map((width, n) => engine.read(shape(width, n))));
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
    const held = engine.session((session) =>
      session.transaction(async () => {
        await session.query(select('select pg_advisory_xact_lock(8)'));
        const long = Array.from({ length: 2 * POOL_SIZE }, () =>
          engine.read(select('select pg_advisory_xact_lock_shared(8)')),
        );
        expect(await engine.read(own)).toEqual([['short']]);
        return { long };
      }),
    );
    await Promise.all((await held).long);
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

/** A statement of so many columns: each width is a text of its own. */
function shape(width: number, value: number): Statement {
  return short(sql`select ${join(Array.from({ length: width }, () => sql`${value}::int`))}`);
}
