import type { FastifyInstance } from 'fastify';
import type { Engine } from '../database/engine.ts';
import { readServedVersion } from '../database/version.ts';

/** A database that does not answer within this many milliseconds counts as not ready. */
const PATIENCE_MS = 5_000;

/** `/health`: the process lives. `/ready`: the version pointer can be read, so that operations can be answered. */
export function healthRoutes(app: FastifyInstance, engine: Pick<Engine, 'read'>): void {
  app.get('/health', async (_, reply) => reply.header('cache-control', 'no-store').send({ status: 'ok' }));
  app.get('/ready', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    try {
      const { version } = await within(PATIENCE_MS, readServedVersion(engine as Engine));
      return { status: 'ready', dataVersion: version };
    } catch (error) {
      request.log.warn({ err: error }, 'not ready');
      return reply.code(503).send({ status: 'unavailable', reason: 'The data version cannot be read.' });
    }
  });
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer from the database in ${ms} ms.`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
