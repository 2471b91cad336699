import type { Config } from '../config.ts';
import type { Engine } from '../database/engine.ts';

const EXAMPLE =
  '{ metrics(groupBy: [MONTH]) { rows { month numQueries activeUsers } totals { numQueries activeUsers } } }';

/** Loads what serving needs, to be ready when the database is. */
export const loadServer = () => import('../http/server.ts');

/** Serves until the process is told to stop, and then answers what is under way. */
export async function serveUntilStopped(config: Config, engine: Engine): Promise<void> {
  const { untilSignalled } = await import('../http/shutdown.ts');
  const stopped = untilSignalled();
  const { startServer } = await loadServer();
  const server = await startServer(quietOnTerminal(config), engine);
  process.stdout.write(welcome(server.url));
  await stopped;
  process.stderr.write('Stopping: what is under way is answered first.\n');
  await server.close();
}

/** On a terminal people read, so that only what is wrong is logged unless they asked for more. */
function quietOnTerminal(config: Config, env = process.env): Config {
  return !env.LOG_LEVEL && process.stderr.isTTY ? { ...config, logLevel: 'warn' } : config;
}

function welcome(url: string): string {
  return `
Playground  ${url}/graphql  (open it in a browser)
Endpoint    ${url}/graphql
Health      ${url}/health, ${url}/ready

A first query, for the playground:

  ${EXAMPLE}

or for a terminal:

  curl -s ${url}/graphql -H 'content-type: application/json' \\
    -d '{"query":"${EXAMPLE}"}'

Press Ctrl+C to stop.
`;
}
