import { expect, test } from 'vitest';
import type { Engine, Statement } from '../../../src/database/engine.ts';
import { MAX_PREPARED } from '../../../src/database/prepared.ts';
import { prepared, sql } from '../../../src/database/sql.ts';
import { describeEngines } from '../../support/databases.ts';
import { select, shape } from '../../support/engine.ts';

describeEngines('prepared statements', (fixture) => {
  /** One connection, which tells of its statements. */
  async function withOne(work: (engine: Engine) => Promise<void>): Promise<void> {
    if (fixture.name === 'embedded') return work(fixture.engine);
    const engine = await fixture.database.open({ poolSize: 1 });
    await work(engine).finally(() => engine.close());
  }

  /** Without the number that a connection adds, which has none twice. */
  async function namesOn(engine: Engine): Promise<readonly unknown[]> {
    const names =
      "select regexp_replace(name, '_[0-9]+$', '') from pg_prepared_statements where name like 'mg%'";
    return (await engine.read(select(names))).map(([name]) => name);
  }

  async function readTwice(engine: Engine, statement: Statement): Promise<void> {
    for (let round = 0; round < 2; round++) await engine.read(statement);
  }

  test('are those that are read again', async () => {
    await withOne(async (engine) => {
      const [once, twice] = [shape(1_000), shape(1_001)];
      await engine.read(once);
      await readTwice(engine, twice);
      const names = await namesOn(engine);
      expect(names).toContain(twice.name);
      expect(names).not.toContain(once.name);
    });
  });

  test('stay within their bound, the latest used of them', async () => {
    await withOne(async (engine) => {
      const often = shape(0);
      await readTwice(engine, often);
      for (let width = 1; width <= 3 * MAX_PREPARED; width++) {
        await readTwice(engine, shape(width));
        await engine.read(often);
      }
      const names = await namesOn(engine);
      expect(names).toHaveLength(MAX_PREPARED);
      expect(names).toEqual(expect.arrayContaining([often.name, shape(3 * MAX_PREPARED).name]));
      expect(names).not.toContain(shape(1).name);
    });
  });

  test('that were given up work when they are used again', async () => {
    await withOne(async (engine) => {
      for (let round = 0; round < 3; round++)
        for (let width = 1; width <= MAX_PREPARED + 1; width++)
          expect(await engine.read(shape(width, round))).toEqual([Array(width).fill(round)]);
      expect(await namesOn(engine)).toHaveLength(MAX_PREPARED);
    });
  });

  test('that failed when they were prepared are given up without harm', async () => {
    await withOne(async (engine) => {
      const wrong = prepared(sql`select no_such_column`);
      for (let round = 0; round < 3; round++)
        await expect(engine.read(wrong)).rejects.toMatchObject({ code: '42703' });
      for (let width = 1; width <= MAX_PREPARED + 1; width++) await readTwice(engine, shape(width));
      await expect(engine.read(wrong)).rejects.toMatchObject({ code: '42703' });
      expect(await namesOn(engine)).toHaveLength(MAX_PREPARED - 1);
    });
  });

  test('give each of many reads at once its own rows while they come and go', async () => {
    const widths = Array.from({ length: 4 * MAX_PREPARED }, (_, n) => 1 + ((n * 7) % (MAX_PREPARED + 5)));
    for (let round = 0; round < 3; round++) {
      const answers = await Promise.all(widths.map((width, n) => fixture.engine.read(shape(width, n))));
      expect(answers).toEqual(widths.map((width, n) => [Array(width).fill(n)]));
    }
  });
});
