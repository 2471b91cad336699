import { join } from 'node:path';
import type { Command } from 'commander';
import type { Engine } from '../database/engine.ts';
import { packageRoot } from '../package-root.ts';
import type { Progress } from '../progress.ts';
import { buildIfDueAndTell, definitionsChanged } from './building.ts';
import { command } from './command.ts';
import { interruptible, withDatabase } from './database.ts';
import { commandProgress } from './progress.ts';
import { describeImport } from './report.ts';
import { loadServer, serveUntilStopped } from './serving.ts';
import { bringUpToDate } from './setup.ts';

/** `metricgraph start`: everything that is missing, then the server. */
export function startCommand(): Command {
  return command('start', 'Set up everything that is missing and serve', [
    [
      'start',
      'database, sample data when it is empty, build, then the server on http://127.0.0.1:4000/graphql',
    ],
    ['start   # with PORT=4001 DATA_DIR=/srv/metrics in the environment', 'another port, another folder'],
    ['start   # with DATABASE_URL=postgresql://…', 'on PostgreSQL'],
  ]).action(async () => {
    say('Opening the database …');
    await withDatabase(async (engine, config) => {
      await interruptible(() => prepare(engine, commandProgress()));
      await serveUntilStopped(config, engine);
    }, loadServer);
  });
}

async function prepare(engine: Engine, progress: Progress): Promise<void> {
  say(
    `Database: ${engine.kind === 'embedded' ? `embedded, in ${engine.location}` : `PostgreSQL, ${engine.location}`}`,
  );
  await bringUpToDate(engine, progress);
  await loadSampleData(engine, progress);
  await buildOrTellVersion(engine, progress);
}

/** Only where nothing was ever imported, so that data of the user's own are never mixed with samples. */
async function loadSampleData(engine: Engine, progress: Progress): Promise<void> {
  const { anyImport, filesOf, importFiles } = await import('../pipeline/import/index.ts');
  if (await anyImport(engine)) return;
  say('The database is empty: loading the sample data (`metricgraph import` loads your own).');
  const report = await importFiles(engine, filesOf(join(packageRoot(), 'seeds', 'data')), progress);
  progress.end();
  say(describeImport(report));
}

async function buildOrTellVersion(engine: Engine, progress: Progress): Promise<void> {
  if (await buildIfDueAndTell(engine, progress, { isDue: () => definitionsChanged(engine) })) return;
  const { importsPending } = await import('../pipeline/import/index.ts');
  const { readServedVersion } = await import('../database/version.ts');
  const { version, record } = await readServedVersion(engine);
  say(
    `Serving version ${version}, ${record?.asOf === undefined ? 'without events' : `data up to ${record.asOf}`}.`,
  );
  if (await importsPending(engine))
    say('There are imports that are not in it yet; `metricgraph build` publishes them.');
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
