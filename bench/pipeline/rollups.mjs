// @ts-check
import { here } from '../data.mjs';
import { Psql } from '../support/psql.mjs';
import { grouped, table } from '../support/report.mjs';
import { emptyLike } from './work.mjs';

const dist = (/** @type {string} */ path) => import(here(`../dist/src/${path}`));
/** @type {typeof import('../../src/cli/rollups.ts')} */
const { configuredRollups } = await dist('cli/rollups.js');
/** @type {typeof import('../../src/database/sql.ts')} */
const { statement } = await dist('database/sql.js');

/** @type {typeof import('../../src/database/working.ts')} */
const { CREATE_WORKING, DROP_WORKING } = await dist('database/working.js');

/** @typedef {{ name: string, rows: number, seconds: number, megabytes: number }} Cost */

/**
 * Fills tables like the rollups of what is served from the same SQL that builds run, each after those it is made of, and
 * indexes them once they are filled, as builds do.
 * @param {Psql} psql
 * @returns {Promise<{ seconds: number, costs: readonly Cost[] }>}
 */
export async function fillRollups(psql) {
  const version = Number(await psql.value('select version from mart.served_version'));
  /** @type {Cost[]} */
  const costs = [];
  const plan = await configuredRollups();
  for (const rollup of plan.at(version)) {
    const { name, insert, vacuum } = await emptyLike(psql, rollup, 'including all excluding indexes');
    const { stages, working } = rollup.making();
    const seconds = await psql.run(
      `${DROP_WORKING}; ${CREATE_WORKING}`,
      ...working.flatMap(({ table, rows }) => [
        `create unlogged table ${literal(table)} as ${literal(rows)}`,
        `analyze ${literal(table)}`,
      ]),
      ...stages.map(({ rows, rowsByMembers = rows }) => insert(`${literal(rowsByMembers)} as source`)),
      ...(await indexesOf(psql, rollup.name)),
      vacuum,
      DROP_WORKING,
    );
    const [rows, bytes] = (
      await psql.value(`select count(*), pg_total_relation_size('${name}') from ${name}`)
    ).split('|');
    costs.push({ name: rollup.name, rows: Number(rows), seconds, megabytes: Number(bytes) / 1e6 });
  }
  return { seconds: costs.reduce((sum, { seconds }) => sum + seconds, 0), costs };
}

/**
 * The commands that give its copy the indexes of a rollup.
 * @param {Psql} psql
 * @param {string} name
 */
async function indexesOf(psql, name) {
  const commands = await psql.value(
    `select string_agg(replace(indexdef, ' ON rollup.', ' ON bench.'), ';' order by indexname)
       from pg_indexes where schemaname = 'rollup' and tablename = '${name}'`,
  );
  return commands.split(';');
}

/** @param {import('../../src/database/sql.ts').Sql} fragment */
function literal(fragment) {
  const { text, values } = statement(fragment);
  return text.replaceAll(
    /\$(\d+)/g,
    (_, place) => `'${String(values[Number(place) - 1]).replaceAll("'", "''")}'`,
  );
}

/**
 * What each rollup costs, beside the events that all of them are made of.
 * @param {Psql} psql
 * @param {readonly Cost[]} costs
 */
export async function rollupsTable(psql, costs) {
  const events = Number(await psql.value("select pg_total_relation_size('raw.events')")) / 1e6;
  const lines = costs.map(({ name, rows, seconds, megabytes }) => [
    name.replace(/_[0-9a-f]{8}$/, ''),
    grouped(rows),
    megabytes.toFixed(1),
    (megabytes / events).toFixed(2),
    seconds.toFixed(1),
  ]);
  return table(['rollup', 'rows', 'MB with indexes', '÷ raw.events', 'seconds by psql'], lines);
}
