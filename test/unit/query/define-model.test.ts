import { expect, it } from 'vitest';
import { defineModel, type Metric, type Model, type Relation, sql } from '../../../src/query/define.ts';
import { ModelError } from '../../../src/query/define-model.ts';

const orders: Relation = {
  name: 'orders',
  table: sql`shop.orders`,
  alias: 'orders',
  grain: 'instant',
  time: sql`orders.ordered_at`,
  key: ['order_id'],
  joins: {},
  dimensions: { store: { sql: sql`orders.store_id` } },
  columns: { order_id: { sql: sql`orders.order_id` }, price: { sql: sql`orders.price` } },
  measures: { num_orders: { aggregate: 'count' }, revenue: { aggregate: 'sum', column: 'price' } },
};

const revenue: Metric = {
  name: 'revenue',
  label: 'Revenue',
  description: 'What was paid.',
  kind: 'additive',
  measure: 'orders.revenue',
  formula: 'sum of price',
  unit: 'USD',
  format: 'decimal',
};

const shop: Model = {
  dimensions: [
    {
      kind: 'entity',
      name: 'store',
      label: 'Store',
      description: 'Where it was bought.',
      type: 'Store',
      key: 'integer',
    },
  ],
  facts: [{ name: 'orders', description: 'Orders.', rows: 'defines', relations: [orders] }],
  metrics: [revenue],
};

function problemsOf(model: Model): readonly string[] {
  try {
    defineModel(model);
    return [];
  } catch (error) {
    return (error as ModelError).problems;
  }
}

const withMetrics = (...metrics: Partial<Metric>[]): Model => ({
  ...shop,
  metrics: metrics.map((each) => ({ ...revenue, ...each }) as Metric),
});

it('takes a model that holds together', () => expect(problemsOf(shop)).toEqual([]));

it.each<[string, Model, string]>([
  ['a missing description', withMetrics({ description: ' ' }), 'revenue: its description is missing.'],
  ['a missing label', withMetrics({ label: '' }), 'revenue: its label is missing.'],
  [
    'a repeated description',
    withMetrics({}, { name: 'more' }),
    "more: its description is another definition's.",
  ],
  ['a repeated name', withMetrics({}, { description: 'Other.' }), 'revenue: two definitions have this name.'],
  ['a name of a dimension', withMetrics({ name: 'store' }), 'store: two definitions have this name.'],
  [
    'a reserved name',
    withMetrics({ name: 'is_partial' }),
    'is_partial: the generated types have a field isPartial already.',
  ],
  ['a name in another case', withMetrics({ name: 'netRevenue' }), 'netRevenue: a name is snake_case.'],
  [
    'an unknown measure',
    withMetrics({ measure: 'orders.revenu' }),
    'revenue: unknown measure orders.revenu; did you mean revenue?',
  ],
  [
    'an unknown fact',
    withMetrics({ measure: 'order.revenue' }),
    'revenue: unknown fact order; did you mean orders?',
  ],
  [
    'a ratio without a denominator',
    withMetrics({ kind: 'ratio', numerator: 'orders.revenue' } as Partial<Metric>),
    'revenue: a ratio needs a denominator.',
  ],
  [
    'a dimension that no fact has',
    { ...shop, facts: [{ ...shop.facts[0]!, relations: [{ ...orders, dimensions: {} }] }] },
    'store: no fact has this dimension.',
  ],
  [
    'an unknown column',
    {
      ...shop,
      facts: [
        {
          ...shop.facts[0]!,
          relations: [
            { ...orders, measures: { ...orders.measures, revenue: { aggregate: 'sum', column: 'prise' } } },
          ],
        },
      ],
    },
    'orders, relation orders: unknown column prise; did you mean price?',
  ],
  [
    'no fact that gives rows',
    { ...shop, facts: [{ ...shop.facts[0]!, rows: 'none' }] },
    '0 facts define the rows of answers; expected one.',
  ],
])('names %s', (_, model, problem) => expect(problemsOf(model)).toContain(problem));

it('names everything at once', () => {
  const model = withMetrics(
    { description: '', measure: 'orders.nothing_like_it' },
    { label: '', name: 'not' },
  );
  const problems = problemsOf(model);
  expect(problems).toHaveLength(4);
  expect(new ModelError(problems).message).toContain('4 problem(s)');
});
