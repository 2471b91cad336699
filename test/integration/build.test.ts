import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine, Row } from '../../src/database/engine.ts';
import { type Sql, sql, statement } from '../../src/database/sql.ts';
import { readServedVersion, VERSION_CHANNEL } from '../../src/database/version.ts';
import { build, needsBuild } from '../../src/pipeline/build/build.ts';
import { BuildFailedError } from '../../src/pipeline/build/failed.ts';
import { BUILT_TABLES } from '../../src/pipeline/build/tables.ts';
import { filesOf, importFiles } from '../../src/pipeline/import/index.ts';
import { upgrade } from '../../src/pipeline/upgrade.ts';
import { quiet } from '../../src/progress.ts';
import { type Event, marts, type RawRows } from '../oracle/marts.ts';
import { describeEngines, type Fixture } from '../support/databases.ts';
import { Interruption, interrupted } from '../support/interrupt.ts';
import { rowsHoldingAt, servedMarts } from '../support/marts.ts';
import { day, event, firm, rawOf, replaceRaw, user } from '../support/raw.ts';
import { requireReference, skipReference } from '../support/reference.ts';

const options = { progress: quiet };
const ask = (engine: Engine, fragment: Sql) => engine.read(statement(fragment));

describe.skipIf(skipReference)('the marts of the reference data', () => {
  describeEngines('by hand-written SQL', (fixture) => {
    const rows = (fragment: Sql): Promise<Row[]> => ask(fixture.engine, fragment);

    beforeAll(async () => {
      await upgrade(fixture.engine, quiet);
      await importFiles(fixture.engine, filesOf(requireReference()), quiet);
      const report = await build(fixture.engine, options);
      expect(report).toMatchObject({
        version: 1,
        asOf: '2024-06-27T00:00:00Z',
        rowCounts: {
          events: 18832,
          users: 2948,
          firms: 32,
          user_engagement: 4709,
          user_movements: 9422,
          firm_usage_summary: 32,
          daily_event_summary: 86,
        },
      });
    });

    it('has the months', async () => {
      const months = await rows(sql`
        select activity_month, sum(num_queries)::bigint, sum(num_docs)::bigint,
               round((sum(avg_feedback_score * num_queries) / sum(num_queries))::numeric, 6),
               round(avg(engagement_score), 6), count(*),
               count(*) filter (where engagement_level = 'HIGH'),
               count(*) filter (where engagement_level = 'MEDIUM'),
               count(*) filter (where engagement_level = 'LOW')
          from analytics.user_engagement group by 1 order by 1`);
      expect(months).toEqual([
        ['2024-04-01', 5960, 48147, '4.071477', '0.428166', 1378, 276, 688, 414],
        ['2024-05-01', 7254, 60209, '4.087262', '0.425911', 1735, 347, 867, 521],
        ['2024-06-01', 5618, 46276, '4.074226', '0.416169', 1596, 320, 797, 479],
      ]);
      const total = sql`select count(*), count(distinct user_id), round(avg(engagement_score), 6),
        count(distinct user_id) filter (where engagement_level = 'HIGH') from analytics.user_engagement`;
      expect(await rows(total)).toEqual([[4709, 2948, '0.423269', 674]]);
    });

    it('has the titles', async () => {
      const titles = await rows(sql`
        select title::text, array_agg(queries order by activity_month), array_agg(score order by activity_month)
          from (select users.title, activity_month, sum(num_queries)::int as queries,
                       round(avg(engagement_score), 6)::text as score
                  from analytics.user_engagement join mart.users using (user_id) group by 1, 2) as months
         group by title order by months.title`);
      expect(titles).toEqual([
        ['JUNIOR_ASSOCIATE', [2713, 3211, 2487], ['0.430806', '0.424680', '0.417105']],
        ['ASSOCIATE', [1709, 2166, 1573], ['0.431584', '0.441252', '0.414673']],
        ['SENIOR_ASSOCIATE', [983, 1345, 1188], ['0.417972', '0.400709', '0.407630']],
        ['PARTNER', [555, 532, 370], ['0.423383', '0.435232', '0.440013']],
      ]);
    });

    it('has firm 1068, firms without events and 2024-05-15', async () => {
      const firms = await rows(sql`
        select firm_id, num_queries, num_docs, num_active_users, num_active_days,
               round(avg_feedback_score::numeric, 4), arr, round(arr_per_user::numeric, 2)
          from analytics.firm_usage_summary where firm_id in (1068, 1102, 11175) order by 1`);
      expect(firms).toEqual([
        [1068, 3019, 23906, 580, 86, '4.0851', '1000000.00', '1724.14'],
        [1102, 0, 0, 0, 0, null, '350000.00', null],
        [11175, 0, 0, 0, 0, null, '150000.00', null],
      ]);
      const days = sql`
        select num_queries, num_active_users, num_active_firms, num_docs, round(avg_feedback_score::numeric, 4)
          from analytics.daily_event_summary where event_date = '2024-05-15'`;
      expect(await rows(days)).toEqual([[304, 172, 27, 2286, '4.1118']]);
      const spent = sql`select sum(arr), sum(firm_size) from analytics.firm_usage_summary`;
      expect(await rows(spent)).toEqual([['5405000.00', 4630]]);
    });

    it('has the power users', async () => {
      const power = sql`
        select this.user_id, this.activity_month
          from analytics.user_engagement as this
          join analytics.user_engagement as before
            on before.user_id = this.user_id
           and before.activity_month = this.activity_month - interval '1 month'
         where this.engagement_level = 'HIGH'
           and (this.num_assistant_queries > 0)::int + (this.num_vault_queries > 0)::int
               + (this.num_workflow_queries > 0)::int >= 2`;
      expect(await rows(sql`select count(*), count(distinct user_id) from (${power}) as power`)).toEqual([
        [451, 356],
      ]);
      const byMonth = sql`select activity_month, count(*) from (${power}) as power group by 1 order by 1`;
      expect(await rows(byMonth)).toEqual([
        ['2024-05-01', 222],
        ['2024-06-01', 229],
      ]);
    });

    it('has the movements', async () => {
      const movements = await rows(sql`
        select movement_month, side::text, movement::text, count(distinct user_id)
          from mart.user_movements group by 1, 2, 3 order by 1, 2, 3`);
      expect(movements).toEqual([
        ['2024-04-01', 'CURRENT', 'NEW', 1378],
        ['2024-05-01', 'CURRENT', 'NEW', 970],
        ['2024-05-01', 'CURRENT', 'RETAINED', 765],
        ['2024-05-01', 'PREVIOUS', 'CHURNED', 613],
        ['2024-05-01', 'PREVIOUS', 'RETAINED', 765],
        ['2024-06-01', 'CURRENT', 'NEW', 600],
        ['2024-06-01', 'CURRENT', 'RESURRECTED', 162],
        ['2024-06-01', 'CURRENT', 'RETAINED', 834],
        ['2024-06-01', 'PREVIOUS', 'CHURNED', 901],
        ['2024-06-01', 'PREVIOUS', 'RETAINED', 834],
        ['2024-07-01', 'PREVIOUS', 'CHURNED', 1596],
      ]);
    });

    it('attributes the user of two firms to the firm with most queries', async () => {
      const months = await rows(sql`
        select activity_month, firm_id, num_queries, num_docs from analytics.user_engagement
         where user_id = '633c06694d118c8578aac99bfd96d5a7' and activity_month < '2024-06-01' order by 1`);
      expect(months).toEqual([
        ['2024-04-01', 1024, 35, 698],
        ['2024-05-01', 1022, 3, 49],
      ]);
    });
  });
});

describeEngines('a build', (fixture) => {
  beforeAll(() => upgrade(fixture.engine, quiet));

  const builtFrom = async (raw: RawRows) => {
    await replaceRaw(fixture.engine, raw);
    await build(fixture.engine, options);
    return servedMarts(fixture.engine);
  };

  it('is due before the first, and does with no data at all', async () => {
    expect(await needsBuild(fixture.engine)).toBe(true);
    const report = await build(fixture.engine, options);
    expect(report).toMatchObject({
      version: 1,
      asOf: undefined,
      rowCounts: { events: 0, user_engagement: 0 },
    });
    expect(await needsBuild(fixture.engine)).toBe(false);
    const { record } = await readServedVersion(fixture.engine);
    expect(record).toMatchObject({ asOf: undefined, firstEventAt: undefined, hasTimes: false });
    expect(await servedMarts(fixture.engine)).toEqual(marts({ events: [], users: [], firms: [] }));
  });

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

  it('writes nothing where nothing changed', async () => {
    const raw = rawOf([event(), event({ userId: 'u2' })]);
    await builtFrom(raw);
    const { version } = await readServedVersion(fixture.engine);
    const before = await rowsHoldingAt(fixture.engine, version);
    const again = await build(fixture.engine, options);
    const untouched = Array(BUILT_TABLES.length).fill({ closed: 0, inserted: 0 });
    expect(Object.values(again.changedRows)).toEqual(untouched);
    expect(await rowsHoldingAt(fixture.engine, version + 1)).toEqual(before);
    await replaceRaw(fixture.engine, raw);
    expect(Object.values((await build(fixture.engine, options)).changedRows)).toEqual(untouched);
  });

  it('writes only the months that changed', async () => {
    const january = [event(), event({ userId: 'u2', numDocs: 5 })];
    const february = january.map((each) => ({ ...each, created: day('2024-02-01') }));
    await builtFrom(rawOf([...january, ...february]));
    const changed = rawOf([...january, { ...february[0]!, numDocs: 9 }, february[1]!]);
    await replaceRaw(fixture.engine, changed);
    const { version, changedRows } = await build(fixture.engine, options);
    expect(changedRows).toMatchObject({
      users: { closed: 0, inserted: 0 },
      user_engagement: { closed: 2, inserted: 2 },
      user_movements: { closed: 0, inserted: 0 },
      daily_event_summary: { closed: 1, inserted: 1 },
    });
    const since = await ask(
      fixture.engine,
      sql`select distinct activity_month from mart.user_engagement where since_version = ${version}`,
    );
    expect(since).toEqual([['2024-02-01']]);
    expect(await servedMarts(fixture.engine)).toEqual(marts(changed));
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
    expect(await ask(fixture.engine, copies)).toEqual([['PARTNER', '2000.00']]);
  });

  it('tells of the new version', async () => {
    const { version } = await readServedVersion(fixture.engine);
    const told = new Promise<string>((resolve) => {
      void fixture.engine.listen(VERSION_CHANNEL, resolve).then(() => build(fixture.engine, options));
    });
    expect(await told).toBe(String(version + 1));
  });

  it('leaves the version before it when a check finds an error', async () => {
    const good = rawOf([event()]);
    await builtFrom(good);
    const { version } = await readServedVersion(fixture.engine);
    const bad = { ...rawOf([event(), event({ userId: 'nobody' })]), users: good.users };
    await replaceRaw(fixture.engine, bad);
    const failed = await build(fixture.engine, options).catch((error) => error);
    expect(failed).toBeInstanceOf(BuildFailedError);
    expect(failed.failed.map(({ name }: { name: string }) => name)).toEqual([
      'events_have_users',
      'user_engagement_has_entities',
    ]);
    expect(failed.details.join('\n')).toContain('nobody');
    expect((await readServedVersion(fixture.engine)).version).toBe(version);
    expect(await servedMarts(fixture.engine)).toEqual(marts(good));
    const allowed = await build(fixture.engine, { ...options, allowErrors: true });
    expect(allowed.version).toBe(version + 1);
    expect(allowed.findings[0]).toMatchObject({ name: 'events_have_users', severity: 'error', rows: 1 });
    expect(await servedMarts(fixture.engine)).toEqual(marts(bad));
  });

  it('can be killed after any step: what is served stays whole, and the next build is as a clean one', {
    timeout: 240_000,
  }, async () => {
    await builtFrom(RANDOM_ENOUGH[0]!);
    for (let step = 1; ; step++) {
      const { version } = await readServedVersion(fixture.engine);
      const before = await servedMarts(fixture.engine);
      const rowsBefore = await rowsHoldingAt(fixture.engine, version);
      const raw = RANDOM_ENOUGH[step % RANDOM_ENOUGH.length]!;
      await replaceRaw(fixture.engine, raw);
      const outcome = await build(interrupted(fixture.engine, step), options).catch((error) => error);
      if (!(outcome instanceof Interruption)) {
        expect(outcome).toMatchObject({ version: version + 1 });
        expect(step).toBeGreaterThan(12);
        break;
      }
      const { version: served } = await readServedVersion(fixture.engine);
      // A kill right after the last transaction leaves the new version served, at any other step the old one.
      expect(await servedMarts(fixture.engine)).toEqual(served === version ? before : marts(raw));
      expect(await rowsHoldingAt(fixture.engine, version)).toEqual(rowsBefore);
      await build(fixture.engine, options);
      expect(await servedMarts(fixture.engine)).toEqual(marts(raw));
    }
  });

  it('shows readers the version before it until the end', async () => {
    await builtFrom(RANDOM_ENOUGH[0]!);
    const before = await servedMarts(fixture.engine);
    const { version } = await readServedVersion(fixture.engine);
    await replaceRaw(fixture.engine, RANDOM_ENOUGH[1]!);
    let looks = 0;
    const engine = interrupted(fixture.engine, Number.POSITIVE_INFINITY, async () => {
      if ((await readServedVersion(fixture.engine)).version > version) return;
      expect(await servedMarts(fixture.engine)).toEqual(before);
      looks += 1;
    });
    await build(engine, options);
    expect(looks).toBeGreaterThan(10);
  });

  it('clears rows once no reader can need them, and not before', async () => {
    await builtFrom(RANDOM_ENOUGH[0]!);
    const { version } = await readServedVersion(fixture.engine);
    await builtFrom(RANDOM_ENOUGH[1]!);
    const ended = () =>
      ask(
        fixture.engine,
        sql`select (select count(*) from raw.events where until_version = ${version + 1}),
                   (select count(*) from mart.user_engagement where until_version = ${version + 1})`,
      );
    const [[events, engagement]] = (await ended()) as [[number, number]];
    expect(events).toBeGreaterThan(0);
    expect(engagement).toBeGreaterThan(0);
    // Version + 1 became the oldest one when the version after it was published.
    await build(fixture.engine, options);
    expect(await ended()).toEqual([[events, engagement]]);
    await fixture.engine.session((session) =>
      session.execute(
        statement(sql`update mart.data_versions set published_at = published_at - interval '61 seconds'`),
      ),
    );
    await build(fixture.engine, options);
    expect(await ended()).toEqual([[0, 0]]);
    expect(await servedMarts(fixture.engine)).toEqual(marts(RANDOM_ENOUGH[1]!));
  });

  asOf(fixture);
  property(fixture);
});

function asOf(fixture: Fixture): void {
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
  });
}

const INSTANTS = [
  '2024-01-01T00:00:00',
  '2024-01-31T23:59:59.999999',
  '2024-02-01T00:00:00',
  '2024-02-29T12:00:00',
  '2024-03-31T23:59:59',
  '2024-12-31T23:59:59.5',
  '2025-01-01T00:00:00',
];

const anyEvent: fc.Arbitrary<Event> = fc.record({
  userId: fc.constantFrom('a', 'B', 'ä', 'u1', 'u10'),
  created: fc.constantFrom(...INSTANTS),
  firmId: fc.constantFrom(2, 10, 11),
  eventType: fc.constantFrom('ASSISTANT', 'VAULT', 'WORKFLOW'),
  numDocs: fc.nat(3),
  feedbackScore: fc.integer({ min: 1, max: 5 }),
});

const anyRaw = fc
  .tuple(fc.array(anyEvent, { maxLength: 60 }), fc.nat(9_999))
  .map(([events, arrInThousands]) => rawOf(events, { firms: [firm({ id: 99, arrInThousands })] }));

const RANDOM_ENOUGH = fc.sample(anyRaw, { numRuns: 3, seed: 7 });

function property(fixture: Fixture): void {
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
}
