import 'reflect-metadata';
import { Field, ID, ObjectType } from 'type-graphql';
import { sql } from '../../../src/database/sql.ts';
import type { ApiModel } from '../../../src/graphql/define.ts';
import { defineModel } from '../../../src/query/model/define-model.ts';
import type { Dimension, Metric, Model, Relation } from '../../../src/query/model/model.ts';
import { GRAINS } from '../../../src/query/time/time.ts';

@ObjectType({ simpleResolvers: true })
class Store {
  @Field(() => ID)
  id!: string;
}

const relation: Relation = {
  name: 'orders',
  table: sql`shop.orders`,
  alias: 'orders',
  grain: 'instant',
  time: sql`orders.at`,
  key: ['order_id'],
  joins: {},
  dimensions: {
    store: { sql: sql`orders.store_id` },
    channel: { sql: sql`orders.channel` },
    price_band: { sql: sql`orders.price` },
    loyal: { sql: sql`orders.loyal` },
    items: { sql: sql`orders.items` },
    cohort: { sql: sql`orders.cohort` },
  },
  columns: {
    order_id: { sql: sql`orders.order_id` },
    price: { sql: sql`orders.price` },
    pieces: { sql: sql`orders.items` },
  },
  measures: {
    orders: { aggregate: 'count' },
    revenue: { aggregate: 'sum', column: 'price' },
    median_price: { aggregate: 'percentile', column: 'price', fraction: 0.5 },
    dearest: { aggregate: 'max', column: 'price' },
    movers: { aggregate: 'countDistinct', column: 'order_id' },
  },
};

const stores: Relation = { ...relation, name: 'stores', measures: {} };

const described = (name: string) => ({ name, label: name, description: `What ${name} is.` });

const dimensions: readonly Dimension[] = [
  ...GRAINS.map((grain): Dimension => ({ kind: 'time', grain, ...described(grain) })),
  { kind: 'entity', type: 'Store', key: 'integer', members: stores, ...described('store') },
  {
    ...described('channel'),
    kind: 'enum',
    type: 'Channel',
    databaseType: sql`shop.channel`,
    values: ['WEB', 'SHOP', 'PHONE'].map((name) => ({ name, description: `By ${name}.` })),
    deprecated: 'Everyone orders on the web.',
  },
  {
    ...described('price_band'),
    kind: 'band',
    type: 'PriceBand',
    values: [
      { name: 'BELOW_10', description: 'Below 10.' },
      { name: 'FROM_10', description: 'From 10.', from: 10 },
    ],
  },
  { kind: 'boolean', ...described('loyal') },
  { kind: 'integer', ...described('items') },
  { kind: 'period', grain: 'month', ...described('cohort') },
];

const shown = { unit: 'EUR', format: 'decimal', formula: 'in words' } as const;

const metrics: readonly Metric[] = [
  { ...described('orders'), ...shown, format: 'integer', kind: 'additive', measure: 'orders.orders' },
  {
    ...described('revenue'),
    ...shown,
    kind: 'additive',
    measure: 'orders.revenue',
    deprecated: 'Use orders.',
  },
  {
    ...described('mean_price'),
    ...shown,
    kind: 'ratio',
    numerator: 'orders.revenue',
    denominator: 'orders.orders',
  },
  { ...described('median_price'), ...shown, kind: 'median', measure: 'orders.median_price' },
  { ...described('dearest'), ...shown, kind: 'max', measure: 'orders.dearest' },
  { ...described('movers'), ...shown, format: 'integer', kind: 'movement', measure: 'moves.movers' },
  {
    ...described('spread'),
    ...shown,
    kind: 'derived',
    operation: 'difference',
    of: ['dearest', 'median_price'],
  },
  { ...described('gross'), ...shown, kind: 'derived', operation: 'sum', of: ['revenue', 'orders'] },
  { ...described('half'), ...shown, kind: 'derived', operation: 'ratio', of: ['gross', 'orders'] },
];

/** A model with a dimension of every kind, and metrics that are and that are not missing over nothing. */
export const shopModel: Model = defineModel({
  dimensions,
  facts: [
    {
      ...{ name: 'orders', description: 'An order.', rows: 'defines', holds: 'event', relations: [relation] },
      source: {
        id: 'order_id',
        dimensions: ['store', 'channel'],
        columns: [{ name: 'pieces', description: 'Number of pieces.' }],
      },
    },
    {
      ...{ name: 'moves', description: 'A move.', rows: 'none', holds: 'period', needs: 'month' },
      relations: [{ ...relation, grain: 'month' }],
    },
  ],
  metrics,
});

export const shop: ApiModel = { model: shopModel, entities: { Store }, resolvers: [] };

/** Another team's, in the same process: names of types are the same, and so are some of fields. */
export const weather: ApiModel = {
  model: defineModel({
    dimensions: [
      { kind: 'time', grain: 'day', ...described('day') },
      { kind: 'integer', ...described('station') },
    ],
    facts: [
      {
        ...{ name: 'readings', description: 'A reading.', rows: 'defines', holds: 'event' },
        source: { id: 'order_id', dimensions: ['station'], columns: [] },
        relations: [
          {
            ...relation,
            name: 'readings',
            dimensions: { station: { sql: sql`readings.station` } },
            measures: { readings: { aggregate: 'count' } },
          },
        ],
      },
    ],
    metrics: [
      {
        ...described('readings'),
        ...shown,
        format: 'integer',
        kind: 'additive',
        measure: 'readings.readings',
      },
    ],
  }),
  entities: {},
  resolvers: [],
};
