import {
  type Dimension,
  defineModel,
  type Fact,
  type Metric,
  type Model,
  type Relation,
  sql,
} from '../../../../src/query/define.ts';
import type { ModelError } from '../../../../src/query/model/define-model.ts';

export const sales: Relation = {
  name: 'sales',
  table: sql`shop.sales`,
  alias: 'sale',
  grain: 'instant',
  time: sql`sale.sold_at`,
  key: ['sale_id'],
  joins: { store: { table: sql`shop.stores`, on: sql`store.store_id = sale.store_id`, versioned: true } },
  dimensions: {
    store: { sql: sql`sale.store_id` },
    method: { sql: sql`sale.method` },
    size: { sql: sql`store.area`, joins: ['store'], nullable: true },
  },
  columns: { sale_id: { sql: sql`sale.sale_id` }, price: { sql: sql`sale.price` } },
  measures: {
    num_sales: { aggregate: 'count' },
    revenue: { aggregate: 'sum', column: 'price' },
    price_90: { aggregate: 'percentile', column: 'price', fraction: 0.9 },
    days: { aggregate: 'countPeriods', grain: 'day' },
  },
};

export const days: Relation = {
  ...sales,
  name: 'days',
  grain: 'day',
  joins: {},
  dimensions: { store: { sql: sql`sale.store_id` } },
  measures: { num_sales: { aggregate: 'sum', column: 'price' }, days: { aggregate: 'count' } },
};

export const stores: Relation = {
  name: 'stores',
  table: sql`shop.stores`,
  alias: 'store',
  grain: 'instant',
  time: sql`store.opened_at`,
  key: ['store_id'],
  joins: {},
  dimensions: { store: { sql: sql`store.store_id` }, size: { sql: sql`store.area` } },
  columns: { store_id: { sql: sql`store.store_id` }, area: { sql: sql`store.area` } },
  measures: {},
};

export const visits: Relation = {
  ...stores,
  name: 'visits',
  grain: 'month',
  measures: { visitors: { aggregate: 'countDistinct', column: 'store_id' } },
};

export const described = { label: 'Some', formula: 'by heart', unit: 'USD', format: 'decimal' } as const;
export const revenue: Metric = {
  ...described,
  name: 'revenue',
  description: 'What was paid.',
  kind: 'additive',
  measure: 'sales.revenue',
};

export const store: Dimension = {
  kind: 'entity',
  name: 'store',
  label: 'Store',
  description: 'Where it was bought.',
  type: 'Store',
  key: 'integer',
  members: stores,
};
export const method: Dimension = {
  kind: 'enum',
  name: 'method',
  label: 'Method',
  description: 'How it was paid.',
  type: 'Method',
  databaseType: sql`shop.method`,
  values: [{ name: 'CASH', description: 'Coins and notes.' }],
};
export const size: Dimension = {
  kind: 'band',
  name: 'size',
  label: 'Size',
  description: 'How large the store is.',
  type: 'Size',
  values: [
    { name: 'SMALL', description: 'Below 100 square metres.' },
    { name: 'LARGE', description: 'From 100 square metres.', from: 100 },
  ],
};
const month: Dimension = {
  kind: 'time',
  name: 'month',
  label: 'Month',
  description: 'When it was bought.',
  grain: 'month',
};

export const sold: Fact = {
  name: 'sales',
  description: 'Sales.',
  rows: 'defines',
  holds: 'event',
  relations: [days, sales],
  source: {
    id: 'sale_id',
    dimensions: ['store'],
    columns: [{ name: 'price', description: 'What it cost.' }],
  },
};
export const area: Fact = {
  name: 'floors',
  description: 'Floors.',
  rows: 'none',
  holds: 'snapshot',
  relations: [{ ...stores, measures: { area: { aggregate: 'sum', column: 'area' } } }],
};
export const visited: Fact = {
  name: 'visits',
  description: 'Visits.',
  rows: 'none',
  holds: 'period',
  needs: 'month',
  relations: [visits],
};

export const shop: Model = {
  dimensions: [month, store, method, size],
  facts: [sold, area, visited],
  metrics: [
    revenue,
    { ...described, name: 'area', description: 'Floors.', kind: 'snapshot', measure: 'floors.area' },
    { ...described, name: 'visitors', description: 'Heads.', kind: 'movement', measure: 'visits.visitors' },
    {
      ...described,
      name: 'yield',
      description: 'Revenue of an area.',
      kind: 'derived',
      operation: 'ratio',
      of: ['revenue', 'area'],
    },
  ],
};

/** What is wrong with a model. */
export function problemsOf(model: Model): readonly string[] {
  try {
    defineModel(model);
    return [];
  } catch (error) {
    return (error as ModelError).problems;
  }
}

export type Case = readonly [what: string, model: Model, problem: string];
/** Changes of whatever kind: what the types refuse as well must be told apart at load. */
type Change = Readonly<Record<string, unknown>>;

export const metrics = (...changes: Change[]): Model => ({
  ...shop,
  metrics: changes.map((change) => ({ ...revenue, ...change }) as unknown as Metric),
});
export const more = (change: Change): Model => ({
  ...shop,
  metrics: [
    ...shop.metrics,
    { ...revenue, name: 'more', description: 'More.', ...change } as unknown as Metric,
  ],
});
export const derived = (operation: string, of: readonly string[], change: Change = {}) =>
  more({ kind: 'derived', operation, of, ...change });
export const dimensions = (of: Dimension, change: Change): Model => ({
  ...shop,
  dimensions: shop.dimensions.map((each) => (each === of ? ({ ...each, ...change } as Dimension) : each)),
});
export const facts = (of: Fact, change: Change): Model => ({
  ...shop,
  facts: shop.facts.map((each) => (each === of ? ({ ...each, ...change } as Fact) : each)),
});
export const base = (change: Partial<Relation>) =>
  facts(sold, { relations: [days, { ...sales, ...change }] });
export const smaller = (change: Partial<Relation>) =>
  facts(sold, { relations: [{ ...days, ...change }, sales] });
export const source = (change: Change) => facts(sold, { source: { ...sold.source, ...change } });
