import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import type { SeedOptions } from '../../seeds/generate.ts';
import { makeFolder } from '../make-folder.ts';
import { command } from './command.ts';
import { interruptible, withDatabase } from './database.ts';
import { importAndTell } from './import.ts';
import { commandProgress, count } from './progress.ts';

type SeedFlags = SeedOptions & { readonly out?: string; readonly build: boolean };

/** `metricgraph seed`: sample data of any size. */
export function seedCommand(): Command {
  return command('seed', 'Generate sample data of any size, the same for the same options', [
    ['seed --events 1000000 --users 50000 --firms 200 --months 12', 'loads a million events and builds'],
    ['seed --out samples', 'writes the default set as CSV files and loads nothing'],
    ['seed --events 50000 --from 2025-01-01 --seed 7', 'another set, from another month on'],
  ])
    .option('--events <n>', 'number of events (19000)', wholeNumber)
    .option('--users <n>', 'number of users (3000)', wholeNumber)
    .option('--firms <n>', 'number of firms (32)', wholeNumber)
    .option('--months <n>', 'number of months (3)', wholeNumber)
    .option('--seed <n>', 'another number gives other data of the same shape (1)', wholeNumber)
    .option('--from <date>', 'first day of the first month (2024-04-01)')
    .option('--out <folder>', 'write CSV files there instead of loading')
    .option('--no-build', 'load, but leave what is served as it is')
    .action(async ({ out, build, ...options }: SeedFlags, self: Command) => {
      await refuseOutOfRange(options, self);
      await (out === undefined ? load(options, build) : write(options, out));
    });
}

async function refuseOutOfRange(options: SeedOptions, self: Command): Promise<void> {
  const { resolveSeedOptions } = await import('../../seeds/generate.ts');
  try {
    resolveSeedOptions(options);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    self.error(`error: ${error.message}`);
  }
}

async function load(options: SeedOptions, build: boolean): Promise<void> {
  const { eventsCsv, firmsCsv, usersCsv } = await import('../../seeds/csv.ts');
  const source = (name: string, chunks: () => Iterable<string>) => ({ name, open: () => buffers(chunks()) });
  const sources = {
    firms: source('firms.csv (generated)', () => firmsCsv(options)),
    users: source('users.csv (generated)', () => usersCsv(options)),
    events: source('events.csv (generated)', () => eventsCsv(options)),
  };
  await withDatabase((engine) => interruptible(() => importAndTell(engine, sources, build)));
}

async function* buffers(chunks: Iterable<string>): AsyncGenerator<Buffer> {
  for (const chunk of chunks) yield Buffer.from(chunk);
}

async function write(options: SeedOptions, out: string): Promise<void> {
  const { writeSeed } = await import('../../seeds/write.ts');
  const { resolveSeedOptions } = await import('../../seeds/generate.ts');
  makeFolder(resolve(out), 'folder', '--out');
  const progress = commandProgress();
  progress.phase('Writing events', resolveSeedOptions(options).events, 'rows');
  let reported = 0;
  const { files, rows } = await interruptible(() =>
    writeSeed(options, resolve(out), (written) => {
      progress.advance(written - reported);
      reported = written;
    }),
  );
  progress.end();
  for (const kind of ['firms', 'users', 'events'] as const)
    process.stdout.write(`${files[kind]}  ${count(rows[kind])} rows\n`);
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('Expected a whole number.');
  return Number(text);
}
