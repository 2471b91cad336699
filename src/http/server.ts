import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { Engine } from '../database/engine.ts';
import { UserError } from '../errors.ts';
import { type Api, type ApiOptions, createApi } from '../graphql/api.ts';
import type { ReportBug } from '../graphql/errors.ts';
import { model } from '../model/index.ts';
import { createApp } from './app.ts';
import { createLog } from './logging.ts';

/** Requests that are still under way this long after the server was told to stop are cut off. */
const GRACE_MS = 10_000;

export interface Server {
  /** Where it listens, without a trailing slash; for a wildcard address, as this machine reaches it. */
  readonly url: string;
  /** Takes no more requests and resolves when those under way are answered. The engine stays open. */
  close(): Promise<void>;
}

export interface ServerOptions {
  /** Makes the API to serve; by default that of the law firms' model over the engine. */
  readonly makeApi?: (onBug: ReportBug) => Promise<Api>;
  readonly log?: Logger;
}

/**
 * Serves the API and the playground.
 * @throws UserError when the port or the address cannot be had
 */
export async function startServer(
  config: Config,
  engine: Engine,
  options: ServerOptions = {},
): Promise<Server> {
  const log = options.log ?? createLog(config.logLevel);
  const makeApi = options.makeApi ?? ((onBug) => createApi({ engine, model, onBug, ...apiOptions(config) }));
  const api = await makeApi((errorId, error) => log.error({ err: error, errorId }, 'an operation failed'));
  try {
    const app = await createApp({ api, engine, log, config });
    await listen(app, config);
    return { url: urlOf(app), close: () => close(app).finally(() => api.close()) };
  } catch (error) {
    await api.close();
    throw error;
  }
}

function apiOptions({ explain, fiscalYearStart, resultCacheBytes }: Config): Partial<ApiOptions> {
  return { viewer: { scope: '', mayExplain: explain }, fiscalYearStart, resultCacheBytes };
}

async function listen(app: FastifyInstance, { host, port }: Config): Promise<void> {
  try {
    await app.listen({ host, port, listenTextResolver: () => 'listening' });
  } catch (error) {
    await app.close();
    throw refusal(error as NodeJS.ErrnoException, host, port);
  }
}

function refusal(error: NodeJS.ErrnoException, host: string, port: number): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new UserError(
        `Port ${port} on ${host} is in use, perhaps by another metricgraph. Stop that program, ` +
          'or choose another port with PORT (PORT=4001, for instance; PORT=0 takes any free one).',
        [],
        { cause: error },
      );
    case 'EACCES':
      return new UserError(
        `Port ${port} on ${host} may not be opened by this user. Choose one above 1023 with PORT.`,
        [],
        { cause: error },
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new UserError(
        `HOST is ${JSON.stringify(host)}, which is no address of this machine. ` +
          'Use 127.0.0.1 for this machine alone, or 0.0.0.0 for every network it is in.',
        [],
        { cause: error },
      );
    default:
      return error;
  }
}

function urlOf(app: FastifyInstance): string {
  const { address, family, port } = app.server.address() as AddressInfo;
  if (address === '0.0.0.0' || address === '::') return `http://localhost:${port}`;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

async function close(app: FastifyInstance): Promise<void> {
  const cut = setTimeout(() => app.server.closeAllConnections(), GRACE_MS);
  try {
    await app.close();
  } finally {
    clearTimeout(cut);
  }
}
