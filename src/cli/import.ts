import type { Command } from 'commander';
import type { Engine } from '../database/engine.ts';
import type { ImportOptions, Sources } from '../pipeline/import/index.ts';
import { buildIfDueAndTell } from './building.ts';
import { command } from './command.ts';
import { interruptible, withDatabase } from './database.ts';
import { commandProgress } from './progress.ts';
import { describeImport } from './report.ts';
import { bringUpToDate } from './setup.ts';

interface ImportFlags extends ImportOptions {
  readonly events?: string;
  readonly users?: string;
  readonly firms?: string;
  readonly build: boolean;
}

/** `metricgraph import`: CSV files into the database, all or nothing. */
export function importCommand(): Command {
  return command('import', 'Load CSV files: all or nothing, unless --quarantine', [
    ['import data/2024-06', 'loads events.csv, users.csv and firms.csv of the folder, those that are there'],
    ['import --events june.csv --append', 'adds events although some of their dates have events already'],
    [
      'import --events june.csv --replace',
      'puts them in place of the events of the dates that the file spans',
    ],
    ['import data --quarantine --no-build', 'loads the good rows, keeps the bad ones, leaves what is served'],
  ])
    .argument('[folder]', 'folder with events.csv, users.csv, firms.csv')
    .option('--events <file>', 'events to load')
    .option('--users <file>', 'users to add or change')
    .option('--firms <file>', 'firms to add or change')
    .option('--append', 'add events whose dates overlap loaded ones')
    .option('--replace', 'replace the loaded events of the dates that the file spans')
    .option('--firms-only', 'with --replace: only those of the firms that the file names')
    .option('--quarantine', 'load the good rows and keep the bad ones aside (metricgraph rejected)')
    .option('--as-of <instant>', 'up to when the events are complete, as 2024-06-30 or 2024-06-30T12:00:00Z')
    .option('--no-build', 'leave what is served as it is until the next build')
    .action(async (folder: string | undefined, flags: ImportFlags, self: Command) => {
      refuseCombinations(folder, flags, self);
      const sources = await sourcesOf(folder, flags);
      const { append, replace, firmsOnly, quarantine, asOf, build } = flags;
      const options = { append, replace, firmsOnly, quarantine, asOf };
      await withDatabase((engine) => interruptible(() => importAndTell(engine, sources, build, options)));
    });
}

/** Imports, tells what came of it, and builds when anything waits for that. */
export async function importAndTell(
  engine: Engine,
  sources: Sources,
  build: boolean,
  options: ImportOptions = {},
): Promise<void> {
  const progress = commandProgress();
  await bringUpToDate(engine, progress);
  const { importFiles } = await import('../pipeline/import/index.ts');
  try {
    const report = await importFiles(engine, { ...sources, ...options }, progress);
    progress.end();
    process.stdout.write(`${describeImport(report)}\n`);
  } catch (error) {
    progress.end();
    const { tellProblems } = await import('./problem-table.ts');
    throw tellProblems(error);
  }
  if (build) await buildIfDueAndTell(engine, progress);
  if (!build) process.stderr.write('What is served stays as it is until `metricgraph build`.\n');
}

function refuseCombinations(folder: string | undefined, flags: ImportFlags, self: Command): void {
  const named = [flags.events, flags.users, flags.firms].some((path) => path !== undefined);
  if (folder === undefined && !named)
    self.error('error: nothing to import: give a folder, or files with --events, --users and --firms');
  if (folder !== undefined && named)
    self.error('error: give either a folder, or files with --events, --users and --firms');
  if (flags.append && flags.replace) self.error('error: --append and --replace exclude each other');
  if (flags.firmsOnly && !flags.replace) self.error('error: --firms-only belongs to --replace');
}

async function sourcesOf(folder: string | undefined, flags: ImportFlags): Promise<Sources> {
  const { fileSource, filesOf } = await import('../pipeline/import/index.ts');
  if (folder !== undefined) return filesOf(folder);
  const source = (path: string | undefined) => (path === undefined ? undefined : fileSource(path));
  return { events: source(flags.events), users: source(flags.users), firms: source(flags.firms) };
}
