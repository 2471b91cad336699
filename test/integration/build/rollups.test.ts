import { afterAll, beforeAll, expect, it } from 'vitest';
import { ident, type Sql, sql, statement } from '../../../src/database/sql.ts';
import { readServedVersion } from '../../../src/database/version.ts';
import { build, needsBuild } from '../../../src/pipeline/build/build.ts';
import type { RollupPlan } from '../../../src/pipeline/build/rollups.ts';
import { upgrade } from '../../../src/pipeline/upgrade.ts';
import { quiet } from '../../../src/progress.ts';
import { openApi, type TestApi } from '../../support/api.ts';
import { describeEngines } from '../../support/databases.ts';
import { event, rawOf, replaceRaw } from '../../support/raw.ts';
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
