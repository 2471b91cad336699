import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine, Row, Session, Value } from '../../src/database/engine.ts';
import { prepared, sql } from '../../src/database/sql.ts';
import { administer } from '../support/administer.ts';
import { describeEngines, engines, type TestDatabase } from '../support/databases.ts';

const select = (text: string, values: readonly Value[] = []) => ({ text, values });
const count = async (of: Engine | Session, table: string): Promise<unknown> => {
  const statement = select(`select count(*) from ${table}`);
  return ('read' in of ? await of.read(statement) : await of.query(statement))[0]?.[0];
};

/** A promise that is settled from outside. */
function signal<T = void>() {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

async function* chunksOf(...texts: string[]): AsyncGenerator<Buffer> {
  for (const text of texts) yield Buffer.from(text);
}

describeEngines('engine', (fixture) => {
  const make = (table: string, columns = 'id int primary key, name text') =>
    fixture.engine.session((session) => session.script(`create table ${table} (${columns})`));

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

  describe('exclusive', () => {
    test('lets one in at a time and tells the others that they wait', async () => {
      const [first, end] = [signal(), signal()];
      const order: string[] = [];
      const one = fixture.engine.exclusive(async () => {
        first.resolve();
        await end.promise;
        order.push('one');
      });
      await first.promise;
      const waits = signal();
      const two = fixture.engine.exclusive(async () => order.push('two'), waits.resolve);
      await waits.promise;
      expect(order).toEqual([]);
      end.resolve();
      await Promise.all([one, two]);
      expect(order).toEqual(['one', 'two']);
    });

    test('lets the next in after one that failed', async () => {
      const failing = fixture.engine.exclusive(async () => {
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect(await fixture.engine.exclusive(async () => 'in')).toBe('in');
    });

    test('keeps out a session that takes the lock part way, and reads go on', async () => {
      const [locked, end, waits] = [signal(), signal(), signal()];
      const holding = fixture.engine.session(async (session) => {
        await session.lock();
        locked.resolve();
        await end.promise;
      });
      await locked.promise;
      let entered = false;
      const next = fixture.engine.exclusive(async () => {
        entered = true;
      }, waits.resolve);
      await waits.promise;
      await fixture.engine.read(select('select 1'));
      expect(entered).toBe(false);
      end.resolve();
      await Promise.all([holding, next]);
      expect(entered).toBe(true);
    });
  });

  describe('listen', () => {
    const notify = (channel: string, payload: string) =>
      fixture.engine.session((session) =>
        session.query(select('select pg_notify($1, $2)', [channel, payload])),
      );

    test('hears what is committed on its channel until it stops', async () => {
      const heard: string[] = [];
      let arrived = signal();
      const stop = await fixture.engine.listen('a_channel', (payload) => {
        heard.push(payload);
        arrived.resolve();
      });
      await notify('another_channel', 'no');
      await fixture.engine
        .session((session) =>
          session.transaction(async () => {
            await session.query(select(`select pg_notify('a_channel', 'rolled back')`));
            throw new Error('no');
          }),
        )
        .catch(() => undefined);
      await notify('a_channel', 'one');
      await arrived.promise;
      arrived = signal();
      await notify('a_channel', 'two');
      await arrived.promise;
      await stop();
      await notify('a_channel', 'three');
      await fixture.engine.read(select('select 1'));
      expect(heard).toEqual(['one', 'two']);
    });
  });
});

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

describe('listening on PostgreSQL', () => {
  test('connects again after its connection was ended', async () => {
    const database = await engines.find(({ name }) => name === 'postgres')!.create();
    const engine = await database.open();
    const url = database.env.DATABASE_URL!;
    let heard = signal<string>();
    const stop = await engine.listen('persistent', (payload) => heard.resolve(payload));
    for (const round of ['first', 'second']) {
      heard = signal();
      const { rowCount } = await administer(
        url,
        `select pg_terminate_backend(pid, 5000) from pg_stat_activity
          where query = 'listen "persistent"' and datname = current_database()`,
      );
      expect(rowCount).toBe(1);
      await listening(url);
      await administer(url, `notify persistent, '${round}'`);
      expect(await heard.promise).toBe(round);
    }
    await stop();
    await database.drop();
  });

  /** Waits until some connection listens again. */
  async function listening(url: string): Promise<void> {
    const text = `select 1 from pg_stat_activity
                   where query = 'listen "persistent"' and state = 'idle' and datname = current_database()`;
    while ((await administer(url, text)).rowCount === 0);
  }
});
