import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { sql, statement } from '../../../src/database/sql.ts';
import { readServedVersion } from '../../../src/database/version.ts';
import { build } from '../../../src/pipeline/build/build.ts';
import { upgrade } from '../../../src/pipeline/upgrade.ts';
import { quiet } from '../../../src/progress.ts';
import { marts, type RawRows } from '../../oracle/marts.ts';
import { openApi } from '../../support/api.ts';
import { describeEngines } from '../../support/databases.ts';
import { servedMarts } from '../../support/marts.ts';
import { anyRaw } from '../../support/random-raw.ts';
import { day, event, firm, type ReplaceOptions, rawOf, replaceRaw, user } from '../../support/raw.ts';

const options = { progress: quiet };

describeEngines('the marts', (fixture) => {
  beforeAll(() => upgrade(fixture.engine, quiet));

  const builtFrom = async (raw: RawRows) => {
    await replaceRaw(fixture.engine, raw);
    await build(fixture.engine, options);
    return servedMarts(fixture.engine);
  };

  it('scores a user alone 0 and low, and equals alike', async () => {
    const alone = event({ created: '2024-01-31T23:59:59.999999' });
    const equals = ['a', 'b', 'c'].map((userId) => event({ userId, created: day('2024-02-29') }));
    const ahead = [
      event({ userId: 'd', created: day('2024-02-01') }),
      event({ userId: 'd', created: day('2024-02-02') }),
    ];
    const { userEngagement } = await builtFrom(rawOf([alone, ...equals, ...ahead]));
    expect(userEngagement.map((row) => [row[0], row[1], ...row.slice(-3)])).toEqual([
      ['2024-01-01', 'u1', '0.000000000000', '0.000000000000', 'LOW'],
      ['2024-02-01', 'a', '0.000000000000', '0.000000000000', 'LOW'],
      ['2024-02-01', 'b', '0.000000000000', '0.000000000000', 'LOW'],
      ['2024-02-01', 'c', '0.000000000000', '0.000000000000', 'LOW'],
      ['2024-02-01', 'd', '0.900000000000', '1.000000000000', 'HIGH'],
    ]);
  });

  it('takes levels at their very bounds', async () => {
    // Eleven users with 1 to 11 queries: percent ranks 0, 0.1, … 1.
    const events = Array.from({ length: 11 }, (_, index) =>
      Array.from({ length: index + 1 }, () => event({ userId: `u${String(index).padStart(2, '0')}` })),
    ).flat();
    const { userEngagement } = await builtFrom(rawOf(events));
    const levels = userEngagement.map((row) => row.at(-1));
    expect(levels).toEqual([...Array(3).fill('LOW'), ...Array(5).fill('MEDIUM'), ...Array(3).fill('HIGH')]);
  });

  it('ranks equal feedback alike, whatever its fraction, and gives a tie of firms to the lower id', async () => {
    const scores = (userId: string, given: number[], firms: number[]) =>
      given.map((feedbackScore, index) =>
        event({ userId, feedbackScore, firmId: firms[index % firms.length]! }),
      );
    const raw = rawOf([...scores('a', [1, 2, 2], [9]), ...scores('b', [1, 1, 2, 2, 2, 2], [9, 10])]);
    const built = await builtFrom(raw);
    expect(built).toEqual(marts(raw));
    expect(built.userEngagement.map((row) => row[2])).toEqual([9, 9]);
    expect(built.userEngagement[1]!.at(-3)).toBe('0.900000000000');
  });

  it('tells by movement who came, stayed, went and came back, under the firms of the month that counts', async () => {
    const built = await builtFrom(
      rawOf([
        event({ firmId: 1, created: day('2023-12-31') }),
        event({ firmId: 2, created: day('2024-01-01') }),
        event({ firmId: 3, created: day('2024-01-31') }),
        event({ firmId: 2, created: day('2024-03-01') }),
      ]),
    );
    expect(built.userMovements).toEqual([
      ['2023-12-01', 'u1', 1, 'CURRENT', 'NEW'],
      ['2024-01-01', 'u1', 1, 'PREVIOUS', 'RETAINED'],
      ['2024-01-01', 'u1', 2, 'CURRENT', 'RETAINED'],
      ['2024-01-01', 'u1', 3, 'CURRENT', 'RETAINED'],
      ['2024-02-01', 'u1', 2, 'PREVIOUS', 'CHURNED'],
      ['2024-02-01', 'u1', 3, 'PREVIOUS', 'CHURNED'],
      ['2024-03-01', 'u1', 2, 'CURRENT', 'RESURRECTED'],
      ['2024-04-01', 'u1', 2, 'PREVIOUS', 'CHURNED'],
    ]);
  });

  it('copies users and firms as they are now', async () => {
    const given = rawOf([event()], { firms: [firm({ id: 7, arrInThousands: 2 })] });
    await builtFrom(given);
    await builtFrom({ ...given, users: [user({ title: 'PARTNER' })] });
    const copies = sql`
      select title::text, (select arr from mart.firms where firm_id = 7 and until_version = 2147483647)
        from mart.users where user_id = 'u1' and until_version = 2147483647`;
    expect(await fixture.engine.read(statement(copies))).toEqual([['PARTNER', '2000.00']]);
  });

  const cases = [
    {
      says: 'the latest event',
      last: '2024-03-05T10:20:30.123456',
      given: {},
      gives: '2024-03-05T10:20:30.123456Z',
    },
    {
      says: 'the end of its day without times',
      last: day('2024-02-29'),
      given: { hasTimes: false },
      gives: '2024-03-01T00:00:00Z',
    },
    {
      says: 'what was given',
      last: '2024-03-05T10:00:00',
      given: { asOf: day('2024-04-01') },
      gives: '2024-04-01T00:00:00Z',
    },
    {
      says: 'nothing that was given before the latest event',
      last: '2024-03-05T10:00:00',
      given: { asOf: day('2024-03-05') },
      gives: '2024-03-05T10:00:00Z',
    },
  ];
  it.each(cases)('takes for as-of $says', async ({ last, given, gives }) => {
    await replaceRaw(
      fixture.engine,
      rawOf([event({ created: day('2024-01-02') }), event({ created: last })]),
      given,
    );
    const { asOf: taken } = await build(fixture.engine, options);
    expect(taken).toBe(gives);
    const { record } = await readServedVersion(fixture.engine);
    expect(record).toMatchObject({ asOf: gives, firstEventAt: '2024-01-02T00:00:00Z' });
    expect(record!.lastEventAt).toBe(`${last}Z`);
  });

  it('takes a month for begun where an event lies at its first instant, not where the data end there', async () => {
    const months = async (last: string, options: ReplaceOptions) => {
      await replaceRaw(
        fixture.engine,
        rawOf([event({ created: '2024-01-10T10:00:00' }), event({ created: last })]),
        options,
      );
      await build(fixture.engine, { progress: quiet });
      const api = await openApi(fixture.engine);
      const { metrics } = await api.ask(
        '{ metrics(groupBy: [MONTH], fill: true) { rows { month churnedUsers } } }',
      );
      await api.close();
      return metrics.rows.map(({ month }: { month: string }) => month);
    };
    const [january, february, march] = ['2024-01-01', '2024-02-01', '2024-03-01'];
    // What is stored for an import with `--as-of 2024-02-29`.
    expect(await months('2024-02-10T10:00:00', { asOf: day('2024-03-01') })).toEqual([january, february]);
    expect(await months(day('2024-03-01'), {})).toEqual([january, february, march]);
  });

  it('gives what the definitions give, on random data, whatever was built before', {
    timeout: 240_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(anyRaw, async (raw) => {
        await replaceRaw(fixture.engine, raw);
        await build(fixture.engine, options);
        expect(await servedMarts(fixture.engine)).toEqual(marts(raw));
      }),
      { numRuns: 40 },
    );
  });
});
