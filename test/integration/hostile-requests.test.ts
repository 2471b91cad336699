import type { GraphQLObjectType } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openApi, type TestApi } from '../support/api.ts';
import { describeEngines } from '../support/databases.ts';
import { event, firm, rawOf, user } from '../support/raw.ts';
import { serve } from '../support/serve.ts';

const EVENTS = [
  event({ userId: 'u1', created: '2024-01-15T10:00:00', firmId: 1, numDocs: 3 }),
  event({ userId: 'u1', created: '2024-01-31T23:59:59.999999', firmId: 2, eventType: 'VAULT', numDocs: 5 }),
  event({ userId: `o'b"x`, created: '2024-02-29T00:00:00', firmId: 1, numDocs: 0, feedbackScore: 5 }),
  event({ userId: '😀', created: '2024-03-31T01:30:00', firmId: 3, numDocs: 2_147_483_647 }),
  event({ userId: 'u1', created: '2024-05-01T00:00:00', firmId: 3, numDocs: 7, feedbackScore: 1 }),
];

/** What a client may send that nobody would write by hand. Each once broke something. */
describeEngines('hostile requests', (fixture) => {
  let api: TestApi;

  beforeAll(async () => {
    await serve(fixture.engine, rawOf(EVENTS, { users: [user({ id: 'idle' })], firms: [firm({ id: 9 })] }));
    api = await openApi(fixture.engine);
  });
  afterAll(() => api?.close());

  it('goes on after the one row of an answer without groups, to an empty page', async () => {
    const ends = await api.ask(
      '{ metrics { pageInfo { endCursor } subtotals(by: []) { pageInfo { endCursor } } } }',
    );
    const { pageInfo, subtotals } = ends.metrics;
    const { metrics } = await api.ask(
      `query ($rows: String!, $subtotals: String!) {
        metrics(after: $rows) {
          rows { id } totalCount pageInfo { hasNextPage }
          subtotals(by: [], after: $subtotals) { rows { id } totalCount pageInfo { hasNextPage } }
        }
      }`,
      { rows: pageInfo.endCursor, subtotals: subtotals.pageInfo.endCursor },
    );
    const nothing = { rows: [], totalCount: 1, pageInfo: { hasNextPage: false } };
    expect(metrics).toEqual({ ...nothing, subtotals: nothing });
  });

  it('refuses metrics that grow with each one that they build upon, before they have grown', async () => {
    const links = Array.from({ length: 18 }, (_, n) => ({
      key: `k${n + 1}`,
      product: Array(5).fill({ custom: `k${n}` }),
    }));
    const custom = [{ key: 'k0', sum: [{ metric: 'NUM_QUERIES' }] }, ...links];
    const wide = [{ key: 'wide', sum: Array(1_000).fill({ metric: 'NUM_QUERIES' }) }];
    for (const each of [custom, wide]) {
      const [error] = await api.refused(
        'query ($custom: [CustomMetric!]!) { metrics(custom: $custom) { totals { numQueries } } }',
        { custom: each },
      );
      expect(error!.extensions.reason).toBe('TOO_MANY_PARTS');
    }
  });

  it('gives numbers by any key', async () => {
    const keys = ['__proto__', 'constructor', ' ', '😀', `'"\\`];
    const custom = keys.map((key) => ({ key, sum: [{ metric: 'NUM_QUERIES' }] }));
    const each = keys.map(
      (_, n) => `
      c${n}: custom(key: $k${n})
      v${n}: comparison(key: $k${n}) { numQueries { current } }
      r${n}: rolling(key: $k${n}) { numQueries }`,
    );
    const { metrics } = await api.ask(
      `query ($custom: [CustomMetric!]!, $compare: [Comparison!]!, $rolling: [Rolling!]!,
              ${keys.map((_, n) => `$k${n}: String!`).join(' ')}) {
        metrics(groupBy: [YEAR], custom: $custom, compare: $compare, rolling: $rolling) { rows { ${each} } }
      }`,
      {
        ...{ custom, compare: keys.map((key) => ({ key })) },
        ...{ rolling: keys.map((key) => ({ key, trailing: 1 })) },
        ...Object.fromEntries(keys.map((key, n) => [`k${n}`, key])),
      },
    );
    expect(metrics.rows).toEqual([
      Object.fromEntries(
        keys.flatMap((_, n) => [
          [`c${n}`, 5],
          [`v${n}`, { numQueries: { current: 5 } }],
          [`r${n}`, { numQueries: 5 }],
        ]),
      ),
    ]);
  });

  it.each([-1, 0, 10_001])('refuses %i source rows of each row', async (first) => {
    const [error] = await api.refused(
      `{ metrics(groupBy: [MONTH]) { rows { behind: sourceRows(first: ${first}) { rows { id } } } } }`,
    );
    expect(error!.extensions).toMatchObject({
      reason: 'FIRST_OUT_OF_RANGE',
      path: ['metrics', 'rows', 'behind', 'first'],
    });
  });

  it('tells a mistake at several levels of an answer once', async () => {
    const errors = await api.refused(`{ metrics(groupBy: [EVENT_TYPE, FIRM], limitBy: {n: 1, other: true}) {
      rows { engagementScore }
    } }`);
    expect(errors.map(({ extensions: { reason, path } }) => [reason, path])).toEqual([
      ['METRIC_NOT_AT_DIMENSION', ['metrics', 'rows', 'engagementScore']],
    ]);
  });

  const where = (n: number) => ({ or: Array.from({ length: n }, () => ({ firm: { eq: '1' } })) });

  it('answers 250 conditions and refuses more than a statement should have', async () => {
    const ask = 'query ($where: MetricsWhere) { metrics(where: $where) { totals { numQueries } } }';
    const { metrics } = await api.ask(ask, { where: where(250) });
    expect(metrics.totals.numQueries).toBe(2);
    const [error] = await api.refused(ask, { where: where(300) });
    expect(error!.extensions).toMatchObject({ reason: 'TOO_MANY_ITEMS', path: ['metrics', 'where'] });
    const having = { and: Array.from({ length: 300 }, () => ({ not: { numQueries: { eq: 1 } } })) };
    const [other] = await api.refused(
      'query ($having: MetricsHaving) { metrics(having: $having) { totalCount } }',
      { having },
    );
    expect(other!.extensions).toMatchObject({ reason: 'TOO_MANY_ITEMS', path: ['metrics', 'having'] });
  });

  // Deeper ones are for `unit/query/compile`: from about 5,000 on graphql-js may itself run out of stack.
  it.each([600, 3_000])('refuses conditions %i deep as too many', async (depth) => {
    let given: object = { firm: { eq: '1' } };
    for (let at = 0; at < depth; at++) given = { not: given };
    const ask = 'query ($where: MetricsWhere) { metrics(where: $where) { totals { numQueries } } }';
    const [error] = await api.refused(ask, { where: given });
    expect(error!.extensions).toMatchObject({ reason: 'TOO_MANY_ITEMS', path: ['metrics', 'where'] });
  });

  it('filters by 100 years of days in one parameter, at rows and in windows', async () => {
    const days = Array.from({ length: 36_550 }, (_, n) =>
      new Date(Date.UTC(1924, 0, 1 + n)).toISOString().slice(0, 10),
    );
    const { some, none } = await api.ask(
      `query ($days: [Date!]!) {
        some: metrics(groupBy: [DAY], where: {day: {in: $days}}, rolling: [{key: "r", trailing: 99}]) {
          rows { day rolling(key: "r") { numQueries } }
        }
        none: metrics(where: {day: {notIn: $days}}) { totals { numQueries } }
      }`,
      { days },
    );
    expect(some.rows).toEqual([{ day: '2024-01-15', rolling: { numQueries: 1 } }]);
    expect(none.totals.numQueries).toBe(4);
  });

  it('refuses more numbers of a row than a table has columns', async () => {
    const keys = Array.from({ length: 20 }, (_, n) => `k${n}`);
    const metrics = Object.keys(
      (api.api.schema.getType('MetricChanges') as GraphQLObjectType).getFields(),
    ).filter((name) => !['id', 'isPartial'].includes(name));
    const ask = (of: readonly string[]) => `{ all: metrics(groupBy: [MONTH],
      compare: [${keys.map((key, n) => `{key: "${key}", shift: {count: ${n + 1}, unit: MONTH}}`)}]) {
        rows { ${keys.map((key) => `${key}: comparison(key: "${key}") { ${of.map((name) => `${name} { previous }`)} }`)} }
      } }`;
    const { all } = await api.ask(ask(metrics.slice(0, 10)));
    expect(all.rows[3].k2.numQueries.previous).toBe(2);
    const [error] = await api.refused(ask(metrics));
    expect(error!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'TOO_LARGE', path: ['all'] });
  });

  it('says that a number beyond 10^308 has no place in an answer', async () => {
    const [error] = await api.refused(
      `{ metrics(custom: [{key: "c", product: [${'{metric: NUM_DOCS} '.repeat(40)}]}]) { totals { custom(key: "c") } } }`,
    );
    expect(api.api.formatError(error!.toJSON(), error).extensions).toEqual({ code: 'NUMBER_OUT_OF_RANGE' });
  });
});
