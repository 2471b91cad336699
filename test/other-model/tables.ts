import type { Engine, Session } from '../../src/database/engine.ts';
import { type Sql, sql, statement } from '../../src/database/sql.ts';
import { AS_OF, FIRST_EVENT, LINES, PRODUCTS, STORES, VISITS } from './data.ts';

const VERSION = 2;

const VERSIONS = 'since_version int not null default 2, until_version int not null default 2147483647';

const TABLES = `
  create schema shop;
  create type shop.country as enum ('DE', 'FR', 'NL');
  create type shop.category as enum ('FRUIT', 'BAKERY', 'DAIRY');
  create table shop.stores (
    store_id bigint not null, opened_at timestamp not null, area int not null, is_outlet boolean not null, ${VERSIONS});
  create table shop.products (
    product_id text not null, launched_at timestamp not null, category shop.category not null, ${VERSIONS});
  create table shop.order_lines (
    line_id bigint not null, order_id text not null, ordered_at timestamp not null, store_id bigint not null,
    country shop.country not null, product_id text, quantity int not null, price numeric(12, 2) not null, ${VERSIONS});
  create table shop.orders (
    order_id text not null, ordered_at timestamp not null, store_id bigint not null, country shop.country not null,
    total numeric(12, 2) not null, ${VERSIONS});
  create table shop.visits (
    store_id bigint not null, visit_date date not null, num_visits int not null, ${VERSIONS});
  create table shop.store_movements (
    store_id bigint not null, movement_month date not null, is_start boolean not null, ${VERSIONS});
  create table shop.daily_sales (
    store_id bigint not null, sales_date date not null, num_lines bigint not null, revenue numeric not null,
    num_orders bigint not null, least_price numeric not null, ${VERSIONS});`;

/** Rows of the version before and of the one after, which no answer may show. */
const OTHER_VERSIONS = `
  insert into shop.order_lines
    select line_id + 1000, order_id, ordered_at, store_id, country, 'zucchini', quantity + 1, price + 1, 1, 2
      from shop.order_lines;
  insert into shop.order_lines
    select line_id + 2000, order_id, ordered_at, store_id, country, 'zucchini', quantity + 1, price + 1, 3
      from shop.order_lines where until_version > 2;
  insert into shop.stores select store_id, opened_at, area + 1000, not is_outlet, 1, 2 from shop.stores;
  insert into shop.products select product_id, launched_at, 'DAIRY', 1, 2 from shop.products;
  insert into shop.visits select store_id, visit_date, 1000, 3, 4 from shop.visits;`;

/** Makes the shop's tables in a migrated database, and has their data served at version 2. */
export function createShop(engine: Engine): Promise<void> {
  return engine.exclusive(async (session) => {
    await session.script(TABLES);
    for (const insert of INSERTS) await session.execute(statement(insert));
    await session.script(OTHER_VERSIONS);
    await serve(session);
  });
}

const texts = <T>(rows: readonly T[], of: (row: T) => string | number | boolean | null) =>
  rows.map((row) => {
    const value = of(row);
    return value === null ? null : String(value);
  });

const INSERTS: readonly Sql[] = [
  sql`
    insert into shop.stores (store_id, opened_at, area, is_outlet)
    select * from unnest(${texts(STORES, ({ id }) => id)}::bigint[], ${texts(STORES, ({ opened }) => opened)}::timestamp[],
                         ${texts(STORES, ({ area }) => area)}::int[], ${texts(STORES, ({ outlet }) => outlet)}::boolean[])`,
  sql`
    insert into shop.products (product_id, launched_at, category)
    select * from unnest(${texts(PRODUCTS, ({ id }) => id)}::text[], ${texts(PRODUCTS, ({ launched }) => launched)}::timestamp[],
                         ${texts(PRODUCTS, ({ category }) => category)}::shop.category[])`,
  sql`
    insert into shop.order_lines (line_id, order_id, ordered_at, store_id, country, product_id, quantity, price)
    select * from unnest(${texts(LINES, ({ id }) => id)}::bigint[], ${texts(LINES, ({ order }) => order)}::text[],
                         ${texts(LINES, ({ at }) => at)}::timestamp[], ${texts(LINES, ({ store }) => store)}::bigint[],
                         ${texts(LINES, ({ country }) => country)}::shop.country[],
                         ${texts(LINES, ({ product }) => product)}::text[], ${texts(LINES, ({ units }) => units)}::int[],
                         ${texts(LINES, ({ price }) => price / 100)}::numeric[])`,
  sql`
    insert into shop.orders (order_id, ordered_at, store_id, country, total)
    select order_id, ordered_at, store_id, country, sum(price) from shop.order_lines group by 1, 2, 3, 4`,
  sql`
    insert into shop.visits (store_id, visit_date, num_visits)
    select * from unnest(${texts(VISITS, ({ store }) => store)}::bigint[], ${texts(VISITS, ({ date }) => date)}::date[],
                         ${texts(VISITS, ({ count }) => count)}::int[])`,
  sql`
    insert into shop.store_movements (store_id, movement_month, is_start)
    with months as (select distinct store_id, date_trunc('month', ordered_at)::date as month from shop.order_lines),
         after as (select store_id, (month + interval '1 month')::date as month from months)
    select store_id, month, true from (table months except table after) as started
    union all
    select store_id, month, false from (table after except table months) as stopped`,
  sql`
    insert into shop.daily_sales (store_id, sales_date, num_lines, revenue, num_orders, least_price)
    select store_id, ordered_at::date, count(*), sum(price), count(distinct order_id), min(price)
      from shop.order_lines group by 1, 2`,
];

/** What a build would record; as-of is the latest line. */
async function serve(session: Session): Promise<void> {
  await session.execute(
    statement(sql`
      insert into mart.data_versions
        (version, oldest_version, as_of, first_event_at, last_event_at, has_times, duration_ms, definition_hash, row_counts)
      values (${VERSION}, ${VERSION}, ${AS_OF}::timestamp, ${FIRST_EVENT}::timestamp, ${AS_OF}::timestamp, true, 0, 'shop', '{}')`),
  );
  await session.execute(
    statement(sql`update mart.served_version set version = ${VERSION}, oldest_version = ${VERSION}`),
  );
}
