import { afterAll, beforeAll, expect, it } from 'vitest';
import { ident, type Sql, sql, statement } from '../../../src/database/sql.ts';
import { OPEN_VERSION, readServedVersion } from '../../../src/database/version.ts';
import { semantic } from '../../../src/model/semantic.ts';
import { build, needsBuild } from '../../../src/pipeline/build/build.ts';
import { BuildFailedError } from '../../../src/pipeline/build/failed.ts';
import type { RollupPlan } from '../../../src/pipeline/build/rollups.ts';
import { upgrade } from '../../../src/pipeline/upgrade.ts';
import { quiet } from '../../../src/progress.ts';
import { Catalog } from '../../../src/query/catalog.ts';
import { defineModel } from '../../../src/query/model/define-model.ts';
import { rollupPlan } from '../../../src/query/rollup/plan.ts';
import { openApi, type TestApi } from '../../support/api.ts';
import { describeEngines } from '../../support/databases.ts';
import { addRaw, event, rawOf, replaceRaw } from '../../support/raw.ts';
import { rollups, rollupsFor } from '../../support/rollups.ts';

const QUERY = `{ metrics(groupBy: [MONTH, TITLE]) {
  rows { month title numQueries activeUsers engagementScore }
  meta { rollup { fact relation rejected { relation reason } } } } }`;

const EVENTS = [event(), event({ userId: 'u2', numDocs: 5 }), event({ created: '2024-02-01T00:00:00' })];

describeEngines('rollups', (fixture) => {
  let api: TestApi;
  beforeAll(async () => {
    await upgrade(fixture.engine, quiet);
    await replaceRaw(fixture.engine, rawOf(EVENTS));
    api = await openApi(fixture.engine);
  });
  afterAll(() => api?.close());

  const ask = (fragment: Sql) => fixture.engine.read(statement(fragment));
  const tables = async () =>
    (await ask(sql`select tablename::text from pg_tables where schemaname = 'rollup' order by 1`)).flat();
  const rowsHolding = async () => {
    const rowsOf = (name: string) =>
      ask(sql`
        select to_jsonb(kept) - 'since_version' from ${ident('rollup', name)} as kept
         where until_version = ${OPEN_VERSION} order by 1`);
    const names = (await tables()) as string[];
    return Object.fromEntries(
      await Promise.all(names.map(async (name) => [name, (await rowsOf(name)).flat()])),
    );
  };
  const make = (some: RollupPlan | undefined = rollups) =>
    build(fixture.engine, { progress: quiet, ...(some && { rollups: some }) });
  const some = (count: number): RollupPlan => ({
    tables: rollups.tables.slice(0, count),
    at: (version) => rollups.at(version).slice(0, count),
  });
  const answer = async () => (await api.ask(QUERY)).metrics;

  it('are taken only at versions that were built with them', async () => {
    await build(fixture.engine, { progress: quiet });
    expect(await needsBuild(fixture.engine)).toBe(false);
    expect(await needsBuild(fixture.engine, rollups)).toBe(true);
    const without = await answer();
    expect(without.meta.rollup[0]).toMatchObject({ fact: 'queries', relation: 'user_engagement' });
    expect(without.meta.rollup[0].rejected[0]).toEqual({
      relation: 'queries_cube',
      reason: 'the version was built without it',
    });
    await make();
    expect(await needsBuild(fixture.engine, rollups)).toBe(false);
    const { rows, meta } = await answer();
    expect(rows).toEqual(without.rows);
    expect(meta.rollup.map(({ relation }: { relation: string }) => relation)).toEqual([
      'queries_cube (month, title)',
      'user_months_cube (month, title)',
    ]);
  });

  it('are listed in the record with the rows of each level', async () => {
    await make();
    const { record } = await readServedVersion(fixture.engine);
    expect(Object.keys(record!.rollups).sort()).toEqual(await tables());
    const cube = Object.entries(record!.rollups).find(([name]) => name.startsWith('queries_cube_'))![1];
    expect(Object.keys(cube)).toHaveLength(32);
    expect(cube).toMatchObject({
      'queries_cube (all time)': 1,
      'queries_cube (month)': 2,
      'queries_cube (month, firm, title, event_type)': 2,
    });
  });

  it('stay as they are where nothing changed, and change no other rows than those of the change', async () => {
    await make();
    const untouched = { closed: 0, inserted: 0 };
    const { changedRows } = await make();
    expect(new Set(Object.values(changedRows).map((each) => JSON.stringify(each)))).toEqual(
      new Set([JSON.stringify(untouched)]),
    );
    await replaceRaw(fixture.engine, rawOf([...EVENTS.slice(0, 2), { ...EVENTS[2]!, numDocs: 7 }]));
    const changed = (await make()).changedRows;
    const byUser = Object.entries(changed).find(([name]) => name.startsWith('queries_by_user_'))![1];
    expect(byUser).toEqual({ closed: 1, inserted: 1 });
  });

  it('are made again whole after someone dropped one', async () => {
    await make();
    const before = (await answer()).rows;
    const [name] = await tables();
    await fixture.engine.exclusive((session) => session.script(`drop table rollup."${name}"`));
    await make();
    expect(await tables()).toContain(name);
    expect((await answer()).rows).toEqual(before);
  });

  it.each(['queries_by_user', 'queries_by_day', 'queries_cube', 'user_months_cube', 'movements_cube'])(
    'are right when %s was dropped before the events of a month came',
    async (rollup) => {
      await make();
      const name = (await tables()).find((each) => new RegExp(`^${rollup}_[0-9a-f]+$`).test(String(each)));
      await fixture.engine.exclusive((session) => session.script(`drop table rollup."${name}"`));
      await addRaw(
        fixture.engine,
        rawOf([event({ userId: `of ${rollup}`, created: '2024-02-03T00:00:00' })]),
      );
      await make();
      const made = await rowsHolding();
      await build(fixture.engine, { progress: quiet, rollups, full: true });
      expect(made).toEqual(await rowsHolding());
      await replaceRaw(fixture.engine, rawOf(EVENTS));
    },
  );

  it('are made whole where the build that created them again was not published', async () => {
    await make();
    const before = (await answer()).rows;
    const run = (script: string) => fixture.engine.exclusive((session) => session.script(script));
    await run(
      `drop table rollup."${(await tables()).find((name) => String(name).startsWith('queries_cube_'))}"`,
    );
    await run(`
      insert into raw.events
        (user_id, created, firm_id, event_type, num_docs, feedback_score, batch_id, since_version)
      select 'nobody', created, firm_id, event_type, num_docs, feedback_score, batch_id, version + 1
        from raw.events cross join mart.served_version limit 1`);
    await expect(make()).rejects.toThrow(BuildFailedError);
    await run("delete from raw.events where user_id = 'nobody'");
    await make();
    expect((await answer()).rows).toEqual(before);
  });

  it('of all time alone hold what a question without periods asks for', async () => {
    const ever = {
      name: 'ever_by_firm',
      description: 'Queries by firm.',
      grains: ['ever'],
      dimensions: ['firm'],
    } as const;
    const facts = semantic.facts.map((fact) => ({ ...fact, rollups: fact.name === 'queries' ? [ever] : [] }));
    const catalog = new Catalog(defineModel({ ...semantic, facts }));
    await make(rollupPlan(catalog));
    const { metrics } = await api.askBy(
      catalog,
      '{ metrics { totals { numQueries } meta { rollup { relation } } } }',
    );
    expect(metrics).toEqual({
      totals: { numQueries: EVENTS.length },
      meta: { rollup: [{ relation: 'ever_by_firm (all time, firm)' }] },
    });
  });

  it('go when no version that may be read lists them, and stay until then', async () => {
    await make();
    const all = await tables();
    await make(some(1));
    await make(some(1));
    expect(await tables()).toEqual(all);
    await fixture.engine.exclusive((session) =>
      session.script(`update mart.data_versions set published_at = published_at - interval '2 minutes'`),
    );
    await make(some(1));
    expect(await tables()).toEqual([rollups.tables[0]!.name]);
    expect((await answer()).rows).toHaveLength(2);
  });

  it('are found in windows that begin in a calendar year before the first event', async () => {
    await make(rollupsFor(12));
    const fiscal = await openApi(fixture.engine, undefined, { fiscalYearStart: 12 });
    const { metrics } = await fiscal.ask(`{ metrics(groupBy: [YEAR], rolling: [{key: "w", trailing: 1}]) {
      rows { year rolling(key: "w") { numQueries maxDocsPerQuery } } meta { rollup { relation } } } }`);
    await fiscal.close();
    expect(metrics.rows).toEqual([
      { year: '2023-12-01', rolling: { numQueries: 3, maxDocsPerQuery: expect.any(Number) } },
    ]);
    for (const { relation } of metrics.meta.rollup) expect(relation).toMatch(/^queries_cube \(year/);
  });

  it('count each of their rows where those of several periods are folded together', async () => {
    const firms = [1, 2, 3].map((firmId) => event({ firmId, userId: `u${firmId}` }));
    const twice = { ...event({ firmId: 4, userId: 'u4' }), numDocs: 3 };
    const february = { ...twice, created: '2024-02-10T00:00:00' };
    await replaceRaw(fixture.engine, rawOf([...firms, twice, february]));
    await make();
    const { metrics } = await api.ask(`{ metrics(
      groupBy: [QUARTER, FIRM, USER], limitBy: {n: 3, per: [QUARTER], other: true}
      rolling: [{key: "w", toDate: YEAR}]
    ) { rows { kind rolling(key: "w") { numDocs } } } }`);
    expect(metrics.rows.at(-1)).toEqual({ kind: 'OTHER', rolling: { numDocs: 6 } });
  });

  it('answer for the windows that they hold whole, and raw events for those that as-of or the range cuts', async () => {
    const at = (created: string, userId: string) => event({ created, userId });
    const january = [at('2024-01-10T00:00:00', 'u1'), at('2024-01-25T00:00:00', 'u2')];
    const february = ['2024-02-02T23:59:59', '2024-02-03T10:00:00', '2024-02-20T00:00:00'];
    const events = [
      ...january,
      ...february.map((created) => at(created, 'u1')),
      at('2024-02-29T23:00:00', 'u2'),
      at('2024-03-03T10:00:00', 'u1'),
    ];
    await replaceRaw(fixture.engine, rawOf(events));
    await make();
    const { toDate, cut } = await api.ask(`{
      toDate: metrics(groupBy: [MONTH], compare: [{key: "p"}]) {
        rows { month comparison(key: "p") { numQueries { current previous } activeUsers { previous } } }
        totals { activeUsers } meta { rollup { level windows relation rejected { relation reason } } } }
      cut: metrics(
        groupBy: [MONTH], timeRange: {between: {from: "2024-01-20", to: "2024-02-29T12:00:00Z"}}
        rolling: [{key: "w", trailing: 2}, {key: "y", toDate: MONTH}]
      ) { rows { month two: rolling(key: "w") { activeUsers } month_: rolling(key: "y") { numQueries activeUsers } }
        meta { rollup { windows relation } } } }`);
    const changes = toDate.rows.map(({ comparison: { numQueries, activeUsers } }: typeof toDate) => [
      numQueries.current,
      numQueries.previous,
      activeUsers.previous,
    ]);
    // March until the 3rd, 10:00, is beside February until then, which ends before the event at that moment.
    expect(changes).toEqual([
      [2, 0, 0],
      [4, 2, 2],
      [1, 1, 1],
    ]);
    expect(toDate.totals.activeUsers).toBe(2);
    const tables = toDate.meta.rollup.map(({ level, windows, relation }: typeof toDate) => [
      level,
      windows,
      relation,
    ]);
    expect(tables).toEqual([
      ['rows', null, 'queries_cube (month)'],
      ['rows', 'part_0_of_compare_0', 'queries_cube (month)'],
      ['rows', 'part_1_of_compare_0', 'events'],
      ['totals', null, 'queries_cube (all time)'],
    ]);
    expect(toDate.meta.rollup[2].rejected).toContainEqual({
      ...{ relation: 'queries_cube', reason: 'a window cuts a month at 2024-02-03T10:00:00.000000' },
    });
    expect(cut.rows).toEqual([
      { month: '2024-01-01', two: { activeUsers: 2 }, month_: { numQueries: 2, activeUsers: 2 } },
      { month: '2024-02-01', two: { activeUsers: 2 }, month_: { numQueries: 3, activeUsers: 1 } },
    ]);
    expect(cut.meta.rollup.map(({ windows, relation }: typeof cut) => [windows, relation])).toContainEqual([
      'part_1_of_rolling_1',
      'events',
    ]);
  });

  it('answer for a range that ends within a period, after the last event', async () => {
    await replaceRaw(fixture.engine, rawOf(EVENTS));
    await make();
    const relationsTo = async (to: string) => {
      const { metrics } = await api.ask(`{ metrics(
        groupBy: [MONTH], timeRange: {between: {from: "2024-01-01", to: "${to}"}}, rolling: [{key: "w", trailing: 1}]
      ) { rows { numQueries activeUsers rolling(key: "w") { activeUsers } } meta { rollup { relation } } } }`);
      expect(metrics.rows).toEqual([
        { numQueries: 2, activeUsers: 2, rolling: { activeUsers: 2 } },
        { numQueries: 1, activeUsers: 1, rolling: { activeUsers: 1 } },
      ]);
      return metrics.meta.rollup.map(({ relation }: { relation: string }) => relation);
    };
    expect(await relationsTo('2024-02-20')).toEqual(['queries_cube (month)', 'queries_cube (month)']);
    // It holds the last event, and might leave out another at the same moment.
    expect((await relationsTo('2024-02-01T00:00:00.000001Z')).length).toBeGreaterThan(1);
  });

  it('do not count days of other time zones', async () => {
    await replaceRaw(
      fixture.engine,
      rawOf(['00:00', '20:00'].map((time) => event({ created: `2024-01-15T${time}:00` }))),
    );
    await make();
    const { here, there } = await api.ask(`{
      here: metrics { totals { activeDays } }
      there: metrics(timeZone: "Asia/Kolkata") { totals { activeDays } } }`);
    expect([here, there].map(({ totals }) => totals.activeDays)).toEqual([1, 2]);
  });

  it('have what an unserved build wrote taken back', async () => {
    await make();
    const { version } = await readServedVersion(fixture.engine);
    const { name } = rollups.tables[0]!;
    const table = ident('rollup', name);
    const rows = () => ask(sql`select * from ${table} where until_version > ${version} order by 1, 2, 3, 4`);
    const before = await rows();
    await fixture.engine.exclusive((session) =>
      session.script(
        `update rollup."${name}" set until_version = ${version + 1} where until_version > ${version}`,
      ),
    );
    await make();
    expect(await rows()).toEqual(before);
  });
});
