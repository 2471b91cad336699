import { type Command, InvalidArgumentError } from 'commander';
import { command } from './command.ts';
import { withDatabase } from './database.ts';
import { count } from './progress.ts';
import { requireMigrated } from './setup.ts';
import { table } from './table.ts';

interface RejectedFlags {
  readonly batch?: number;
  readonly limit: number;
  readonly json?: boolean;
}

/** `metricgraph rejected`: the rows that imports with --quarantine left out. */
export function rejectedCommand(): Command {
  return command('rejected', 'Show the rows that imports with --quarantine left out, and why', [
    ['rejected', 'the first hundred'],
    ['rejected --batch 3 --limit 1000 --json', 'those of import 3, with the rows as they stood in the file'],
  ])
    .option('--batch <id>', 'only those of one import, by its number in `metricgraph imports`', positive)
    .option('--limit <n>', 'how many to show', positive, 100)
    .option('--json', 'print them as JSON')
    .action(async (flags: RejectedFlags) => {
      const page = await withDatabase(async (engine) => {
        await requireMigrated(engine);
        const { listRejected } = await import('../pipeline/import/import.ts');
        return listRejected(engine, { batchId: flags.batch, limit: flags.limit });
      });
      process.stdout.write(flags.json ? `${JSON.stringify(page, null, 2)}\n` : '');
    });
}

function positive(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('Expected a whole number from 1.');
  return Number(text);
}
