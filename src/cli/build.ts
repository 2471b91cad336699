import type { Command } from 'commander';
import { buildAndTell } from './building.ts';
import { command } from './command.ts';
import { interruptible, withDatabase } from './database.ts';
import { commandProgress } from './progress.ts';
import { bringUpToDate } from './setup.ts';

/** `metricgraph build`: tables and views up to date, then the next version. */
export function buildCommand(): Command {
  return command('build', 'Make the newest data the version that is served', [
    ['build', 'brings tables and views up to date, fills the marts, runs the checks, serves the result'],
    ['build --allow-errors', 'publishes even though a check found errors'],
  ])
    .option('--allow-errors', 'publish although checks of severity error find something')
    .action(({ allowErrors }: { allowErrors?: boolean }) =>
      withDatabase((engine) =>
        interruptible(async () => {
          const progress = commandProgress();
          await bringUpToDate(engine, progress);
          await buildAndTell(engine, progress, allowErrors);
        }),
      ),
    );
}
