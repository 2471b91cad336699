import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Statement } from '../../../src/database/engine.ts';
import { ask } from './ask.ts';

const EXPLAIN = `query ($query: String!, $variables: JSON, $operationName: String, $databasePlan: Boolean = false) {
  explain(query: $query, variables: $variables, operationName: $operationName, databasePlan: $databasePlan) {
    path plan tables { level fact relation rejected { relation } } sql parameters databasePlan
  }
}`;

const read = vi.fn<(statement: Statement) => Promise<never[]>>();

beforeEach(() => {
  read.mockReset();
  read.mockResolvedValue([]);
});

const explain = (query: string, variables: Record<string, unknown> = {}, mayExplain = true) =>
  ask(EXPLAIN, { variables: { query, ...variables }, viewer: { scope: '', mayExplain }, engine: { read } });

describe('explain', () => {
  it('says how each field would be answered, in the order of the query, and reads nothing', async () => {
    const { data, errors } = await explain(
      `query ($from: TimePoint!) {
         b: metrics(groupBy: [MONTH], timeRange: {between: {from: $from, to: "2024-03-01"}}) { rows { month orders } }
         dataset { dataVersion }
         values: dimensionValues(dimension: STORE) { totalCount } a: metrics { totals { revenue } } sourceRows { id }
       }`,
      { variables: { from: '2024-02-01' } },
    );
    expect(errors).toBeUndefined();
    expect(data.explain.map(({ path }: { path: string[] }) => path)).toEqual([
      ['b'],
      ['values'],
      ['a'],
      ['sourceRows'],
    ]);
    const [months, values] = data.explain;
    expect(months.plan).toMatchObject({
      version: 7,
      groupBy: ['month'],
      range: { from: '2024-02-01T00:00:00.000000' },
    });
    expect(months.tables).toEqual([{ level: 'rows', fact: 'orders', relation: 'orders', rejected: [] }]);
    expect(months.sql).toMatch(/from shop\.orders/);
    expect(months.sql).toContain(`$${months.parameters.length}`);
    expect(months.sql).not.toContain(`$${months.parameters.length + 1}`);
    expect(values).toMatchObject({ plan: null, tables: [], sql: expect.stringMatching(/from shop\.orders/) });
    expect(read).not.toHaveBeenCalled();
  });

  it('asks the database for its plan of the same statement, when asked to', async () => {
    read.mockResolvedValue([[[{ Plan: 'Seq Scan' }]]] as never[]);
    const { data } = await explain('{ metrics { totals { orders } } }', { databasePlan: true });
    const [one] = data.explain;
    expect(one.databasePlan).toEqual([{ Plan: 'Seq Scan' }]);
    const [[statement]] = read.mock.calls as [[Statement]];
    expect(statement).toEqual({ text: `explain (format json) ${one.sql}`, values: one.parameters });
  });

  it('is refused to who may not see it', async () => {
    const { data, errors } = await explain('{ metrics { totals { orders } } }', {}, false);
    expect(data).toEqual({ explain: null });
    expect(errors!.map(({ extensions, path }) => [extensions.code, path])).toEqual([
      ['FORBIDDEN', ['explain']],
    ]);
  });

  it('reports every mistake of the query, with its place there', async () => {
    const { errors } = await explain('{ metrics(groupBy: [DAYS]) {\n totals { order } } }');
    expect(errors!.map(({ path, extensions }) => [path, extensions])).toEqual([
      [
        ['explain'],
        expect.objectContaining({
          ...{ code: 'GRAPHQL_VALIDATION_FAILED', reason: 'UNKNOWN_ENUM_VALUE', suggestion: 'DAY' },
          ...{ path: ['metrics', 'groupBy', 0], locations: [{ line: 1, column: 21 }] },
        }),
      ],
      [
        ['explain'],
        expect.objectContaining({
          reason: 'UNKNOWN_FIELD',
          suggestion: 'orders',
          path: ['metrics', 'totals', 'order'],
        }),
      ],
    ]);
  });

  it('reports problems of requests as they would be reported', async () => {
    const { errors } = await explain(
      '{ x: metrics(first: 0) { rows { month } } y: metrics { totals { orders } } }',
    );
    expect(errors!.map(({ extensions: { code, reason, path } }) => [code, reason, path])).toEqual([
      ['BAD_USER_INPUT', 'NOT_GROUPED', ['x', 'rows', 'month']],
      ['BAD_USER_INPUT', 'FIRST_OUT_OF_RANGE', ['x', 'first']],
    ]);
  });

  it.each([
    ['no query at all', '{ metrics', {}, 'GRAPHQL_PARSE_FAILED'],
    [
      'a variable of another type',
      'query ($n: Int!) { metrics(first: $n) { totalCount } }',
      { variables: { n: 'x' } },
      'BAD_USER_INPUT',
    ],
    ['variables that are no object', '{ metrics { totalCount } }', { variables: [1] }, 'BAD_USER_INPUT'],
    [
      'an operation that is not there',
      'query A { metrics { totalCount } }',
      { operationName: 'B' },
      'BAD_USER_INPUT',
    ],
  ])('refuses %s', async (_, query, variables, code) => {
    const { data, errors } = await explain(query, variables);
    expect([data, errors!.map(({ extensions }) => extensions.code)]).toEqual([{ explain: null }, [code]]);
  });

  it('picks the operation asked for', async () => {
    const both = 'query A { a: metrics { totals { orders } } } query B { b: metrics { totals { orders } } }';
    const { data } = await explain(both, { operationName: 'B' });
    expect(data.explain.map(({ path }: { path: string[] }) => path)).toEqual([['b']]);
  });
});
