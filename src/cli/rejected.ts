import { type Command, InvalidArgumentError } from 'commander';
import { command } from './command.ts';
import { withDatabase } from './database.ts';
import { requireMigrated } from './setup.ts';

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
      // One more than shown tells whether there are more.
      const rows = await withDatabase(async (engine) => {
        await requireMigrated(engine);
        const { listRejected } = await import('../pipeline/import/index.ts');
        return listRejected(engine, { batchId: flags.batch, limit: flags.limit + 1 });
      });
      const { rejectedTable } = await import('./report.ts');
      const shown = rows.slice(0, flags.limit);
      process.stdout.write(flags.json ? `${JSON.stringify(shown, null, 2)}\n` : rejectedTable(shown));
      if (rows.length > shown.length) process.stderr.write('There are more; --limit shows more.\n');
    });
}

function positive(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('Expected a whole number from 1.');
  return Number(text);
}
