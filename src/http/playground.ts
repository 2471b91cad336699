import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Where `npm run build` puts the playground, seen from `src/http` and from the compiled `dist/src/http`. */
const FOLDERS = ['../../dist/playground', '../../playground'].map((path) => join(import.meta.dirname, path));

const NOT_BUILT = 'The playground has not been built. Run `npm run build` and start the server again.\n';

/** Everything from this origin alone, but for the exceptions that are explained at their line. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  // Monaco runs the language services of GraphQL and JSON as workers, from files of the bundle.
  "worker-src 'self'",
  // Monaco writes its theme into style elements and the place of each line into style attributes. It takes no nonce.
  "style-src 'self' 'unsafe-inline'",
  // GraphiQL's style sheet carries Roboto and Fira Code, Monaco's its icons, as data: URLs.
  "font-src 'self' data:",
  // Monaco's style sheet carries squiggles and folding marks as data: URLs.
  "img-src 'self' data:",
  // The API.
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * True for a browser that opens `/graphql` as a page: a GET or HEAD that accepts HTML by name and asks no query.
 * Everything else, as `curl` with its accept of anything, belongs to the GraphQL handler.
 */
export function wantsPlayground(request: FastifyRequest): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  if (hasQuery(request.query)) return false;
  const types = (request.headers.accept ?? '').toLowerCase().split(',');
  return types.some((type) => type.split(';')[0]?.trim() === 'text/html');
}

/** Answers with the playground's page, or with 503 and what to do when it has not been built. */
export async function sendPlayground(reply: FastifyReply, folders = FOLDERS): Promise<FastifyReply> {
  const folder = builtFolder(folders);
  reply.header('vary', 'accept').header('cache-control', 'no-cache');
  if (folder === undefined) return reply.code(503).type('text/plain; charset=utf-8').send(NOT_BUILT);
  return reply
    .headers({
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    })
    .type('text/html; charset=utf-8')
    .send(await readFile(join(folder, 'index.html')));
}

/**
 * Serves the files of the page under `/playground/`. Their names hold a hash of what is in them, so they are cached
 * for a year. The page itself lives at `/graphql`, whose route asks `wantsPlayground`; `/playground` leads there.
 */
export async function playgroundPlugin(app: FastifyInstance): Promise<void> {
  for (const url of ['/playground', '/playground/']) app.get(url, (_, reply) => reply.redirect('/graphql'));
  const folder = builtFolder(FOLDERS);
  if (folder === undefined) return;
  await app.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: '/playground/assets/',
    decorateReply: false,
    index: false,
    immutable: true,
    maxAge: '1y',
    preCompressed: true,
    setHeaders: (response) => {
      response.setHeader('vary', 'accept-encoding');
      response.setHeader('x-content-type-options', 'nosniff');
    },
  });
}

function builtFolder(folders: readonly string[]): string | undefined {
  return folders.find((folder) => existsSync(join(folder, 'index.html')));
}

function hasQuery(query: unknown): boolean {
  // A persisted query may be asked by its hash alone.
  return typeof query === 'object' && query !== null && ('query' in query || 'extensions' in query);
}
