import {
  type Dimension,
  type EntityDimension,
  type EnumDimension,
  type Join,
  type Relation,
  type Sql,
  sql,
  type TimeDimension,
} from '../../../src/query/define.ts';

const period = (grain: TimeDimension['grain']): TimeDimension => ({
  kind: 'time',
  name: grain,
  label: grain,
  description: `The ${grain} of the order.`,
  grain,
});

const country: EnumDimension = {
  kind: 'enum',
  name: 'country',
  label: 'Country',
  description: 'Where the customer lives.',
  type: 'Country',
  databaseType: sql`shop.country`,
  values: [
    { name: 'DE', description: 'Germany.' },
    { name: 'FR', description: 'France.' },
    { name: 'NL', description: 'The Netherlands.' },
  ],
};

const areaBand: Dimension = {
  kind: 'band',
  name: 'area_band',
  label: 'Size of the store',
  description: 'Band of the floor space of the store.',
  type: 'AreaBand',
  values: [
    { name: 'SMALL', description: 'Below 100 square metres.' },
    { name: 'MEDIUM', description: 'From 100 to below 400 square metres.', from: 100 },
    { name: 'LARGE', description: '400 square metres and more.', from: 400 },
  ],
};

const openingYear: Dimension = {
  kind: 'period',
  name: 'opening_year',
  label: 'Opening',
  description: 'Year in which the store opened.',
  grain: 'year',
};

const outlet: Dimension = {
  kind: 'boolean',
  name: 'outlet',
  label: 'Outlet',
  description: 'Whether the store is an outlet.',
  deprecated: 'Use area_band: every large store is an outlet by now.',
};

const storeAttributes = {
  area_band: sql`store.area`,
  opening_year: sql`store.opened_at`,
  outlet: sql`store.is_outlet`,
};

const category: EnumDimension = {
  kind: 'enum',
  name: 'category',
  label: 'Category',
  description: 'Shelf that the product stands on.',
  type: 'Category',
  databaseType: sql`shop.category`,
  values: [
    { name: 'FRUIT', description: 'Fruit and vegetables.' },
    { name: 'BAKERY', description: 'Bread and cakes.' },
    { name: 'DAIRY', description: 'Milk and cheese.' },
  ],
};

const launchQuarter: Dimension = {
  kind: 'period',
  name: 'launch_quarter',
  label: 'Launch',
  description: 'Quarter in which the product was first sold.',
  grain: 'quarter',
};

const productAttributes = { category: sql`product.category`, launch_quarter: sql`product.launched_at` };

const own = (columns: Readonly<Record<string, Sql>>): Relation['dimensions'] =>
  Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, { sql: column }]));
const joined = (columns: Readonly<Record<string, Sql>>, join: string): Relation['dimensions'] =>
  Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, { sql: column, joins: [join], nullable: true }]),
  );

/** Attributes of the store and of the product of a row that joins them. */
export const ofStore = joined(storeAttributes, 'store');
export const ofProduct = joined(productAttributes, 'product');

export const stores: Relation = {
  name: 'stores',
  table: sql`shop.stores`,
  alias: 'store',
  grain: 'instant',
  time: sql`store.opened_at`,
  key: ['store_id'],
  joins: {},
  dimensions: { store: { sql: sql`store.store_id` }, ...own(storeAttributes) },
  columns: { store_id: { sql: sql`store.store_id` }, area: { sql: sql`store.area` } },
  measures: {},
};

const products: Relation = {
  name: 'products',
  table: sql`shop.products`,
  alias: 'product',
  grain: 'instant',
  time: sql`product.launched_at`,
  key: ['product_id'],
  joins: {},
  dimensions: { product: { sql: sql`product.product_id` }, ...own(productAttributes) },
  columns: { product_id: { sql: sql`product.product_id` } },
  measures: {},
};

export const storeOf = (id: Sql): Join => ({
  table: sql`shop.stores`,
  on: sql`store.store_id = ${id}`,
  versioned: true,
});
export const productOf = (id: Sql, needs: readonly string[] = []): Join => ({
  table: sql`shop.products`,
  on: sql`product.product_id = ${id}`,
  needs,
  versioned: true,
});

const store: EntityDimension = {
  kind: 'entity',
  name: 'store',
  label: 'Store',
  description: 'Where it was bought.',
  type: 'Store',
  key: 'integer',
  members: stores,
};

const product: EntityDimension = {
  kind: 'entity',
  name: 'product',
  label: 'Product',
  description: 'What was bought.',
  type: 'Product',
  key: 'text',
  members: products,
};

const units: Dimension = {
  kind: 'integer',
  name: 'units',
  label: 'Units',
  description: 'How many units a line is of.',
};

export const dimensions: readonly Dimension[] = [
  ...(['day', 'week', 'month', 'quarter', 'year'] as const).map(period),
  store,
  areaBand,
  openingYear,
  outlet,
  product,
  category,
  launchQuarter,
  country,
  units,
];
