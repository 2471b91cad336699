import fastifyCors from '@fastify/cors';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { Engine } from '../database/engine.ts';
import type { Api } from '../graphql/api.ts';
import type { OperationLimits } from '../graphql/limits.ts';
import { drainConnections } from './drain.ts';
import { graphqlRoute } from './graphql.ts';
import { healthRoutes } from './health.ts';
import { checkHosts } from './hosts.ts';
import { logRequests, requestId } from './logging.ts';
import { playgroundPlugin } from './playground.ts';

/** Pages that a developer serves on this machine, on any port. */
const LOCAL_PAGES = /^http:\/\/(localhost|127\.0\.0\.1)(:\d{1,5})?$/;

/** Room for a filter that lists tens of thousands of ids. */
const BODY_BYTES = 1 << 20;

export interface AppParts {
  readonly api: Api;
  readonly engine: Pick<Engine, 'read'>;
  readonly log: Logger;
  readonly config: Pick<Config, 'host' | 'allowedHosts' | 'responseCacheBytes'> & OperationLimits;
}

/** The whole of the HTTP side, not listening yet. */
export async function createApp({ api, engine, log, config }: AppParts): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_BYTES,
    genReqId: requestId,
  });
  logRequests(app);
  drainConnections(app);
  checkHosts(app, config);
  await app.register(fastifyCors, {
    // Without an origin, nobody needs the headers.
    origin: (origin, allow) => allow(null, origin !== undefined && [LOCAL_PAGES]),
    methods: ['GET', 'POST'],
    exposedHeaders: ['x-request-id', 'retry-after', 'etag'],
    maxAge: 600,
  });
  healthRoutes(app, engine);
  await app.register(playgroundPlugin);
  const { responseCacheBytes } = config;
  await app.register(graphqlRoute, { api, log, limits: config, responseCacheBytes });
  app.get('/', (_, reply) => reply.redirect('/graphql'));
  app.setNotFoundHandler((request, reply) => {
    if (request.method === 'OPTIONS')
      return reply.code(400).send({ error: 'OPTIONS is for pages of browsers, which say their Origin.' });
    return reply
      .code(404)
      .send({ error: `There is no ${request.method} ${request.url}; the API is at /graphql.` });
  });
  return app;
}
