// @ts-check
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { here, MAIN } from '../data.mjs';
import { measureNode } from '../support/measure.mjs';
import { Psql } from '../support/psql.mjs';

const EVENT_COLUMNS = 'created, firm_id, user_id, event_type, num_docs, feedback_score';

const dist = (/** @type {string} */ path) => here(`../dist/${path}`);
/** @type {typeof import('../../src/pipeline/build/tables.ts')} */
const { BUILT_TABLES } = await import(dist('src/pipeline/build/tables.js'));
/** @type {typeof import('../../src/pipeline/build/reading.ts')} */
const { fromKept } = await import(dist('src/pipeline/build/reading.js'));
/** @type {typeof import('../../src/pipeline/view-definitions.ts')} */
const { viewDefinitions } = await import(dist('src/pipeline/view-definitions.js'));
/** @type {typeof import('../../src/pipeline/checks/definition.ts')} */
const { checkDefinitions } = await import(dist('src/pipeline/checks/definition.js'));

/**
 * @param {string} files folder to write to
 * @param {import('../data.mjs').Sizes} sizes
 */
export function seed(files, sizes) {
  const flags = Object.entries(sizes).flatMap(([name, value]) => [`--${name}`, String(value)]);
  return measureNode(MAIN, ['seed', '--out', files, ...flags], {});
}

/**
 * Our own command line.
 * @param {string} url
 * @param {readonly string[]} args
 */
export function cli(url, ...args) {
  return measureNode(MAIN, args, { DATABASE_URL: url });
}

/**
 * Loads the events file into an empty table like raw.events.
 * @param {Psql} psql
 * @param {string} files
 * @param {string} like what it takes over
 * @returns {Promise<{ seconds: number }>}
 */
export async function copyInto(psql, files, like) {
  await psql.run(
    'create schema if not exists bench',
    `create table bench.events (like raw.events ${like})`,
    `alter table bench.events alter batch_id set default 1, alter since_version set default 1`,
  );
  const seconds = await psql.run(
    `\\copy bench.events (${EVENT_COLUMNS}) from ${quoted(join(files, 'events.csv'))} (format csv, header)`,
  );
  await psql.run('drop table bench.events', 'checkpoint');
  return { seconds };
}

/**
 * What a build writes, into empty tables like the marts: by the views, over the tables that keep what others made.
 * @param {Psql} psql
 * @returns {Promise<{ seconds: number }>}
 */
export async function fillMarts(psql) {
  const views = new Map(viewDefinitions().map(({ schema, name, select }) => [`${schema}.${name}`, select]));
  const commands = [];
  for (const table of BUILT_TABLES) {
    const { insert, vacuum } = await emptyLike(psql, table);
    commands.push(insert(`(${fromKept(views.get(table.view) ?? '')}\n) as made`), vacuum);
  }
  return { seconds: await psql.run(...commands) };
}

/**
 * Makes an empty table like a built one, with its constraints and indexes, and the commands that fill and vacuum it.
 * @param {Psql} psql
 * @param {{ readonly schema: string, readonly name: string }} table
 * @param {string} like what it takes over
 */
export async function emptyLike(psql, table, like = 'including all') {
  const name = `bench.${table.name}`;
  await psql.run(`create table ${name} (like ${table.schema}.${table.name} ${like})`);
  const columns = await psql.value(
    `select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute
      where attrelid = '${name}'::regclass and attnum > 0
        and attname not in ('since_version', 'until_version')`,
  );
  return {
    name,
    insert: (/** @type {string} */ source) =>
      `insert into ${name} (${columns}, since_version) select ${columns}, 1 from ${source}`,
    vacuum: `vacuum (analyze, truncate false) ${name}`,
  };
}

/**
 * The checks of a build, on what it served.
 * @param {Psql} psql
 * @returns {Promise<{ seconds: number }>}
 */
export async function runChecks(psql) {
  const version = await psql.value('select version from mart.served_version');
  const checks = checkDefinitions().map(({ select, reads }) => {
    const read = reads === 'newest state' ? fromKept(select) : select;
    return `select count(*) from (${read.replaceAll('$1', version)}) as found`;
  });
  return { seconds: await psql.run(...checks) };
}

/**
 * Imports, without a build, one more day of events: those of the last day again, a day later.
 * @param {Psql} psql
 * @param {string} files
 */
export async function importNextDay(psql, files) {
  const folder = join(files, 'next-day');
  mkdirSync(folder, { recursive: true });
  await psql.run(
    `\\copy (select to_char(created + interval '1 day', 'YYYY-MM-DD HH24:MI:SS') as created, firm_id, user_id, event_type, num_docs, feedback_score from raw.events where created >= (select max(created)::date from raw.events)) to ${quoted(join(folder, 'events.csv'))} (format csv, header)`,
  );
  await cli(psql.url, 'import', folder, '--no-build');
}

/** @param {string} path for psql */
const quoted = (path) => `'${path.replaceAll("'", "''")}'`;
