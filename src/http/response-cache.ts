import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';

/** A request must have one of these where browsers would otherwise send it for any page without asking. */
export const PREFLIGHT_HEADERS = ['x-apollo-operation-name', 'apollo-require-preflight'];

/** An answer that whoever asks the same of the same data is sent again, as it is. */
export interface KeptResponse {
  readonly contentType: string;
  readonly body: Buffer;
  /** Of answers to GET. It is of what was answered, so that a copy it holds for is right whatever made it. */
  readonly etag: string | undefined;
}

/** Answers as they were sent, the least recently used going first. */
export class ResponseCache {
  private readonly kept: LRUCache<string, KeptResponse> | undefined;

  /** @param maxBytes how much memory they may take; 0 keeps none */
  constructor(maxBytes: number) {
    if (maxBytes > 0) this.kept = new LRUCache({ maxSize: maxBytes, sizeCalculation });
  }

  /** By the request, the data that are read, and who may see what of them. */
  get(key: string): KeptResponse | undefined {
    return this.kept?.get(key);
  }

  set(key: string, response: KeptResponse): void {
    this.kept?.set(key, response);
  }
}

/** What an entry of the cache itself takes. */
const ENTRY_BYTES = 400;

function sizeCalculation({ body }: KeptResponse, key: string): number {
  return ENTRY_BYTES + 2 * key.length + body.length;
}

/** The form in which an answer is kept. */
export function keptResponse(method: string, contentType: string, text: string): KeptResponse {
  const body = Buffer.from(text);
  return { contentType, body, etag: method === 'GET' ? etagOf(contentType, body) : undefined };
}

function etagOf(contentType: string, body: Buffer): string {
  return `"${createHash('sha256').update(contentType).update('\0').update(body).digest('base64url')}"`;
}

/** All that is read of a request, on the way to its answer or to its refusal: so what would be refused is not found. */
export interface RequestKey {
  /** All of it but the variables. */
  readonly form: string;
  /** JSON; empty where they are part of the form. */
  readonly variables: string;
}

/**
 * Undefined for what is no request of GraphQL, or cannot be told from another.
 * @throws an error of status 400 for what is nested so deep that it cannot be walked
 */
export function requestKey(request: FastifyRequest): RequestKey | undefined {
  try {
    return keyOf(request);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const message = 'The request is nested too deep: send lists and objects within few others.';
    throw Object.assign(new Error(message, { cause: error }), { statusCode: 400 });
  }
}

function keyOf({ method, headers, url, body }: FastifyRequest): RequestKey | undefined {
  const { accept, 'content-type': type } = headers;
  const hasPreflight = PREFLIGHT_HEADERS.some((name) => Boolean(headers[name]));
  // No header has line breaks.
  const admission = `${method}\n${type ?? ''}\n${accept ?? ''}\n${hasPreflight}\n`;
  if (method === 'GET') return { form: admission + delimited(url), variables: '' };
  if (method !== 'POST' || typeof body !== 'object' || body === null || Array.isArray(body)) return undefined;
  const { query, operationName, variables, extensions } = body as Record<string, unknown>;
  if (holdsInfinity(variables)) return undefined;
  // Only documents are long, and need no second copy with their quotes escaped.
  const asked = typeof query === 'string' ? `text ${delimited(query)}` : JSON.stringify([query]);
  return {
    form: `${admission}${JSON.stringify([operationName, extensions])}\n${asked}`,
    variables: JSON.stringify([variables]),
  };
}

/** A text of which the end can be told whatever follows it. */
function delimited(text: string): string {
  return `${text.length}\n${text}`;
}

/** What JSON writes as null, although it read a number that is too large. */
function holdsInfinity(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isFinite(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsInfinity);
}
