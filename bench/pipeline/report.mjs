// @ts-check
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cpuOfChildren } from '../support/cpu.mjs';
import { Psql, withOwnDatabase } from '../support/psql.mjs';
import { grouped, ratio, stepsTable, table } from '../support/report.mjs';
import { runDbt } from './dbt.mjs';
import { fillRollups, rollupsTable } from './rollups.mjs';
import { cli, copyInto, fillMarts, importNextDay, runChecks, seed } from './work.mjs';

/** @typedef {import('../data.mjs').Sizes} Sizes */
/** @typedef {import('../support/report.mjs').Row} Row */
/** @typedef {{ seconds: number, peakMb?: number | undefined }} Took */

const EXPLANATION = `Rows are events throughout. \`\\copy\` loads events.csv alone, unchecked; the import also loads users and firms,
checks every value, finds events of unknown users and firms, and is all or nothing. psql fills tables with the marts'
own constraints and indexes by the same SQL as the build, the rollups too, and runs the same checks, after the build has
warmed the caches; the build also compares with what was there, keeps the version before readable, publishes and vacuums. CPU is of the commands and the server's backends,
autovacuum among them.`;

/** What an import of any size may take. */
const MEMORY_LIMIT_MB = 300;

/**
 * Seeds, imports and builds beside psql, in a database of its own on the server of `server`.
 * @param {string} server
 * @param {Sizes} sizes
 * @param {number | undefined} pid of the server, when its processor time can be told
 * @param {boolean} dbt whether dbt runs the same models, too
 * @returns {Promise<string>} Markdown
 */
export function pipelineReport(server, sizes, pid, dbt) {
  return withFiles((files) =>
    withOwnDatabase(server, (url) => sideBySide(url, files, stepper(sizes, pid), sizes, dbt)),
  );
}

/**
 * The memory of an import alone.
 * @param {string} server
 * @param {Sizes} sizes
 * @returns {Promise<{ text: string, isWithin: boolean }>}
 */
export function importMemory(server, sizes) {
  const step = stepper(sizes, undefined);
  return withFiles((files) =>
    withOwnDatabase(server, async (url) => {
      const seeded = await step('metricgraph seed --out', () => seed(files, sizes));
      const imported = await step('metricgraph import --no-build', () =>
        cli(url, 'import', files, '--no-build'),
      );
      const peak = imported.peakMb ?? Number.NaN;
      const isWithin = peak <= MEMORY_LIMIT_MB;
      const verdict = `${isWithin ? 'within' : 'NOT within'} the limit of ${MEMORY_LIMIT_MB} MB`;
      const text = `${stepsTable([seeded, imported])}\n\nThe import's peak of ${peak.toFixed(0)} MB is ${verdict}.`;
      return { text, isWithin };
    }),
  );
}

/** @template T @param {(folder: string) => Promise<T>} work @returns {Promise<T>} */
async function withFiles(work) {
  const files = mkdtempSync(join(tmpdir(), 'metricgraph-bench-files-'));
  try {
    return await work(files);
  } finally {
    rmSync(files, { recursive: true, force: true });
  }
}

/**
 * @param {string} url
 * @param {string} files
 * @param {ReturnType<typeof stepper>} step
 * @param {Sizes} sizes
 * @param {boolean} dbt
 */
async function sideBySide(url, files, step, sizes, dbt) {
  const psql = new Psql(url);
  const seeded = await step('metricgraph seed --out', () => seed(files, sizes));
  await cli(url, 'build');
  const bare = await step('psql \\copy, bare table', () => copyInto(psql, files, 'including defaults'));
  const indexed = await step('psql \\copy, constraints and indexes', () =>
    copyInto(psql, files, 'including all'),
  );
  const imported = await step('metricgraph import --no-build', () => cli(url, 'import', files, '--no-build'));
  await psql.run('checkpoint');
  const built = await step('metricgraph build', () => cli(url, 'build'));
  await psql.run('checkpoint');
  const marts = await step('psql, the marts from the views', () => fillMarts(psql));
  /** @type {readonly import('./rollups.mjs').Cost[]} */
  let costs = [];
  const rollups = await step('psql, the rollups', async () => {
    const filled = await fillRollups(psql);
    costs = filled.costs;
    return filled;
  });
  const checks = await step('psql, the checks', () => runChecks(psql));
  const byDbt = dbt ? await attempt(() => step('dbt run, the same models', () => runDbt(url))) : undefined;
  await importNextDay(psql, files);
  const day = await step('metricgraph build, one more day of events', () => cli(url, 'build'));
  const ratios = [
    ratio('import ÷ \\copy, bare table', imported, [bare]),
    [...ratio('import ÷ \\copy, constraints and indexes', imported, [indexed]), '≤ 1.6'],
    [...ratio('build ÷ psql, marts, rollups and checks', built, [marts, rollups, checks]), '≤ 1.15'],
    [...ratio('build of one more day ÷ full build', day, [built]), '≤ 0.03 at L'],
    ...(byDbt && 'step' in byDbt ? [ratio('dbt ÷ psql, marts alone', byDbt, [marts])] : []),
  ].map((row) => (row.length === 3 ? [...row, ''] : row));
  const steps = [seeded, bare, indexed, imported, marts, rollups, checks, built, day];
  const rows = byDbt && 'step' in byDbt ? [...steps, byDbt] : steps;
  const failed = byDbt && 'failure' in byDbt ? `\n\ndbt does not run here: ${byDbt.failure}` : '';
  return `## Import and build beside psql

${grouped(sizes.events)} events of ${grouped(sizes.users)} users.

${stepsTable(rows)}

${table(['ratio', 'wall', 'CPU', 'target, wall'], ratios)}

${await rollupsTable(psql, costs)}

${EXPLANATION}${failed}`;
}

/** @param {() => Promise<Row>} work @returns {Promise<Row | { failure: string }>} */
async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${message}\n`);
    return { failure: message.trim().split('\n').slice(-3).join(' ').slice(0, 300) };
  }
}

/**
 * Takes steps, telling how long each took, so that a run that is stopped has told what it found.
 * @param {Sizes} sizes
 * @param {number | undefined} pid
 */
function stepper({ events }, pid) {
  /** Of the commands and of the server's backends; known for a server of our own only. */
  const cpuSoFar = async () => {
    if (pid === undefined) return undefined;
    // A backend ends a moment after its client, and counts from then on.
    await new Promise((resolve) => setTimeout(resolve, 500));
    return cpuOfChildren([process.pid, pid]);
  };
  /** @param {string} name @param {() => Promise<Took>} work @returns {Promise<Row>} */
  return async (name, work) => {
    process.stderr.write(`${name} … `);
    const before = await cpuSoFar();
    const { seconds, peakMb } = await work();
    const after = await cpuSoFar();
    const cpu = before === undefined || after === undefined ? undefined : after - before;
    process.stderr.write(
      `${seconds.toFixed(1)} s${peakMb === undefined ? '' : `, ${peakMb.toFixed(0)} MB`}\n`,
    );
    return { step: name, rows: events, seconds, cpu, peakMb };
  };
}
