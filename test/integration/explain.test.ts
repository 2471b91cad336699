import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { upgrade } from '../../src/pipeline/upgrade.ts';
import { quiet } from '../../src/progress.ts';
import type { DataSet } from '../oracle/data.ts';
import { Loader, someFirm, someUser } from '../properties/data-sets.ts';
import { type Data, openApi, type TestApi } from '../support/api.ts';
import { describeEngines } from '../support/databases.ts';

const at = (created: string, firm: number, type: 'ASSISTANT' | 'VAULT') => ({
  ...{ created: `${created} 00:00:00.000000`, firm, user: 'a', type, docs: 2, feedback: 4 },
});
const DATA: DataSet = {
  events: [at('2024-01-31', 1, 'VAULT'), at('2024-02-29', 2, 'ASSISTANT'), at('2024-02-29', 1, 'VAULT')],
  users: ['a'].map(someUser),
  firms: [1, 2].map(someFirm),
};

const EXPLAIN = `query ($query: String!, $databasePlan: Boolean!) { explain(query: $query, databasePlan: $databasePlan) {
  path plan tables { level fact relation windows rejected { relation reason } } sql parameters databasePlan
} }`;

describeEngines('explain', (fixture) => {
  let api: TestApi;

  beforeAll(async () => {
    await upgrade(fixture.engine, quiet);
    await new Loader(fixture.engine).load(DATA);
    api = await openApi(fixture.engine);
  });
  afterAll(() => api?.close());

  const explain = async (query: string, databasePlan = true): Promise<readonly Data[]> =>
    (await api.ask(EXPLAIN, { query, databasePlan })).explain;

  it.each([
    'metrics(groupBy: [MONTH]) { rows { month numQueries } totals { activeUsers } totalCount }',
    'metrics(groupBy: [MONTH], compare: [{key: "p"}]) { rows { comparison(key: "p") { numQueries { delta } } } }',
    'metrics(groupBy: [MONTH, FIRM], limitBy: {n: 1, per: [MONTH], other: true}) { rows { numQueries sourceRows { id } } }',
    'metrics(groupBy: [MONTH, FIRM]) { subtotals(by: [FIRM]) { rows { firm { id } engagementScore } } }',
    'dimensionValues(dimension: EVENT_TYPE, search: "v") { totalCount rows { value } }',
    'sourceRows(where: {firm: {eq: 1}}) { rows { id } }',
  ])('has the plan of the database for the statement of %s', async (field) => {
    const [one, ...others] = await explain(`{ ${field} }`);
    expect(others).toEqual([]);
    expect(one.databasePlan[0].Plan).toHaveProperty('Node Type');
    expect(one.sql).toMatch(new RegExp(`\\$${one.parameters.length}(?!\\d)`));
  });

  it.each([
    ['powerUsers { rows { id user { id } } }', 1],
    ['powerUsers { pageInfo { endCursor } totalCount summary { records byMonth { month } } }', 3],
    ['powerUsers(transition: LOST, where: {firm: {eq: 1}}) { totalCount }', 1],
    [
      `comparePowerUserDefinitions(b: {consecutiveMonths: 1}) {
        records { both } users(which: BOTH) { rows { id } } userMonths(which: ONLY_A) { rows { id } }
      }`,
      3,
    ],
  ])('has every statement of %s', async (field, count) => {
    const found = await explain(`{ p: ${field} m: metrics { totals { numQueries } } }`);
    expect(found.map(({ path }) => path.join())).toEqual([...Array(count).fill('p'), 'm']);
    for (const { sql, parameters, databasePlan, plan } of found.slice(0, count)) {
      expect(databasePlan[0].Plan).toHaveProperty('Node Type');
      expect(sql).toMatch(new RegExp(`\\$${parameters.length}(?!\\d)`));
      expect(plan).toBeNull();
    }
  });

  it('shows the statements that powerUsers runs', async () => {
    const query = '{ powerUsers(first: 7) { rows { id } summary { records } } }';
    const read = vi.spyOn(fixture.engine, 'read');
    const found = await explain(query, false);
    await api.ask(query);
    const run = read.mock.calls.map(([{ text, values }]) => ({ sql: text, parameters: values }));
    read.mockRestore();
    for (const { sql, parameters } of found) expect(run).toContainEqual({ sql, parameters });
  });

  it('refuses what powerUsers would refuse', async () => {
    const query = '{ x: powerUsers(first: 0, where: {day: {eq: "2024-01-01"}}) { totalCount } }';
    const errors = await api.refused(EXPLAIN, { query, databasePlan: false });
    expect(errors.map(({ extensions }) => [extensions.reason, extensions.path])).toEqual([
      ['FIRST_OUT_OF_RANGE', ['x', 'first']],
      ['NOT_A_FILTER', ['x', 'where', 'day']],
    ]);
  });

  it('leaves out what lists whole tables or needs no statement', async () => {
    const query = `{ dataset { dataVersion } catalog { fiscalYearStart } firms { rows { id arr } } firm(id: 1) { arr }
      userEngagement { rows { id } } dataQuality { version } powerUserDefinitions { name }
      explain(query: "{ powerUsers { totalCount } }", databasePlan: true) { sql } }`;
    expect(await explain(query)).toEqual([]);
  });

  it('says why a smaller table could not answer', async () => {
    const [one] = await explain('{ metrics(groupBy: [MONTH, EVENT_TYPE]) { rows { numQueries } } }', false);
    const [{ level, fact, relation, rejected }] = one.tables;
    expect([level, fact, relation]).toEqual(['rows', 'queries', 'events']);
    expect(rejected).toContainEqual({
      ...{ relation: 'daily_event_summary', reason: 'it does not hold event_type' },
    });
    expect(one.databasePlan).toBeNull();
  });

  it('shows the statement that an answer then has in its meta', async () => {
    const query = '{ metrics(groupBy: [FIRM]) { rows { firm { id } numQueries } meta { sql parameters } } }';
    const [[explained], { metrics }] = await Promise.all([explain(query), api.ask(query)]);
    expect(metrics.rows).toHaveLength(2);
    expect(metrics.meta).toEqual({ sql: explained.sql, parameters: explained.parameters });
  });
});
