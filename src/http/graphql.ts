import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Api } from '../graphql/api.ts';
import { Executor } from '../graphql/execution/executor.ts';
import type { OperationLimits } from '../graphql/limits.ts';
import { type Answered, Answers } from './answers.ts';
import { startApollo } from './apollo.ts';
import { sendPlayground, wantsPlayground } from './playground.ts';
import { type KeptResponse, ResponseCache } from './response-cache.ts';

export interface GraphQLRouteOptions {
  readonly api: Api;
  readonly log: Logger;
  readonly limits: OperationLimits;
  readonly responseCacheBytes: number;
}

/** GraphQL over HTTP at `/graphql`, and the playground for browsers that open it as a page. */
export async function graphqlRoute(
  app: FastifyInstance,
  { api, log, limits, responseCacheBytes }: GraphQLRouteOptions,
): Promise<void> {
  const executor = new Executor(api.schema);
  const apollo = await startApollo(api, executor, log, limits);
  const answers = new Answers(api, executor, apollo.execute, new ResponseCache(responseCacheBytes));
  app.addHook('onClose', () => apollo.stop());
  // A form or plain text is refused as 415 before it is read: a page of another origin could send those unasked.
  app.removeContentTypeParser('text/plain');
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) =>
    sendError(error, request, reply),
  );
  app.route({
    // The other methods are answered 405, with the ones that are allowed.
    method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    url: '/graphql',
    handler: async (request, reply) => {
      if (wantsPlayground(request)) return sendPlayground(reply);
      return send(request, reply, await answers.to(request));
    },
  });
}

function send(request: FastifyRequest, reply: FastifyReply, answered: Answered): FastifyReply {
  if ('contentType' in answered) return sendKept(request, reply, answered);
  const { status, headers, body } = answered;
  reply.code(status ?? 200).headers({ 'cache-control': 'no-store', ...Object.fromEntries(headers) });
  if (body.kind === 'chunked') throw new Error('The API has no operations whose answers come in parts.');
  return reply.send(body.string);
}

/** An answer depends on the data version, which no cache on the way can know: each use of a copy asks for it. */
function sendKept(request: FastifyRequest, reply: FastifyReply, kept: KeptResponse): FastifyReply {
  const { contentType, body, etag } = kept;
  if (etag === undefined) return reply.header('cache-control', 'no-store').type(contentType).send(body);
  const vary = [reply.getHeader('vary'), 'accept'].filter(Boolean).join(', ');
  reply.headers({ 'cache-control': 'private, no-cache', etag, vary });
  if (holds(request.headers['if-none-match'], etag)) return reply.code(304).send();
  return reply.type(contentType).send(body);
}

/** Whether one of the copies that a client has is this answer; a proxy may have marked them as weak. */
function holds(copies: string | undefined, etag: string): boolean {
  const tags = copies?.split(',').map((each) => each.trim().replace(/^W\//, ''));
  return tags?.some((tag) => tag === etag || tag === '*') ?? false;
}

/** What fails before GraphQL (malformed JSON, too long a body) is told in GraphQL's own form. */
function sendError(
  error: Error & { statusCode?: number },
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const status = error.statusCode ?? 500;
  if (status >= 500) request.log.error({ err: error }, 'a request failed');
  const message = status >= 500 ? `Internal server error (request ${request.id}).` : error.message;
  const code = status >= 500 ? 'INTERNAL_SERVER_ERROR' : 'BAD_REQUEST';
  return reply
    .code(status)
    .type('application/json; charset=utf-8')
    .send({ errors: [{ message, extensions: { code } }] });
}
