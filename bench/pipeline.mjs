// @ts-check
/**
 * Seeds, imports and builds through the command line on PostgreSQL, beside psql doing the same with `\copy` and plain
 * SQL, in one run on one database. Needs psql, a built `dist/`, and either DATABASE_URL (a database is made there and
 * dropped again) or an installed PostgreSQL server, which it starts by itself.
 *
 *   npm run bench:pipeline -- --events 10000000 --users 200000 --firms 500 --months 24
 *   npm run bench:pipeline -- --events 50000000 --users 1000000 --memory    the memory of an import alone
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { cpuOfChildren } from './support/cpu.mjs';
import { measureNode } from './support/measure.mjs';
import { Psql, withOwnDatabase } from './support/psql.mjs';
import { grouped, machine, publish, ratio, stepsTable, table } from './support/report.mjs';
import { startServer } from './support/server.mjs';

const { values: options } = parseArgs({
  options: {
    events: { type: 'string', default: '1000000' },
    users: { type: 'string', default: '50000' },
    firms: { type: 'string', default: '500' },
    months: { type: 'string', default: '24' },
    memory: { type: 'boolean', default: false },
  },
});
const events = Number(options.events);
/** The size in the results' names, as 10m, so that runs of several sizes stand side by side. */
const size = new Intl.NumberFormat('en', { notation: 'compact' }).format(events).toLowerCase();
const files = mkdtempSync(join(tmpdir(), 'metricgraph-bench-files-'));
/** What an import of any size may take. */
const MEMORY_LIMIT_MB = 300;
const EVENT_COLUMNS = 'created, firm_id, user_id, event_type, num_docs, feedback_score';

const EXPLANATION = `Rows are events throughout. \`\\copy\` loads events.csv alone, unchecked; the import also loads users and firms,
checks every value, finds events of unknown users and firms, and is all or nothing. psql fills tables with the marts'
own constraints and indexes by the same views, and runs the same checks, after the build has warmed the caches; the
build also keeps the version before readable, publishes and vacuums. CPU is of the commands and the server's backends,
autovacuum among them.`;

const dist = (/** @type {string} */ path) => fileURLToPath(new URL(`../dist/${path}`, import.meta.url));
/** @type {typeof import('../src/pipeline/build/tables.ts')} */
const { BUILT_TABLES } = await import(dist('src/pipeline/build/tables.js'));
/** @type {typeof import('../src/pipeline/checks/definition.ts')} */
const { checkDefinitions } = await import(dist('src/pipeline/checks/definition.js'));
/** @type {typeof import('../src/database/sql.ts')} */
const { statement } = await import(dist('src/database/sql.js'));

/** @param {string} url */
async function memoryOfImport(url) {
  const seeded = await step('metricgraph seed --out', seed);
  const imported = await step('metricgraph import --no-build', () => cli(url, 'import', files, '--no-build'));
  const peak = imported.peakMb ?? Number.NaN;
  const verdict = peak <= MEMORY_LIMIT_MB ? 'within' : 'NOT within';
  publish(
    `pipeline-memory-${size}`,
    `# Memory of an import\n\n${await described(url)}\n\n${stepsTable([seeded, imported])}\n\n` +
      `The import's peak of ${peak.toFixed(0)} MB is ${verdict} the limit of ${MEMORY_LIMIT_MB} MB.\n`,
  );
  if (verdict !== 'within') process.exitCode = 1;
}

/** @param {string} url */
async function sideBySide(url) {
  const psql = new Psql(url);
  const seeded = await step('metricgraph seed --out', seed);
  await cli(url, 'build');
  const bare = await step('psql \\copy, bare table', () => copyInto(psql, 'including defaults'));
  const indexed = await step('psql \\copy, constraints and indexes', () => copyInto(psql, 'including all'));
  const imported = await step('metricgraph import --no-build', () => cli(url, 'import', files, '--no-build'));
  await psql.run('checkpoint');
  const built = await step('metricgraph build', () => cli(url, 'build'));
  await psql.run('checkpoint');
  const marts = await step('psql, the marts from the views', () => fillMarts(psql));
  const checks = await step('psql, the checks', () => runChecks(psql));
  const ratios = [
    ratio('import ÷ \\copy, bare table', imported, [bare]),
    ratio('import ÷ \\copy, constraints and indexes', imported, [indexed]),
    ratio('build ÷ psql, marts and checks', built, [marts, checks]),
    ratio('build ÷ psql, marts alone', built, [marts]),
  ];
  const steps = stepsTable([seeded, bare, indexed, imported, marts, checks, built]);
  publish(
    `pipeline-${size}`,
    `# Import and build beside psql\n\n${await described(url)}\n\n${steps}\n\n` +
      `${table(['ours ÷ psql', 'wall', 'CPU'], ratios)}\n\n${EXPLANATION}\n`,
  );
}

/**
 * Takes a step, telling how long it took, so that a run that is stopped has told what it found.
 * @param {string} name
 * @param {() => Promise<{ seconds: number, peakMb?: number | undefined }>} work
 * @returns {Promise<import('./support/report.mjs').Row>}
 */
async function step(name, work) {
  process.stderr.write(`${name} … `);
  const before = await cpuSoFar();
  const { seconds, peakMb } = await work();
  const after = await cpuSoFar();
  const cpu = before === undefined || after === undefined ? undefined : after - before;
  process.stderr.write(`${seconds.toFixed(1)} s${peakMb === undefined ? '' : `, ${peakMb.toFixed(0)} MB`}\n`);
  return { step: name, rows: events, seconds, cpu, peakMb };
}

/** Of the commands and of the server's backends; known for a server of our own only. */
async function cpuSoFar() {
  if (server === undefined) return undefined;
  // A backend ends a moment after its client, and counts from then on.
  await new Promise((resolve) => setTimeout(resolve, 500));
  return cpuOfChildren([process.pid, server.pid]);
}

function seed() {
  const sizes = ['events', 'users', 'firms', 'months'].flatMap((name) => [
    `--${name}`,
    String(options[/** @type {keyof typeof options} */ (name)]),
  ]);
  return measureNode(dist('src/cli/main.js'), ['seed', '--out', files, ...sizes], {});
}

/**
 * @param {string} url
 * @param {readonly string[]} args
 */
function cli(url, ...args) {
  return measureNode(dist('src/cli/main.js'), args, { DATABASE_URL: url });
}

/**
 * Loads the events file into an empty table like raw.events.
 * @param {Psql} psql
 * @param {string} like what it takes over
 * @returns {Promise<{ seconds: number }>}
 */
async function copyInto(psql, like) {
  await psql.run(
    'create schema if not exists bench',
    `create table bench.events (like raw.events ${like})`,
    `alter table bench.events alter batch_id set default 1, alter since_version set default 1`,
  );
  const file = join(files, 'events.csv').replaceAll("'", "''");
  const seconds = await psql.run(
    `\\copy bench.events (${EVENT_COLUMNS}) from '${file}' (format csv, header)`,
  );
  await psql.run('drop table bench.events', 'checkpoint');
  return { seconds };
}

/**
 * What a build writes, into empty tables like the marts.
 * @param {Psql} psql
 * @returns {Promise<{ seconds: number }>}
 */
async function fillMarts(psql) {
  const commands = [];
  for (const table of BUILT_TABLES) {
    const name = `bench.${table.name}`;
    await psql.run(`create table ${name} (like ${table.schema}.${table.name} including all)`);
    const columns = await psql.value(
      `select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute
        where attrelid = '${name}'::regclass and attnum > 0
          and attname not in ('since_version', 'until_version')`,
    );
    const source = statement(table.source).text;
    commands.push(
      `insert into ${name} (${columns}, since_version) select ${columns}, 1 from ${source}`,
      `vacuum (analyze, truncate false) ${name}`,
    );
  }
  return { seconds: await psql.run(...commands) };
}

/**
 * The checks of a build, on what it served.
 * @param {Psql} psql
 * @returns {Promise<{ seconds: number }>}
 */
async function runChecks(psql) {
  const version = await psql.value('select version from mart.served_version');
  const checks = checkDefinitions().map(
    ({ select }) => `select count(*) from (${select.replaceAll('$1', version)}) as found`,
  );
  return { seconds: await psql.run(...checks) };
}

/** @param {string} url */
async function described(url) {
  const version = await new Psql(url).value('show server_version');
  const { users, firms, months } = options;
  const sizes = [events, Number(users), Number(firms), Number(months)].map(grouped);
  return (
    `${sizes[0]} events of ${sizes[1]} users in ${sizes[2]} firms over ${sizes[3]} months. ` +
    machine(version)
  );
}

const server = process.env.DATABASE_URL ? undefined : await startServer();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => cleanUp().then(() => process.exit(1)));
try {
  await withOwnDatabase(server?.url ?? process.env.DATABASE_URL ?? '', (url) =>
    options.memory ? memoryOfImport(url) : sideBySide(url),
  );
} finally {
  await cleanUp();
}

async function cleanUp() {
  await server?.stop();
  rmSync(files, { recursive: true, force: true });
}
