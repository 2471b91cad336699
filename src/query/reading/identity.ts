import { hash as digest } from 'node:crypto';
import type { MetricsRequest } from '../resolve/request.ts';

/** What of an answer an id is of, with what tells it from others of its kind. */
export type Part = readonly [kind: string, ...rest: readonly unknown[]];

/**
 * Ids by which client caches may merge: opaque hashes of the data version, the viewer's scope, the canonical
 * arguments, and what of the answer is meant. Two selections of one question share them, two questions never do.
 */
export class Identity {
  private readonly question: string;

  constructor(
    version: number,
    scope: string,
    fiscalYearStart: number,
    { first, after, ...request }: MetricsRequest,
  ) {
    this.question = hash([version, scope, fiscalYearStart, canonical(request)]);
    this.paging = [first, after ?? null];
  }

  private readonly paging: readonly unknown[];

  /** Binds cursors to their request; paging does not change it. */
  get requestHash(): string {
    return this.question;
  }

  /** What the page shows: the result, its page info and meta. */
  page(kind: 'result' | 'page-info' | 'meta'): string {
    return hash([this.question, kind, ...this.paging]);
  }

  of(...part: Part): string {
    return hash([this.question, ...part]);
  }
}

/** An opaque id of a content. */
export function hash(content: unknown): string {
  return digest('sha1', JSON.stringify(content), 'base64url').slice(0, 22);
}

/** Equal for equal meaning: sorted fields, and nothing that was left out or null. */
export function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value ?? null;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined && each !== null);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, each]) => [name, canonical(each)]),
  );
}
