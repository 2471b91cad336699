import { HeaderMap, type HTTPGraphQLRequest, type HTTPGraphQLResponse } from '@apollo/server';
import type { FastifyRequest } from 'fastify';
import type { Api } from '../graphql/api.ts';
import type { OperationContext } from '../graphql/context.ts';
import { type Execute, unavailable } from './apollo.ts';
import { type KeptResponse, keptResponse, type ResponseCache, requestKey } from './response-cache.ts';
import { settled } from './settle.ts';

/** What a request is answered with. */
export type Answered = KeptResponse | HTTPGraphQLResponse;

/** Answers requests, the same of the same data without running them again. */
export class Answers {
  constructor(
    private readonly api: Api,
    private readonly execute: Execute,
    private readonly kept: ResponseCache,
  ) {}

  /** An unreadable version pointer, before or after the operation, gives 503. */
  async to(request: FastifyRequest): Promise<Answered> {
    try {
      const context = await this.api.context();
      const asked = requestKey(request);
      const known = asked && this.kept.get(asked + context.answersKey);
      return known || (await this.run(request, asked, context));
    } catch (error) {
      request.log.error({ err: error }, 'no data version to answer from');
      const failed = async () => {
        throw unavailable(error);
      };
      return (await this.execute(toGraphQLRequest(request), failed)).answer.response;
    }
  }

  private async run(
    request: FastifyRequest,
    asked: string | undefined,
    first: OperationContext,
  ): Promise<Answered> {
    let next: OperationContext | undefined = first;
    const { response, context } = await settled(this.api, async () => {
      const given = next ?? (await this.api.context());
      next = undefined;
      const ran = await this.execute(toGraphQLRequest(request), async () => given);
      const { response, isClean } = ran.answer;
      const isKept = isClean && ran.context?.isRepeatable === true;
      return { answer: { response, context: isKept ? ran.context : undefined }, context: ran.context };
    });
    const { status = 200, headers, body } = response;
    if (!asked || !context || status !== 200 || body.kind !== 'complete') return response;
    const made = keptResponse(request.method, headers.get('content-type')!, body.string);
    // Of the version that the operation was bound to in the end, and no other.
    this.kept.set(asked + context.answersKey, made);
    return made;
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
