import { HeaderMap, type HTTPGraphQLRequest, type HTTPGraphQLResponse } from '@apollo/server';
import type { FastifyRequest } from 'fastify';
import type { ExecutionResult } from 'graphql';
import { VersionUnavailableError } from '../database/version-watcher.ts';
import type { Api } from '../graphql/api.ts';
import type { OperationContext } from '../graphql/context.ts';
import type { Executor } from '../graphql/execution/executor.ts';
import { type Execute, unavailable } from './apollo.ts';
import { KnownOperations } from './known-operations.ts';
import {
  type KeptResponse,
  keptResponse,
  type RequestKey,
  type ResponseCache,
  requestKey,
} from './response-cache.ts';
import { type Ran, settled, VersionsTooFastError } from './settle.ts';

/** What a request is answered with. */
export type Answered = KeptResponse | HTTPGraphQLResponse;

/** Answers requests, the same of the same data without running them again. */
export class Answers {
  private readonly operations: KnownOperations;

  constructor(
    private readonly api: Api,
    executor: Executor,
    private readonly execute: Execute,
    private readonly kept: ResponseCache,
  ) {
    this.operations = new KnownOperations(executor);
  }

  /** An unreadable version pointer, before or after the operation, gives 503. */
  async to(request: FastifyRequest): Promise<Answered> {
    const asked = requestKey(request);
    try {
      const context = await this.api.context();
      const known = asked && this.kept.get(keyOf(asked, context));
      return known || (await this.run(request, asked, context));
    } catch (error) {
      if (!(error instanceof VersionUnavailableError || error instanceof VersionsTooFastError)) throw error;
      request.log.error({ err: error }, 'no data version to answer from');
      const failed = async () => {
        throw unavailable(error);
      };
      return (await this.execute(toGraphQLRequest(request), failed)).answer.response;
    }
  }

  private async run(
    request: FastifyRequest,
    asked: RequestKey | undefined,
    first: OperationContext,
  ): Promise<Answered> {
    let next: OperationContext | undefined = first;
    const given = async () => {
      const context = next ?? (await this.api.context());
      next = undefined;
      return context;
    };
    const { answered, context } = await settled(this.api, async () => {
      const again = asked && (await this.runKnown(request, asked, given));
      return again ?? (await this.runAny(request, asked, given));
    });
    // Of the version that the operation was bound to in the end, and no other.
    if (asked && context?.isRepeatable && 'contentType' in answered)
      this.kept.set(keyOf(asked, context), answered);
    return answered;
  }

  /** Runs what was found in order before. Errors are told of in the way of all others. */
  private async runKnown(
    request: FastifyRequest,
    asked: RequestKey,
    given: () => Promise<OperationContext>,
  ): Promise<RanRequest | undefined> {
    const variables = (request.body as { variables?: unknown } | undefined)?.variables ?? {};
    if (typeof variables !== 'object' || Array.isArray(variables)) return undefined;
    const operation = this.operations.get(asked, variables as Record<string, unknown>);
    if (operation === undefined) return undefined;
    const { prepared, contentType } = operation;
    const context = await given();
    const result = await prepared.run({ contextValue: context });
    if (result.errors) return this.runAny(request, asked, async () => context, result);
    const answered = keptResponse(request.method, contentType, `${JSON.stringify({ data: result.data })}\n`);
    return { answer: { answered, context }, context };
  }

  private async runAny(
    request: FastifyRequest,
    asked: RequestKey | undefined,
    given: () => Promise<OperationContext>,
    result?: ExecutionResult,
  ): Promise<RanRequest> {
    const { answer, context } = await this.execute(toGraphQLRequest(request), given, result);
    const { response, clean } = answer;
    const { status = 200, headers, body } = response;
    if (!asked || !clean || !context?.isRepeatable || status !== 200 || body.kind !== 'complete')
      return { answer: { answered: response, context: undefined }, context };
    const contentType = headers.get('content-type')!;
    // The variables of others are in their address.
    if (request.method === 'POST') this.operations.set(asked.form, { ...clean, contentType });
    const answered = keptResponse(request.method, contentType, body.string);
    return { answer: { answered, context }, context };
  }
}

/** What a run of a request came to; the context is absent from the answer where it is not to be kept. */
type RanRequest = Ran<{ readonly answered: Answered; readonly context: OperationContext | undefined }>;

function keyOf({ form, variables }: RequestKey, { answersKey }: OperationContext): string {
  return form + variables + answersKey;
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
