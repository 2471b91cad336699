import { type Config, readConfig } from '../config.ts';
import type { Engine } from '../database/engine.ts';

/**
 * Opens the configured database for as long as `work` takes.
 * @param load - loads modules that `work` needs: the embedded database opens in a thread of its own, and meanwhile this
 *   one has time for them
 */
export async function withDatabase<T>(
  work: (engine: Engine, config: Config) => Promise<T>,
  load?: () => Promise<unknown>,
): Promise<T> {
  const config = readConfig();
  const { openDatabase } = await import('../database/open.ts');
  const opening = openDatabase(config);
  // What cannot be loaded fails again where it is needed.
  load?.().catch(() => undefined);
  const engine = await opening;
  try {
    return await work(engine, config);
  } finally {
    await engine.close();
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Says at a signal what it means for the data, and ends at once: what was not finished, the database undoes. */
export async function interruptible<T>(work: () => Promise<T>): Promise<T> {
  const ignore = () => {
    for (const name of SIGNALS) process.off(name, onSignal);
  };
  const onSignal = (signal: NodeJS.Signals) => {
    ignore();
    process.stderr.write(
      '\nInterrupted. An import or a build is wholly in or wholly out, and nothing else was touched; ' +
        'run the same command again to finish it.\n',
    );
    // The signal itself, rather than an exit: that would wait for a file that is being read, for ever if it is a pipe.
    process.kill(process.pid, signal);
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  try {
    return await work();
  } finally {
    ignore();
  }
}
