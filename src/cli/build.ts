import { type Command, InvalidArgumentError } from 'commander';
import { type BuildFlags, buildAndTell } from './building.ts';
import { command } from './command.ts';
import { interruptible, withDatabase } from './database.ts';
import { commandProgress } from './progress.ts';
import { bringUpToDate } from './setup.ts';

interface Flags extends BuildFlags {
  readonly watch?: boolean;
  readonly interval?: number;
}

const SECONDS = 10;

/** `metricgraph build`: tables and views up to date, then the next version. */
export function buildCommand(): Command {
  return command('build', 'Make the newest data the version that is served', [
    [
      'build',
      'brings tables and views up to date, makes what has changed, runs the checks, serves the result',
    ],
    ['build --full', 'makes everything from all events, as after a change by hand'],
    ['build --allow-errors', 'publishes even though a check found errors'],
    ['build --watch --interval 60', 'looks for imports every minute, and builds when there are any'],
  ])
    .option('--allow-errors', 'publish although checks of severity error find something')
    .option('--full', 'make everything from all events, not only what has changed')
    .option('--watch', 'build whenever imports of other processes wait for it, until stopped')
    .option('--interval <seconds>', `how often --watch looks (default: ${SECONDS})`, seconds)
    .action(({ watch, interval, ...flags }: Flags, self: Command) => {
      if (interval !== undefined && !watch) self.error('error: --interval belongs to --watch');
      return withDatabase((engine) =>
        interruptible(async () => {
          const progress = commandProgress();
          await bringUpToDate(engine, progress);
          if (!watch) return void (await buildAndTell(engine, progress, flags));
          const { buildWhenDue } = await import('./watching.ts');
          return buildWhenDue(engine, interval ?? SECONDS, progress, flags);
        }),
      );
    });
}

function seconds(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text))
    throw new InvalidArgumentError('Expected whole seconds, from 1 to 99999.');
  return Number(text);
}
