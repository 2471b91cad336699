import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Plan } from '../../../src/query/plan/plan.ts';
import type { Answer, AnswerRow } from '../../../src/query/reading/answer.ts';
import { answer } from '../../../src/query/run/run.ts';
import { ask } from './ask.ts';

vi.mock('../../../src/query/run/run.ts', () => ({ answer: vi.fn() }));

const answered = vi.mocked(answer);

const row = (id: string, month: string, store: number | null): AnswerRow => ({
  ...{ id, kind: 'GROUP', isPartial: false, keys: { month, store } },
  metrics: { orders: 5, revenue: 2.5, mean_price: null },
  comparisons: {
    p: {
      ...{ id: `${id}-p`, isPartial: true },
      metrics: { orders: { id: `${id}-p:orders`, current: 5, previous: 4, delta: 1, relativeChange: 0.25 } },
    },
    none: null,
  },
  rolling: { r: { id: `${id}-r`, isPartial: false, metrics: { orders: 9, mean_price: 1.5 } } },
  custom: { c: 0.5 },
  shares: {
    '': { id: `${id}-s`, metrics: { orders: 0.1 } },
    'month store': { id: `${id}-t`, metrics: { orders: 1 } },
  },
});

const source = (id: string) => ({
  ...{ id, at: '2024-01-31T00:00:00Z', columns: { pieces: 3 } },
  keys: { store: 12, channel: 'WEB' },
});

const sourceRows = vi.fn<Answer['sourceRows']>();

const page = (id: string, rows: readonly AnswerRow[]) => ({
  ...{ id, rows, totalCount: 40 },
  pageInfo: { id: `${id}-info`, hasNextPage: true, endCursor: 'end' },
});

const ANSWER: Answer = {
  ...page('result', [row('one', '2024-01-01', 12), row('two', '2024-02-01', null)]),
  metaId: 'meta',
  range: { from: '2024-01-01T00:00:00.000000', to: '2024-03-01T00:00:00.250000' },
  plan: {
    levels: [
      {
        level: 'rows',
        branches: [
          { fact: 'orders', relation: 'orders', rejected: [{ relation: 'days', reason: 'too coarse' }] },
        ],
      },
    ],
  } as unknown as Plan,
  statement: { text: 'select $1', values: [7, 10n, null] },
  cacheHit: true,
  totals: { id: 'totals', metrics: { orders: 10, gross: 3 }, custom: { c: 0.75 } },
  subtotals: [page('months', [row('a', '2024-01-01', null)]), page('stores', [])],
  sourceRows,
};

beforeEach(() => {
  answered.mockReset();
  answered.mockResolvedValue(ANSWER);
  sourceRows.mockReset();
  sourceRows.mockResolvedValue([
    { rows: [source('1'), source('2'), source('3')], hasNextPage: false },
    { rows: [], hasNextPage: false },
  ]);
});

describe('a field with arguments', () => {
  it('picks its part of the answer, whatever its alias', async () => {
    const { data, errors } = await ask(`{ metrics(groupBy: [MONTH, STORE]) { rows {
      month store { id } orders meanPrice
      p: comparison(key: "p") { isPartial orders { current previous delta relativeChange } }
      none: comparison(key: "none") { id } rolling(key: "r") { orders meanPrice } custom(key: "c")
      all: share { orders } each: share(of: [MONTH, STORE]) { orders }
    } totals { orders gross custom(key: "c") } totalCount pageInfo { hasNextPage endCursor } } }`);
    expect(errors).toBeUndefined();
    const [one, two] = data.metrics.rows;
    expect(one).toEqual({
      ...{ month: '2024-01-01', store: { id: '12' }, orders: 5, meanPrice: null },
      p: { isPartial: true, orders: { current: 5, previous: 4, delta: 1, relativeChange: 0.25 } },
      ...{ none: null, rolling: { orders: 9, meanPrice: 1.5 }, custom: 0.5 },
      ...{ all: { orders: 0.1 }, each: { orders: 1 } },
    });
    expect(two.store).toBeNull();
    expect(data.metrics).toMatchObject({
      ...{ totals: { orders: 10, gross: 3, custom: 0.75 }, totalCount: 40 },
      pageInfo: { hasNextPage: true, endCursor: 'end' },
    });
  });

  it('picks subtotals by what their arguments mean', async () => {
    const { data } = await ask(`{ metrics(groupBy: [MONTH, STORE]) {
      b: subtotals(by: [STORE]) { id totalCount } a: subtotals(by: [MONTH]) { id rows { id } }
      c: subtotals(by: [MONTH], first: 100, after: null) { id }
    } }`);
    // The walk meets stores first, so the stub's first level is theirs.
    expect(data.metrics).toEqual({
      ...{ b: { id: 'months', totalCount: 40 }, a: { id: 'stores', rows: [] }, c: { id: 'stores' } },
    });
  });
});

describe('source rows', () => {
  it('of all rows and aliases are read at once, and cut for each', async () => {
    const { data, errors } = await ask(`{ metrics { rows {
      few: sourceRows(first: 2) { id rows { id at store { id } channel pieces } pageInfo { hasNextPage endCursor } }
      sourceRows(first: 3) { id rows { id } pageInfo { hasNextPage } }
    } } }`);
    expect(errors).toBeUndefined();
    expect(sourceRows.mock.calls).toEqual([[3]]);
    const [one, two] = data.metrics.rows;
    expect(one.few).toMatchObject({
      rows: [
        { id: '1', at: '2024-01-31T00:00:00Z', store: { id: '12' }, channel: 'WEB', pieces: 3 },
        { id: '2' },
      ],
      pageInfo: { hasNextPage: true, endCursor: null },
    });
    expect(one.sourceRows).toMatchObject({ rows: { length: 3 }, pageInfo: { hasNextPage: false } });
    expect(two.few.rows).toEqual([]);
    const ids = [one, two].flatMap((each) => [each.few.id, each.sourceRows.id]);
    expect(new Set(ids).size).toBe(4);
  });

  it('are not read unless asked for', async () => {
    await ask('{ metrics { rows { orders } } }');
    expect(sourceRows).not.toHaveBeenCalled();
  });

  it('that cannot be read leave the rest of the answer', async () => {
    sourceRows.mockRejectedValue(new Error('gone'));
    const { data, errors } = await ask('{ metrics { rows { orders sourceRows { id } } } }');
    expect(data.metrics.rows).toEqual([
      { orders: 5, sourceRows: null },
      { orders: 5, sourceRows: null },
    ]);
    expect(errors!.map(({ path }) => path?.join('.'))).toEqual([
      'metrics.rows.0.sourceRows',
      'metrics.rows.1.sourceRows',
    ]);
  });
});

describe('ids', () => {
  it('are on everything that a client may merge', async () => {
    const { data } =
      await ask(`{ metrics { id rows { id comparison(key: "p") { id orders { id } } rolling(key: "r") { id } share { id } }
      totals { id } pageInfo { id } subtotals(by: [MONTH]) { id pageInfo { id } }
      meta { id range { id } rollup { id rejected { id } } } } }`);
    const ids = [...JSON.stringify(data).matchAll(/"id":"([^"]+)"/g)].map(([, id]) => id);
    expect(ids).toHaveLength(19);
    expect(new Set(ids).size).toBe(19);
  });
});

const META =
  'meta { asOf dataVersion timeZone range { from to } rollup { level fact relation rejected { reason } } sql parameters }';

describe('meta', () => {
  it('tells version, range, tables, SQL and parameters', async () => {
    const { data } = await ask(`{ metrics { ${META} } }`);
    expect(data.metrics.meta).toEqual({
      ...{ asOf: '2024-06-30T12:00:00Z', dataVersion: 7, timeZone: null },
      range: { from: '2024-01-01T00:00:00Z', to: '2024-03-01T00:00:00.250000Z' },
      rollup: [{ level: 'rows', fact: 'orders', relation: 'orders', rejected: [{ reason: 'too coarse' }] }],
      ...{ sql: 'select $1', parameters: [7, '10', null] },
    });
  });

  it('shows no SQL to who may not see it', async () => {
    const { data } = await ask(`{ metrics { ${META} } }`, { viewer: { scope: '', mayExplain: false } });
    expect(data.metrics.meta).toMatchObject({ sql: null, parameters: null, dataVersion: 7 });
  });

  it('shows the range on the clocks of the time zone asked for', async () => {
    const { data } = await ask(`{ metrics(timeZone: "america/new_york") { ${META} } }`);
    expect(data.metrics.meta).toMatchObject({
      timeZone: 'America/New_York',
      range: { from: '2024-01-01T00:00:00', to: '2024-03-01T00:00:00.250000' },
    });
  });
});
