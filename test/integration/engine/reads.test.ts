import { describe, expect, test } from 'vitest';
import { prepared, sql } from '../../../src/database/sql.ts';
import { describeEngines } from '../../support/databases.ts';
import { select } from '../../support/engine.ts';

describeEngines('engine', (fixture) => {
  describe('values', () => {
    const cases: readonly [expression: string, value: unknown][] = [
      ['1::int2', 1],
      ['2147483647', 2147483647],
      ['9007199254740991::int8', 9007199254740991],
      ['count(*)', 1],
      ['1.10::numeric(5, 2)', '1.10'],
      ['12345678901234567890.5::numeric', '12345678901234567890.5'],
      ['0.1::float8 + 0.2::float8', 0.1 + 0.2],
      [`'NaN'::float8`, Number.NaN],
      ['true', true],
      ['null::int', null],
      [`'ünï ' || chr(10) || '🙂'`, 'ünï \n🙂'],
      [`date '2024-02-29'`, '2024-02-29'],
      [`timestamp '2024-02-29 23:59:59.5'`, '2024-02-29T23:59:59.5Z'],
      [`timestamptz '2024-07-01 00:30:00+02'`, '2024-06-30T22:30:00Z'],
      [`date_trunc('day', timestamptz '2024-07-01 00:30:00+02')`, '2024-06-30T00:00:00Z'],
      [`'{"a": [1, "x", null]}'::jsonb`, { a: [1, 'x', null] }],
      [`'PARTNER'::raw.title`, 'PARTNER'],
      ['array[1, 2]::int8[]', [1, 2]],
      [`array[date '2024-02-29', null]`, ['2024-02-29', null]],
      [`array[timestamp '2024-02-29 00:00:00']`, ['2024-02-29T00:00:00Z']],
      ['array[1.50]', ['1.50']],
      [`array['a', 'b,"c']`, ['a', 'b,"c']],
    ];

    test('are the same on every engine', async () => {
      const text = `select ${cases.map(([expression]) => expression).join(', ')}`;
      const [row] = await fixture.engine.read(select(text));
      expect(row).toEqual(cases.map(([, value]) => value));
    });

    test('are the same through a session', async () => {
      const text = `select ${cases.map(([expression]) => expression).join(', ')}`;
      const rows = await fixture.engine.session((session) => session.query(select(text)));
      expect(rows[0]).toEqual(cases.map(([, value]) => value));
    });

    test('go in as they come out', async () => {
      const values = [7, 9007199254740991n, 'x', true, null, '2024-02-29', [1, 2], ['a', 'b,"c']];
      const text =
        'select $1::int, $2::int8, $3::text, $4::bool, $5::int, $6::date, $7::int[], $8::text[], $9::timestamp';
      const [row] = await fixture.engine.read(select(text, [...values, '2024-02-29T01:02:03Z']));
      expect(row).toEqual([
        7,
        9007199254740991,
        'x',
        true,
        null,
        '2024-02-29',
        [1, 2],
        ['a', 'b,"c'],
        '2024-02-29T01:02:03Z',
      ]);
    });

    test('beyond what a number holds fail', async () => {
      await expect(fixture.engine.read(select('select 9007199254740992::int8'))).rejects.toThrow(
        'beyond 2^53 - 1',
      );
    });

    test('of Prisma Client are its own', async () => {
      const served = await fixture.engine.prisma.servedVersion.findMany();
      expect(served).toEqual([{ id: 1, version: 0, oldestVersion: 0 }]);
    });
  });

  describe('read', () => {
    test('goes on after one that failed, also with statements that were prepared', async () => {
      const statement = prepared(sql`select ${3}::int / ${1}::int`);
      const failing = { ...statement, values: [1, 0] };
      for (let round = 0; round < 3; round++) {
        expect(await fixture.engine.read(statement)).toEqual([[3]]);
        await expect(fixture.engine.read(failing)).rejects.toMatchObject({ code: '22012' });
        await expect(fixture.engine.prisma.$queryRawUnsafe('select 1 / 0')).rejects.toThrow(
          'division by zero',
        );
      }
    });

    test('many at once give each its own rows', async () => {
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, n) => fixture.engine.read(prepared(sql`select ${n}::int`))),
      );
      expect(answers).toEqual(Array.from({ length: 50 }, (_, n) => [[n]]));
    });

    test('gives many rows whole', async () => {
      const rows = await fixture.engine.read(
        select(`select n, repeat('x', 100) from generate_series(1, 100000) as n`),
      );
      expect(rows).toHaveLength(100_000);
      expect(rows.at(-1)).toEqual([100_000, 'x'.repeat(100)]);
    });
  });
});
