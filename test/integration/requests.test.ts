import { afterAll, beforeAll, expect, it } from 'vitest';
import { upgrade } from '../../src/pipeline/upgrade.ts';
import { quiet } from '../../src/progress.ts';
import type { DataSet } from '../oracle/data.ts';
import { Loader, someFirm, someUser } from '../properties/data-sets.ts';
import { openApi, type TestApi } from '../support/api.ts';
import { describeEngines } from '../support/databases.ts';

const at = (created: string, firm: number, user: string, type: 'ASSISTANT' | 'VAULT' = 'VAULT') => ({
  created: `${created} 00:00:00.000000`,
  firm,
  user,
  type,
  docs: 2,
  feedback: 4,
});
const DATA: DataSet = {
  events: [
    at('2024-01-31', 2, 'a'),
    at('2024-02-29', 10, 'a', 'ASSISTANT'),
    at('2024-02-29', Number.MAX_SAFE_INTEGER, "o'brien"),
    at('2024-03-01', 2, '😀'),
  ],
  users: ['a', "o'brien", '😀'].map(someUser),
  firms: [2, 10, Number.MAX_SAFE_INTEGER].map(someFirm),
};

describeEngines('requests', (fixture) => {
  let api: TestApi;
  let loader: Loader;

  beforeAll(async () => {
    await upgrade(fixture.engine, quiet);
    api = await openApi(fixture.engine);
    const empty = await api.ask(
      '{ metrics(groupBy: [MONTH]) { rows { month } totals { numQueries avgFeedback } totalCount meta { asOf dataVersion range { from to } } } }',
    );
    expect(empty.metrics).toEqual({
      rows: [],
      totals: { numQueries: 0, avgFeedback: null },
      totalCount: 0,
      meta: { asOf: null, dataVersion: 0, range: { from: null, to: null } },
    });
    loader = new Loader(fixture.engine);
    await loader.load(DATA);
  });
  afterAll(() => api?.close());

  it.each([
    ['metrics { rows { month } }', 'NOT_GROUPED', ['metrics', 'rows', 'month']],
    [
      'metrics(groupBy: [DAY]) { rows { m: numPowerUsers } }',
      'METRIC_NOT_AT_DIMENSION',
      ['metrics', 'rows', 'm'],
    ],
    [
      'metrics(timeRange: {between: {from: "2024-01-02", to: "2024-02-01"}}) { totals { engagementScore } }',
      'METRIC_NEEDS_WHOLE_PERIODS',
      ['metrics', 'totals', 'engagementScore'],
    ],
    ['metrics(groupBy: [DAY, DAY]) { totalCount }', 'DUPLICATE_DIMENSION', ['metrics', 'groupBy', 1]],
    [
      'metrics(groupBy: [DAY, WEEK, MONTH, YEAR, FIRM, USER]) { totalCount }',
      'TOO_MANY_DIMENSIONS',
      ['metrics', 'groupBy'],
    ],
    [
      'metrics(orderBy: [{dimension: {name: FIRM}}]) { totalCount }',
      'ORDER_NOT_GROUPED',
      ['metrics', 'orderBy', 0],
    ],
    [
      'metrics(where: {month: {eq: "2024-01-02"}}) { totalCount }',
      'NOT_A_PERIOD_START',
      ['metrics', 'where', 'month', 'eq'],
    ],
    [
      'metrics(where: {month: {in: ["2024-01-02"]}}) { totalCount }',
      'NOT_A_PERIOD_START',
      ['metrics', 'where', 'month', 'in', 0],
    ],
    [
      'metrics(where: {week: {between: {from: "2024-01-01", to: "2024-01-09"}}}) { totalCount }',
      'NOT_A_PERIOD_START',
      ['metrics', 'where', 'week', 'between', 'to'],
    ],
    [
      'x: metrics(where: {not: {firm: {eq: "1 or 1=1"}}}) { totalCount }',
      'INVALID_ID',
      ['x', 'where', 'not', 'firm', 'eq'],
    ],
    [
      'metrics(where: {firm: {eq: "9007199254740993"}}) { totalCount }',
      'INVALID_ID',
      ['metrics', 'where', 'firm', 'eq'],
    ],
    [
      'metrics(where: {user: {eq: "a\\u0000"}}) { totalCount }',
      'INVALID_ID',
      ['metrics', 'where', 'user', 'eq'],
    ],
    [
      'metrics(timeRange: {between: {from: "2024-02-01", to: "2024-02-01"}}) { totalCount }',
      'EMPTY_RANGE',
      ['metrics', 'timeRange', 'between'],
    ],
    ['metrics(where: {title: {}}) { totalCount }', 'EMPTY_FILTER', ['metrics', 'where', 'title']],
    ['metrics(where: {user: {in: []}}) { totalCount }', 'EMPTY_LIST', ['metrics', 'where', 'user', 'in']],
    ['metrics(first: 0) { totalCount }', 'FIRST_OUT_OF_RANGE', ['metrics', 'first']],
    [
      'metrics(timeRange: {last: {count: 0, unit: DAY}}) { totalCount }',
      'NUMBER_OUT_OF_RANGE',
      ['metrics', 'timeRange', 'last', 'count'],
    ],
    ['metrics(after: "x") { totalCount }', 'CURSOR_UNREADABLE', ['metrics', 'after']],
  ])('%s is refused as %s', async (field, reason, path) => {
    const [error] = await api.refused(`{ ${field} }`);
    expect(error!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason, path });
  });

  it('reports all problems of a request at once', async () => {
    const errors = await api.refused(
      '{ metrics(groupBy: [DAY, DAY], where: {user: {in: []}}, first: 0) { rows { month } } }',
    );
    expect(errors.map(({ extensions }) => extensions.reason).sort()).toEqual([
      'DUPLICATE_DIMENSION',
      'EMPTY_LIST',
      'FIRST_OUT_OF_RANGE',
      'NOT_GROUPED',
    ]);
    const [notGrouped] = errors.filter(({ extensions }) => extensions.reason === 'NOT_GROUPED');
    expect(notGrouped!.extensions.allowed).toEqual(['day']);
  });

  it('tells the range that it answered, where none is asked and where the last periods are', async () => {
    const range = 'meta { range { from to } }';
    const { all, month, given } = await api.ask(`{
      all: metrics(where: {firm: {eq: 10}}) { ${range} } month: metrics(timeRange: {last: {count: 1, unit: MONTH}}) { ${range} }
      given: metrics(timeRange: {between: {from: "2024-02-01", to: "2024-02-02T12:30:00.5Z"}}) { ${range} }
    }`);
    // Without times of day as-of is the end of the latest day.
    expect(all.meta.range).toEqual({ from: '2024-01-31T00:00:00Z', to: '2024-03-02T00:00:00Z' });
    expect(month.meta.range).toEqual({ from: '2024-03-01T00:00:00Z', to: '2024-04-01T00:00:00Z' });
    expect(given.meta.range).toEqual({ from: '2024-02-01T00:00:00Z', to: '2024-02-02T12:30:00.500000Z' });
  });

  it('keeps alternatives at the top of a filter within the range and the version', async () => {
    const { metrics } = await api.ask(`{ metrics(
      where: {or: [{firm: {eq: 10}}, {firm: {eq: 2}}]}, timeRange: {between: {from: "2024-02-01", to: "2024-03-01"}}
    ) { totals { numQueries } } }`);
    expect(metrics.totals).toEqual({ numQueries: 1 });
  });

  it('needs no rows for what says nothing of them, though they are judged', async () => {
    const { metrics } = await api.ask(
      '{ metrics(groupBy: [MONTH], having: {numDocs: {gte: 1}}) { __typename meta { dataVersion } } }',
    );
    expect(metrics).toEqual({ __typename: 'MetricsResult', meta: { dataVersion: 1 } });
  });

  it('takes dates at the ends of the calendar', async () => {
    const { all, none } = await api.ask(`{
      all: metrics(where: {year: {between: {from: "0001-01-01", to: "9999-01-01"}}}, timeRange: {last: {count: 10000, unit: YEAR}}) { totals { numQueries } }
      none: metrics(where: {month: {eq: "9999-12-01"}}) { totals { numQueries } }
    }`);
    expect([all.totals.numQueries, none.totals.numQueries]).toEqual([4, 0]);
  });

  it('follows fragments, aliases, variables, include and skip', async () => {
    const { some, users } = await api.ask(
      `query ($where: MetricsWhere, $yes: Boolean!) {
         some: metrics(groupBy: [MONTH], where: $where) { __typename rows { ...Row when: month @include(if: $yes) firm @skip(if: $yes) { id } } }
         users: metrics(groupBy: [USER]) { rows { user { id } n: numQueries } }
       }
       fragment Row on MetricsRow { __typename ... on MetricsRow { queries: numQueries } }`,
      { where: { firm: { in: ['2'] } }, yes: true },
    );
    expect(some).toEqual({
      __typename: 'MetricsResult',
      rows: [
        { __typename: 'MetricsRow', queries: 1, when: '2024-01-01' },
        { __typename: 'MetricsRow', queries: 1, when: '2024-03-01' },
      ],
    });
    expect(users.rows).toEqual([
      { user: { id: 'a' }, n: 2 },
      { user: { id: "o'brien" }, n: 1 },
      { user: { id: '😀' }, n: 1 },
    ]);
  });

  it.each(["o'brien", "'; drop table raw.events; --", '$1', '\\', '😀', '%'])(
    'takes user %s as a value',
    async (id) => {
      const { metrics } = await api.ask(
        'query ($id: ID!) { metrics(where: {user: {in: [$id]}}) { totals { numQueries } } }',
        { id },
      );
      expect(metrics.totals.numQueries).toBe(DATA.events.filter(({ user }) => user === id).length);
    },
  );

  it('gives the same from every relation', async () => {
    const parts = (where: string) => `metrics(groupBy: [MONTH] ${where}) {
      rows { month numQueries numDocs numVaultQueries activeDays } totals { numQueries numDocs } meta { rollup { relation } } }`;
    const { small, users, base } = await api.ask(`{
      small: ${parts('')} base: ${parts('where: {eventType: {in: [ASSISTANT, VAULT, WORKFLOW]}}')}
      users: metrics(groupBy: [MONTH], where: {title: {eq: PARTNER}}) { rows { month numQueries numDocs numVaultQueries } meta { rollup { relation } } }
    }`);
    expect([small, users, base].map(({ meta }) => meta.rollup[0].relation)).toEqual([
      'daily_event_summary',
      'user_engagement',
      'events',
    ]);
    expect(small.rows).toEqual(base.rows);
    expect(small.totals).toEqual(base.totals);
    expect(users.rows).toEqual(base.rows.map(({ activeDays, ...row }: { activeDays: number }) => row));
  });

  it('refuses cursors of another request and of another version', async () => {
    const page = (where: string, after: string) =>
      `{ metrics(groupBy: [MONTH], first: 1 ${where} ${after}) { pageInfo { endCursor } } }`;
    const { metrics } = await api.ask(page('', ''));
    const after = `after: "${metrics.pageInfo.endCursor}"`;
    const [other] = await api.refused(page('where: {firm: {eq: 2}}', after));
    expect(other!.extensions.reason).toBe('CURSOR_OF_OTHER_REQUEST');
    await loader.load({ ...DATA, events: DATA.events.slice(1) });
    const [old] = await api.refused(page('', after));
    expect(old!.extensions.reason).toBe('CURSOR_OF_OTHER_VERSION');
  });
});
