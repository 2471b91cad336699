import type { FastifyInstance } from 'fastify';

/** Ends the connections of requests that were under way when the server was told to stop, so that it need not wait for them. */
export function drainConnections(app: FastifyInstance): void {
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.addHook('onSend', (_, reply, _payload, done) => {
    if (closing) reply.header('connection', 'close');
    done();
  });
}
