// @ts-check
/**
 * Seeds, imports and builds through the command line on PostgreSQL, beside psql doing the same with `\copy` and plain
 * SQL, in one run on one database, at any size; `npm run bench` does the same at its own sizes. Needs psql, a built
 * `dist/`, and either DATABASE_URL (a database is made there and dropped again) or an installed PostgreSQL server, which
 * it starts by itself. With --dbt, dbt-postgres runs the same models from a virtual environment in `bench/.cache`.
 *
 *   npm run bench:pipeline -- --events 10000000 --users 200000 --firms 500 --months 24
 *   npm run bench:pipeline -- --events 50000000 --users 1000000 --memory    the memory of an import alone
 */
import { parseArgs } from 'node:util';
import { importMemory, pipelineReport } from './pipeline/report.mjs';
import { Psql } from './support/psql.mjs';
import { grouped, machine, publish } from './support/report.mjs';
import { startServer } from './support/server.mjs';

const { values: options } = parseArgs({
  options: {
    events: { type: 'string', default: '1000000' },
    users: { type: 'string', default: '50000' },
    firms: { type: 'string', default: '500' },
    months: { type: 'string', default: '24' },
    memory: { type: 'boolean', default: false },
    dbt: { type: 'boolean', default: false },
  },
});
const sizes = {
  events: Number(options.events),
  users: Number(options.users),
  firms: Number(options.firms),
  months: Number(options.months),
};
/** The size in the results' names, as 10m, so that runs of several sizes stand side by side. */
const size = new Intl.NumberFormat('en', { notation: 'compact' }).format(sizes.events).toLowerCase();

/** @param {string} url */
async function described(url) {
  const [events, users, firms, months] = Object.values(sizes).map(grouped);
  const version = await new Psql(url).value('show server_version');
  return `${events} events of ${users} users in ${firms} firms over ${months} months. ${machine(version)}`;
}

const server = process.env.DATABASE_URL ? undefined : await startServer();
const stop = async () => server?.stop();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop().then(() => process.exit(1)));
try {
  const url = server?.url ?? process.env.DATABASE_URL ?? '';
  if (options.memory) {
    const { text, isWithin } = await importMemory(url, sizes);
    publish(`pipeline-memory-${size}`, `# Memory of an import\n\n${await described(url)}\n\n${text}\n`);
    if (!isWithin) process.exitCode = 1;
  } else {
    const text = await pipelineReport(url, sizes, server?.pid, options.dbt);
    publish(`pipeline-${size}`, `# The pipeline\n\n${await described(url)}\n\n${text}\n`);
  }
} finally {
  await stop();
}
