import { describe, expect, test } from 'vitest';
import type { Row } from '../../../src/database/engine.ts';
import { describeEngines } from '../../support/databases.ts';
import { count, select, signal } from '../../support/engine.ts';

async function* chunksOf(...texts: string[]): AsyncGenerator<Buffer> {
  for (const text of texts) yield Buffer.from(text);
}

describeEngines('engine', (fixture) => {
  const make = (table: string, columns = 'id int primary key, name text') =>
    fixture.engine.session((session) => session.script(`create table ${table} (${columns})`));

  describe('transaction', () => {
    test('commits what it did', async () => {
      await make('committed');
      const result = await fixture.engine.session((session) =>
        session.transaction(async () => {
          expect(await session.execute(select(`insert into committed values (1, 'a'), (2, 'b')`))).toBe(2);
          return 'done';
        }),
      );
      expect(result).toBe('done');
      expect(await count(fixture.engine, 'committed')).toBe(2);
    });

    test('takes all of it back when it throws, and the session goes on', async () => {
      await make('rolled_back');
      await fixture.engine.session(async (session) => {
        const failing = session.transaction(async () => {
          await session.execute(select(`insert into rolled_back values (1, 'a')`));
          throw new Error('changed my mind');
        });
        await expect(failing).rejects.toThrow('changed my mind');
        const broken = session.transaction(async () => {
          await session.execute(select(`insert into rolled_back values (1, 'a')`));
          await session.execute(select('select 1 / 0'));
        });
        await expect(broken).rejects.toMatchObject({ code: '22012' });
        expect(await count(session, 'rolled_back')).toBe(0);
      });
    });

    test('is never seen from inside by a read', async () => {
      await make('hidden');
      const inside = signal();
      const writing = fixture.engine.session((session) =>
        session.transaction(async () => {
          await session.execute(select(`insert into hidden values (1, 'a')`));
          inside.resolve();
          await session.execute(select(`insert into hidden values (2, 'b')`));
          await session.execute(select(`insert into hidden values (3, 'c')`));
        }),
      );
      await inside.promise;
      const seen = await Promise.all(Array.from({ length: 20 }, () => count(fixture.engine, 'hidden')));
      await writing;
      expect(seen.filter((rows) => rows !== 0 && rows !== 3)).toEqual([]);
      expect(await count(fixture.engine, 'hidden')).toBe(3);
    });

    test('left open by a session that ends is taken back', async () => {
      await make('left_open');
      await fixture.engine.session(async (session) => {
        await session.script('begin');
        await session.execute(select(`insert into left_open values (1, 'a')`));
      });
      expect(await count(fixture.engine, 'left_open')).toBe(0);
    });

    test('script outside of one is all or nothing', async () => {
      const broken = 'create table half_made (id int); select 1 / 0';
      await expect(fixture.engine.session((session) => session.script(broken))).rejects.toThrow();
      expect(await fixture.engine.read(select(`select to_regclass('half_made')::text`))).toEqual([[null]]);
    });

    test('of several sessions at once all end', async () => {
      await make('counters', 'n int');
      await Promise.all(
        Array.from({ length: 5 }, (_, n) =>
          fixture.engine.session((session) =>
            session.transaction(() => session.execute(select('insert into counters values ($1)', [n]))),
          ),
        ),
      );
      expect(await count(fixture.engine, 'counters')).toBe(5);
    });
  });

  describe('copyFrom', () => {
    const load = (table: string, chunks: AsyncIterable<Buffer>) =>
      fixture.engine.session((session) => session.copyFrom(`${table} (id, name)`, chunks));

    test('loads escapes, nulls and text of any script', async () => {
      await make('copied');
      const lines = ['1\ta\\tb\\nc\\\\d\n', '2\t\\N\n', '3\t\n', '4\tünï 🙂\n'];
      expect(await load('copied', chunksOf(...lines))).toBe(4);
      const rows = await fixture.engine.read(select('select id, name from copied order by id'));
      expect(rows).toEqual([
        [1, 'a\tb\nc\\d'],
        [2, null],
        [3, ''],
        [4, 'ünï 🙂'],
      ] satisfies Row[]);
    });

    test('loads nothing from nothing', async () => {
      await make('copied_nothing');
      expect(await load('copied_nothing', chunksOf())).toBe(0);
      expect(await load('copied_nothing', chunksOf(''))).toBe(0);
    });

    test('loads chunks cut anywhere, without a last line break', async () => {
      await make('copied_pieces');
      const bytes = Buffer.from('1\tünï\n2\t🙂\n3\tc');
      async function* pieces() {
        for (const byte of bytes) yield Buffer.from([byte]);
      }
      expect(await load('copied_pieces', pieces())).toBe(3);
      expect(await fixture.engine.read(select('select name from copied_pieces order by id'))).toEqual([
        ['ünï'],
        ['🙂'],
        ['c'],
      ]);
    });

    test('loads more than one piece of megabytes', async () => {
      await make('copied_many');
      async function* many() {
        for (let from = 0; from < 300_000; from += 10_000) {
          const lines = Array.from({ length: 10_000 }, (_, n) => `${from + n}\t${'x'.repeat(50)}\n`);
          yield Buffer.from(lines.join(''));
        }
      }
      expect(await load('copied_many', many())).toBe(300_000);
      const [row] = await fixture.engine.read(
        select('select count(*), sum(id), max(length(name)) from copied_many'),
      );
      expect(row).toEqual([300_000, (299_999 * 300_000) / 2, 50]);
    });

    test('loads nothing when a row or the source fails', async () => {
      await make('copied_bad');
      await expect(load('copied_bad', chunksOf('1\ta\n', 'x\tb\n'))).rejects.toMatchObject({ code: '22P02' });
      await expect(load('copied_bad', chunksOf('1\ta\n', '1\tb\n'))).rejects.toMatchObject({ code: '23505' });
      async function* broken() {
        yield Buffer.from(`1\t${'x'.repeat(9 << 20)}\n`);
        throw new Error('the source broke');
      }
      await expect(load('copied_bad', broken())).rejects.toThrow('the source broke');
      expect(await count(fixture.engine, 'copied_bad')).toBe(0);
    });

    test('is part of the transaction around it', async () => {
      await make('copied_back');
      const failing = fixture.engine.session((session) =>
        session.transaction(async () => {
          await session.copyFrom('copied_back (id, name)', chunksOf('1\ta\n'));
          expect(await count(session, 'copied_back')).toBe(1);
          throw new Error('changed my mind');
        }),
      );
      await expect(failing).rejects.toThrow('changed my mind');
      expect(await count(fixture.engine, 'copied_back')).toBe(0);
    });
  });
});
