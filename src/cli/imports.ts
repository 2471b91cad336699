import { type Command, InvalidArgumentError } from 'commander';
import { buildIfDueAndTell } from './building.ts';
import { command } from './command.ts';
import { interruptible, withDatabase } from './database.ts';
import { commandProgress } from './progress.ts';
import { describeUndo, importsTable } from './report.ts';
import { bringUpToDate, requireMigrated } from './setup.ts';

/** `metricgraph imports`: what was loaded, and taking it out again. */
export function importsCommand(): Command {
  return command('imports', 'List what was imported, or take an import out again', [
    ['imports', 'every import with its files and rows, the newest first'],
    ['imports undo 3', 'takes out the events of import 3 and builds'],
  ])
    .option('--json', 'print the list as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const list = await withDatabase(async (engine) => {
        await requireMigrated(engine);
        const { listImports } = await import('../pipeline/import/index.ts');
        return listImports(engine);
      });
      process.stdout.write(json ? `${JSON.stringify(list, null, 2)}\n` : importsTable(list));
    })
    .addCommand(undoCommand());
}

function undoCommand(): Command {
  return command('undo', 'Take the events of an import out again', [
    [
      'imports undo 3',
      'events that import 3 had replaced do not come back; it names the files to load again',
    ],
  ])
    .argument('<id>', 'the number of the import, from `metricgraph imports`', importId)
    .option('--no-build', 'leave what is served as it is until the next build')
    .action((id: number, { build }: { build: boolean }) =>
      withDatabase((engine) =>
        interruptible(async () => {
          const progress = commandProgress();
          await bringUpToDate(engine, progress);
          const { undoImport } = await import('../pipeline/import/index.ts');
          process.stdout.write(`${describeUndo(await undoImport(engine, id))}\n`);
          if (build) await buildIfDueAndTell(engine, progress);
        }),
      ),
    );
}

function importId(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Expected the number of an import.');
  return Number(text);
}
