import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';

/** What pages and programs of this machine call it. */
const OWN_NAMES = ['localhost', '127.0.0.1', '[::1]'];
const LOOPBACK = /^(localhost|127\..*|::1)$/i;
const WITH_PORT = /^([\w.-]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/i;

type HostConfig = Pick<Config, 'host' | 'allowedHosts'>;

/**
 * Refuses requests that are for other hosts than this one. A page of any site may have its own name lead to 127.0.0.1
 * (DNS rebinding); then browsers take the API for its own, and only the Host header tells.
 */
export function checkHosts(app: FastifyInstance, config: HostConfig): void {
  const allowed = hostsOf(config);
  if (allowed === undefined) return;
  app.addHook('onRequest', (request, reply, done) => {
    const name = WITH_PORT.exec(request.headers.host ?? '')?.[1]?.toLowerCase();
    if (name !== undefined && allowed.has(name)) return done();
    const message =
      `The request is for the host ${JSON.stringify(request.headers.host ?? '')}; expected ${[...allowed].join(', ')}. ` +
      'Let the server answer for further names with ALLOWED_HOSTS.';
    reply.code(403).send({ errors: [{ message, extensions: { code: 'FORBIDDEN' } }] });
  });
}

/** Undefined for any: which names lead to an address of a network, nobody has told. */
function hostsOf({ host, allowedHosts }: HostConfig): ReadonlySet<string> | undefined {
  if (!LOOPBACK.test(host) && allowedHosts.length === 0) return undefined;
  const own = host.includes(':') ? `[${host}]` : host;
  return new Set([...OWN_NAMES, own.toLowerCase(), ...allowedHosts]);
}
