import { type Fact, type Relation, sql } from '../../../src/query/define.ts';
import { ofProduct, ofStore, productOf, storeOf, stores } from './dimensions.ts';

/** One row per line of an order. */
const orderLines: Relation = {
  name: 'order_lines',
  table: sql`shop.order_lines`,
  alias: 'order_line',
  grain: 'instant',
  time: sql`order_line.ordered_at`,
  key: ['line_id'],
  joins: { store: storeOf(sql`order_line.store_id`), product: productOf(sql`order_line.product_id`) },
  dimensions: {
    store: { sql: sql`order_line.store_id` },
    product: { sql: sql`order_line.product_id`, nullable: true },
    country: { sql: sql`order_line.country` },
    units: { sql: sql`order_line.quantity` },
    ...ofStore,
    ...ofProduct,
  },
  columns: {
    line_id: { sql: sql`order_line.line_id` },
    order_id: { sql: sql`order_line.order_id` },
    quantity: { sql: sql`order_line.quantity` },
    price: { sql: sql`order_line.price` },
    is_bulk: { sql: sql`order_line.quantity >= 4` },
  },
  measures: {
    num_lines: { aggregate: 'count' },
    bulk_lines: { aggregate: 'countIf', column: 'is_bulk' },
    quantity: { aggregate: 'sum', column: 'quantity' },
    revenue: { aggregate: 'sum', column: 'price' },
    num_orders: { aggregate: 'countDistinct', column: 'order_id' },
    bulk_orders: { aggregate: 'countDistinct', column: 'order_id', where: 'is_bulk' },
    selling_days: { aggregate: 'countPeriods', grain: 'day' },
    median_price: { aggregate: 'percentile', column: 'price', fraction: 0.5 },
    price_90: { aggregate: 'percentile', column: 'price', fraction: 0.9 },
    least_price: { aggregate: 'min', column: 'price' },
    highest_price: { aggregate: 'max', column: 'price' },
  },
};

/** One row per store and day with a sale. */
const dailySales: Relation = {
  name: 'daily_sales',
  table: sql`shop.daily_sales`,
  alias: 'daily',
  grain: 'day',
  time: sql`daily.sales_date::timestamp`,
  key: ['store_id', 'sales_date'],
  joins: {},
  dimensions: { store: { sql: sql`daily.store_id` } },
  columns: {
    store_id: { sql: sql`daily.store_id` },
    sales_date: { sql: sql`daily.sales_date` },
    num_lines: { sql: sql`daily.num_lines` },
    revenue: { sql: sql`daily.revenue` },
    num_orders: { sql: sql`daily.num_orders` },
    least_price: { sql: sql`daily.least_price` },
  },
  measures: {
    num_lines: { aggregate: 'sum', column: 'num_lines' },
    revenue: { aggregate: 'sum', column: 'revenue' },
    num_orders: { aggregate: 'stored', column: 'num_orders' },
    selling_days: { aggregate: 'countPeriods', grain: 'day' },
    least_price: { aggregate: 'min', column: 'least_price' },
  },
};

const lines: Fact = {
  name: 'lines',
  description: 'Lines of orders: one product each.',
  rows: 'defines',
  holds: 'event',
  relations: [dailySales, orderLines],
  source: {
    id: 'line_id',
    dimensions: ['store', 'country'],
    columns: [{ name: 'quantity', description: 'Units of the line.' }],
  },
};

const orders: Fact = {
  name: 'orders',
  description: 'Orders; one counts under every product that it has, and once in any total.',
  rows: 'coincides',
  holds: 'event',
  relations: [
    {
      name: 'orders',
      table: sql`shop.orders`,
      alias: 'purchase',
      grain: 'instant',
      time: sql`purchase.ordered_at`,
      key: ['order_id'],
      joins: {
        order_line: {
          table: sql`shop.order_lines`,
          on: sql`order_line.order_id = purchase.order_id`,
          versioned: true,
          multiplies: true,
        },
        store: storeOf(sql`purchase.store_id`),
        product: productOf(sql`order_line.product_id`, ['order_line']),
      },
      dimensions: {
        store: { sql: sql`purchase.store_id` },
        product: { sql: sql`order_line.product_id`, joins: ['order_line'], nullable: true },
        country: { sql: sql`purchase.country` },
        units: { sql: sql`order_line.quantity`, joins: ['order_line'], nullable: true },
        ...ofStore,
        ...ofProduct,
      },
      columns: { order_id: { sql: sql`purchase.order_id` }, total: { sql: sql`purchase.total` } },
      measures: { total: { aggregate: 'mean', column: 'total' } },
    },
  ],
};

const visits: Fact = {
  name: 'visits',
  description: 'People who entered a store, counted day by day.',
  rows: 'none',
  holds: 'period',
  relations: [
    {
      name: 'visits',
      table: sql`shop.visits`,
      alias: 'visit',
      grain: 'day',
      time: sql`visit.visit_date::timestamp`,
      key: ['store_id', 'visit_date'],
      joins: { store: storeOf(sql`visit.store_id`) },
      dimensions: { store: { sql: sql`visit.store_id` }, ...ofStore },
      columns: {
        store_id: { sql: sql`visit.store_id` },
        visit_date: { sql: sql`visit.visit_date` },
        num_visits: { sql: sql`visit.num_visits` },
      },
      measures: { num_visits: { aggregate: 'sum', column: 'num_visits' } },
    },
  ],
};

const storeMonths: Fact = {
  name: 'store_months',
  description: 'Stores that began to sell, or sold no more, from one month to the next.',
  rows: 'none',
  holds: 'period',
  needs: 'month',
  endsAtAsOf: true,
  relations: [
    {
      name: 'store_movements',
      table: sql`shop.store_movements`,
      alias: 'movement',
      grain: 'month',
      time: sql`movement.movement_month::timestamp`,
      key: ['store_id', 'movement_month'],
      joins: { store: storeOf(sql`movement.store_id`) },
      dimensions: { store: { sql: sql`movement.store_id` }, ...ofStore },
      columns: {
        store_id: { sql: sql`movement.store_id` },
        movement_month: { sql: sql`movement.movement_month` },
        is_start: { sql: sql`movement.is_start` },
        is_stop: { sql: sql`not movement.is_start` },
      },
      measures: {
        started: { aggregate: 'countDistinct', column: 'store_id', where: 'is_start' },
        stopped: { aggregate: 'countDistinct', column: 'store_id', where: 'is_stop' },
      },
    },
  ],
};

const floors: Fact = {
  name: 'floors',
  description: 'Stores from their opening on, with sales or without.',
  rows: 'none',
  holds: 'snapshot',
  relations: [
    {
      ...stores,
      measures: { area: { aggregate: 'sum', column: 'area' }, num_stores: { aggregate: 'count' } },
    },
  ],
};

export const facts: readonly Fact[] = [lines, orders, visits, storeMonths, floors];
