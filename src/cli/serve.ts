import type { Command } from 'commander';
import { command } from './command.ts';
import { withDatabase } from './database.ts';
import { loadServer, serveUntilStopped } from './serving.ts';
import { requireMigrated } from './setup.ts';

/** `metricgraph serve`: serves what is there and changes nothing. */
export function serveCommand(): Command {
  return command('serve', 'Serve the API and the playground, and change nothing', [
    ['serve', 'serves on http://127.0.0.1:4000/graphql'],
    ['serve   # with PORT=8080 HOST=0.0.0.0 in the environment', 'on every network of the machine'],
  ]).action(() =>
    withDatabase(async (engine, config) => {
      await requireMigrated(engine);
      await serveUntilStopped(config, engine);
    }, loadServer),
  );
}
