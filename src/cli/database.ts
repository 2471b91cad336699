import { type Config, readConfig } from '../config.ts';
import type { Engine } from '../database/engine.ts';

/** Opens the configured database for as long as `work` takes. */
export async function withDatabase<T>(work: (engine: Engine, config: Config) => Promise<T>): Promise<T> {
  const config = readConfig();
  const { openDatabase } = await import('../database/open.ts');
  const engine = await openDatabase(config);
  try {
    return await work(engine, config);
  } finally {
    await engine.close();
  }
}

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** Says at a signal what it means for the data, and ends at once: what was not finished, the database undoes. */
export async function interruptible<T>(work: () => Promise<T>): Promise<T> {
  const onSignal = (signal: NodeJS.Signals) => {
    process.stderr.write(
      '\nInterrupted. An import or a build is wholly in or wholly out, and nothing else was touched; ' +
        'run the same command again to finish it.\n',
    );
    process.exit(SIGNALS[signal as keyof typeof SIGNALS]);
  };
  const names = Object.keys(SIGNALS) as NodeJS.Signals[];
  for (const name of names) process.on(name, onSignal);
  try {
    return await work();
  } finally {
    for (const name of names) process.off(name, onSignal);
  }
}
