import { HeaderMap, type HTTPGraphQLRequest, type HTTPGraphQLResponse } from '@apollo/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Api } from '../graphql/api.ts';
import type { OperationLimits } from '../graphql/limits.ts';
import { type Execute, startApollo, unavailable } from './apollo.ts';
import { sendPlayground, wantsPlayground } from './playground.ts';
import { settled } from './settle.ts';

/** GraphQL over HTTP at `/graphql`, and the playground for browsers that open it as a page. */
export async function graphqlRoute(
  app: FastifyInstance,
  options: { api: Api; log: Logger; limits: OperationLimits },
): Promise<void> {
  const { api, log, limits } = options;
  const apollo = await startApollo(api, log, limits);
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
      return send(reply, await answer(apollo.execute, api, request));
    },
  });
}

/** Runs the request's operation; an unreadable version pointer, before or after, gives 503. */
async function answer(execute: Execute, api: Api, request: FastifyRequest): Promise<HTTPGraphQLResponse> {
  const orUnavailable = (error: unknown): never => {
    request.log.error({ err: error }, 'no data version to answer from');
    throw unavailable(error);
  };
  const context = () => api.context().catch(orUnavailable);
  try {
    return await settled(api, () => execute(toGraphQLRequest(request), context));
  } catch (error) {
    const failed = async () => orUnavailable(error);
    return (await execute(toGraphQLRequest(request), failed)).answer;
  }
}

function toGraphQLRequest(request: FastifyRequest): HTTPGraphQLRequest {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const mark = request.url.indexOf('?');
  const search = mark < 0 ? '' : request.url.slice(mark);
  return { method: request.method.toUpperCase(), headers, search, body: request.body };
}

function send(reply: FastifyReply, { status, headers, body }: HTTPGraphQLResponse): FastifyReply {
  // Answers depend on the data version, which no cache on the way can know.
  reply.code(status ?? 200).headers({ 'cache-control': 'no-store', ...Object.fromEntries(headers) });
  if (body.kind === 'chunked') throw new Error('The API has no operations whose answers come in parts.');
  return reply.send(body.string);
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
