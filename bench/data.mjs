// @ts-check
import { fileURLToPath } from 'node:url';
import { startChild } from './support/child.mjs';
import { measureNode } from './support/measure.mjs';
import { Psql } from './support/psql.mjs';

/** What `metricgraph seed` is told for each size; S is its own default, about the size of the reference data. */
export const SIZES = {
  S: { events: 19_000, users: 3_000, firms: 32, months: 3 },
  M: { events: 5_000_000, users: 200_000, firms: 500, months: 24 },
  L: { events: 100_000_000, users: 2_000_000, firms: 500, months: 24 },
};

/** @typedef {keyof typeof SIZES} Size */
/** @typedef {{ events: number, users: number, firms: number, months: number }} Sizes */

/**
 * L with fewer events, and as many fewer users, where there is no room or time for all.
 * @param {number} events
 * @returns {Sizes}
 */
export function largeOf(events) {
  const { L } = SIZES;
  return { ...L, events, users: Math.round((L.users * events) / L.events) };
}

export const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
export const MAIN = here('../dist/src/cli/main.js');

/**
 * The database of a size on a server: made when missing, brought up to date when an older metricgraph made it.
 * @param {string} server
 * @param {Size} size
 * @param {Sizes} sizes
 * @returns {Promise<string>} its connection string
 */
export async function databaseOf(server, size, sizes) {
  const isWhole = sizes.events === SIZES[size].events;
  const name = `bench_${size.toLowerCase()}${isWhole ? '' : `_${sizes.events}`}`;
  const url = new URL(server);
  url.pathname = name;
  const psql = new Psql(server);
  if ((await psql.value(`select count(*) from pg_database where datname = '${name}'`)) === '0')
    await psql.run(`create database ${name}`);
  await upToDate(new Psql(url.href), sizes);
  return url.href;
}

/**
 * @param {Psql} psql
 * @param {Sizes} sizes
 */
async function upToDate(psql, sizes) {
  const env = { DATABASE_URL: psql.url };
  if (await isEmpty(psql)) {
    const options = Object.entries(sizes).flatMap(([name, value]) => [`--${name}`, String(value)]);
    await told(`seed ${options.join(' ')}`, () => measureNode(MAIN, ['seed', ...options], env));
  }
  // It migrates, and builds where the tables were made by other definitions.
  await told('start', async () => (await startChild(MAIN, ['start'], env, { patience: Infinity })).stop());
  await contendersTables(psql);
}

/** @param {Psql} psql */
async function isEmpty(psql) {
  if ((await psql.value("select to_regclass('raw.import_batches') is null")) === 't') return true;
  return (await psql.value('select count(*) from raw.import_batches')) === '0';
}

/**
 * What others than ours read, made of the version that is served. Its comment tells of which one it is.
 * @param {Psql} psql
 */
export async function contendersTables(psql) {
  const version = await psql.value('select version from mart.served_version');
  const made = await psql.value(
    "select obj_description(oid) from pg_namespace where nspname = 'bench_limit'",
  );
  if (made === `of version ${version}`) return;
  await psql.run(
    'set client_min_messages = warning',
    'drop schema if exists bench_limit, bench_mart cascade',
    'drop schema if exists prod_pre_aggregations cascade',
  );
  await told('tables of the other contenders', async () => {
    await psql.file(here('sql/activity.sql'));
    await psql.run('vacuum analyze bench_mart.activity');
    await psql.file(here('sql/limit.sql'));
    await psql.run('vacuum analyze', `comment on schema bench_limit is 'of version ${version}'`);
  });
}

/**
 * How many events, users, firms and months there are.
 * @param {Psql} psql
 */
export async function sizesOf(psql) {
  const found = await psql.value(
    `select sum(num_queries), count(distinct user_id), count(distinct firm_id), count(distinct month)
       from bench_mart.activity`,
  );
  return found.split('|').map(Number);
}

/** @param {string} what @param {() => Promise<unknown>} work */
async function told(what, work) {
  process.stderr.write(`${what} … `);
  const started = performance.now();
  await work();
  process.stderr.write(`${((performance.now() - started) / 1000).toFixed(1)} s\n`);
}
