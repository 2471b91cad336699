import { beforeEach, expect, it, vi } from 'vitest';
import { answer } from '../../../src/query/run/run.ts';
import { ask } from './ask.ts';

vi.mock('../../../src/query/run/run.ts', () => ({ answer: vi.fn() }));

const answered = vi.mocked(answer);

beforeEach(() => {
  answered.mockReset();
  answered.mockRejectedValue(new Error('Asked, which is enough.'));
});

/** What each `metrics` field of a query asks the engine. */
async function asked(source: string, variables: Record<string, unknown> = {}) {
  await ask(source, { variables });
  return answered.mock.calls.map(([, each]) => each);
}

const NOTHING = {
  ...{ dimensions: [], metrics: [], comparisons: [], rolling: [], custom: [], shares: [], sourceRows: [] },
};
const at = (name: string, ...path: string[]) => ({ name, path: ['metrics', ...path] });

it('passes arguments on as names, with their defaults', async () => {
  const [one] = await asked(`{ metrics(
    groupBy: [MONTH, PRICE_BAND], timeZone: "europe/berlin", orderBy: [
      {metric: {name: REVENUE, direction: DESC}}, {dimension: {name: MONTH, nulls: FIRST}},
      {compare: {key: "a", metric: ORDERS}}, {custom: {key: "c"}}],
    compare: [{key: "a"}, {key: "b", shift: {count: 2, unit: WEEK}, toDate: false}], rolling: [{key: "r", toDate: YEAR}],
    custom: [{key: "c", ratio: {of: {metric: REVENUE}, by: {custom: "d"}}}], limitBy: {n: 3, per: [MONTH]},
    having: {compare: {key: "a", metric: ORDERS, part: CURRENT, gt: 1}, meanPrice: {lt: 2.5}},
    timeRange: {between: {from: "2024-01-01", to: "2024-02-01T01:00+01:00"}}
  ) { totalCount } }`);
  expect(JSON.parse(JSON.stringify(one!.request))).toEqual({
    groupBy: ['month', 'price_band'],
    timeZone: 'Europe/Berlin',
    orderBy: [
      { by: 'metric', name: 'revenue', direction: 'DESC', nulls: 'LAST' },
      { by: 'dimension', name: 'month', direction: 'ASC', nulls: 'FIRST' },
      { by: 'compare', key: 'a', metric: 'orders', part: 'DELTA', direction: 'ASC', nulls: 'LAST' },
      { by: 'custom', key: 'c', direction: 'ASC', nulls: 'LAST' },
    ],
    compare: [
      { key: 'a', toDate: true },
      { key: 'b', shift: { count: 2, unit: 'week' }, toDate: false },
    ],
    rolling: [{ key: 'r', toDate: 'year' }],
    custom: [{ key: 'c', ratio: { of: { metric: 'revenue' }, by: { custom: 'd' } } }],
    limitBy: { n: 3, per: ['month'], other: false },
    having: { compare: { key: 'a', metric: 'orders', part: 'CURRENT', gt: 1 }, meanPrice: { lt: 2.5 } },
    timeRange: { between: { from: '2024-01-01T00:00:00', to: '2024-02-01T00:00:00Z' } },
    ...{ first: 100, fill: false, emptyGroups: false },
  });
  expect(one!.selection).toEqual({ rows: undefined, totals: undefined, subtotals: [], totalCount: true });
});

it('finds dimensions and metrics through fragments, aliases, variables, include and skip', async () => {
  const [one] = await asked(
    `query ($yes: Boolean!) { metrics { __typename
       rows { __typename ...Row when: month @include(if: $yes) year @skip(if: $yes) }
       again: rows { ... on MetricsRow @include(if: $yes) { revenue } ... @skip(if: $yes) { gross } }
       sum: totals { orders custom(key: "c") } } }
     fragment Row on MetricsRow { n: orders store { id } }`,
    { yes: true },
  );
  expect(one!.selection).toEqual({
    rows: {
      ...NOTHING,
      dimensions: [at('store', 'rows', 'store'), at('month', 'rows', 'when')],
      metrics: [at('orders', 'rows', 'n'), at('revenue', 'again', 'revenue')],
    },
    totals: {
      metrics: [at('orders', 'sum', 'orders')],
      custom: [{ key: 'c', path: ['metrics', 'sum', 'custom'], metrics: [] }],
    },
    ...{ subtotals: [], totalCount: false },
  });
});

it('takes fields of equal arguments together, and those of others apart', async () => {
  const [one] = await asked(
    `query ($key: String! = "p", $of: [Dimension!]! = [MONTH], $first: Int) { metrics { rows {
       a: comparison(key: "p") { orders { delta } } b: comparison(key: $key) { revenue { __typename } isPartial }
       c: comparison(key: "q") { id }
       rolling(key: "r") { isPartial movers }
       all: share { orders } share(of: $of) { revenue }
       five: sourceRows(first: 5) { rows { id } } sourceRows(first: $first) { rows { id } } ten: sourceRows { id }
     } } }`,
    {},
  );
  expect(one!.selection.rows).toEqual({
    ...NOTHING,
    comparisons: [
      {
        ...{ key: 'p', path: ['metrics', 'rows', 'a'] },
        metrics: [at('orders', 'rows', 'a', 'orders'), at('revenue', 'rows', 'b', 'revenue')],
      },
      { key: 'q', path: ['metrics', 'rows', 'c'], metrics: [] },
    ],
    rolling: [
      {
        key: 'r',
        path: ['metrics', 'rows', 'rolling'],
        metrics: [at('movers', 'rows', 'rolling', 'movers')],
      },
    ],
    shares: [
      { of: [], path: ['metrics', 'rows', 'all'], metrics: [at('orders', 'rows', 'all', 'orders')] },
      {
        of: ['month'],
        path: ['metrics', 'rows', 'share'],
        metrics: [at('revenue', 'rows', 'share', 'revenue')],
      },
    ],
    sourceRows: [
      { first: 5, path: ['metrics', 'rows', 'five'] },
      { first: 10, path: ['metrics', 'rows', 'sourceRows'] },
    ],
  });
});

it('walks subtotals, one for each level and page', async () => {
  const [one] = await asked(`{ metrics(groupBy: [MONTH, STORE]) {
    months: subtotals(by: [MONTH]) { rows { month orders share { revenue } rolling(key: "r") { id } } }
    more: subtotals(by: [MONTH], first: 100, after: null) { totalCount rows { gross } }
    next: subtotals(by: [MONTH], after: "x") { pageInfo { endCursor } }
  } }`);
  const [months, next, ...others] = one!.selection.subtotals;
  expect(others).toEqual([]);
  expect(months).toEqual({
    ...{ by: ['month'], first: 100, after: undefined, path: ['metrics', 'months'], totalCount: true },
    rows: {
      ...NOTHING,
      dimensions: [at('month', 'months', 'rows', 'month')],
      metrics: [at('orders', 'months', 'rows', 'orders'), at('gross', 'more', 'rows', 'gross')],
      shares: [
        {
          ...{ of: [], path: ['metrics', 'months', 'rows', 'share'] },
          metrics: [at('revenue', 'months', 'rows', 'share', 'revenue')],
        },
      ],
      rolling: [{ key: 'r', path: ['metrics', 'months', 'rows', 'rolling'], metrics: [] }],
    },
  });
  expect(next).toMatchObject({ after: 'x', path: ['metrics', 'next'], totalCount: false, rows: NOTHING });
});

it('computes rows for their page info, and asks each alias for itself', async () => {
  const all = await asked('{ a: metrics { pageInfo { hasNextPage } } b: metrics { meta { dataVersion } } }');
  expect(all.map(({ path, selection }) => [path, selection.rows])).toEqual([
    [['a'], NOTHING],
    [['b'], undefined],
  ]);
});

it('refuses a bad value of a variable below as the client’s mistake', async () => {
  const { errors } = await ask(
    'query ($of: [Dimension!] = [MONTH]) { metrics { rows { share(of: $of) { orders } } } }',
    { variables: { of: null } },
  );
  expect(errors?.map(({ message, path }) => [message, path])).toEqual([
    ['Argument "of" of non-null type "[Dimension!]!" must not be null.', ['metrics']],
  ]);
  expect(answered).not.toHaveBeenCalled();
});
