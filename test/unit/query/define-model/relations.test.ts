import { expect, it } from 'vitest';
import { sql } from '../../../../src/query/define.ts';
import { base, type Case, problemsOf, sales, smaller } from './sales.ts';

const CASES: readonly Case[] = [
  ['no key', base({ key: [] }), 'sales, relation sales: it has no key.'],
  [
    'a key of an unknown column',
    base({ key: ['sale_ids'] }),
    'sales, relation sales: unknown column sale_ids; did you mean sale_id?',
  ],
  [
    'a measure of an unknown column',
    base({ measures: { ...sales.measures, revenue: { aggregate: 'sum', column: 'prise' } } }),
    'sales, relation sales: unknown column prise; did you mean price?',
  ],
  [
    'a condition of an unknown column',
    base({
      measures: { ...sales.measures, more: { aggregate: 'countDistinct', column: 'price', where: 'paid' } },
    }),
    'sales, relation sales: unknown column paid.',
  ],
  [
    'a column of an unknown join',
    base({ columns: { ...sales.columns, area: { sql: sql`store.area`, joins: ['stor'] } } }),
    'sales, relation sales: unknown join stor; did you mean store?',
  ],
  [
    'a join that needs an unknown one',
    base({ joins: { store: { ...sales.joins.store!, needs: ['city'] } } }),
    'sales, relation sales: unknown join city.',
  ],
  [
    'joins that need each other',
    base({
      joins: {
        store: { ...sales.joins.store!, needs: ['city'] },
        city: { ...sales.joins.store!, needs: ['store'] },
      },
    }),
    'sales, relation sales: a join needs itself: store → city → store.',
  ],
  [
    'a join named like its relation',
    base({ alias: 'store' }),
    'sales, relation sales: a join has the alias of the relation, store.',
  ],
  [
    'a name that is no identifier',
    base({ measures: { ...sales.measures, numSales: { aggregate: 'count' } } }),
    'sales, relation sales: numSales: a name is snake_case.',
  ],
  [
    'a fraction that is none',
    base({
      measures: { ...sales.measures, price_90: { aggregate: 'percentile', column: 'price', fraction: 90 } },
    }),
    'sales, relation sales: the fraction of price_90 is 90; expected 0 to 1.',
  ],
  [
    'a stored number of the base',
    base({ measures: { ...sales.measures, days: { aggregate: 'stored', column: 'price' } } }),
    'sales, relation sales: the base answers at any grain, and so cannot have days stored.',
  ],
  [
    'a smaller relation with a measure of its own',
    smaller({ measures: { revenu: { aggregate: 'sum', column: 'price' } } }),
    'sales, relation days: unknown measure of the base, revenu; did you mean revenue?',
  ],
  [
    'a smaller relation with a dimension of its own',
    smaller({ dimensions: { month: { sql: sql`1` } } }),
    'sales, relation days: its dimension month is none of the base.',
  ],
  [
    'a smaller relation that is not exact',
    smaller({ measures: { num_sales: { aggregate: 'mean', column: 'price' } } }),
    'sales, relation days: num_sales is a count of the base, and here a mean; expected count or sum.',
  ],
  [
    'a percentile of a smaller relation',
    smaller({ measures: { price_90: { aggregate: 'percentile', column: 'price', fraction: 0.9 } } }),
    'sales, relation days: price_90 is a percentile, which only rows of the base give exactly.',
  ],
];

it.each(CASES)('names %s', (_what, model, problem) => expect(problemsOf(model)).toContain(problem));
