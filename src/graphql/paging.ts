import { type CursorValue, decodeCursor, encodeCursor } from '../query/cursor.ts';
import { Problems } from '../query/problems.ts';
import { MAX_FIRST } from '../query/request.ts';
import type { PageInfo } from './answers/page-info.ts';
import type { OperationContext } from './context.ts';

/** Some rows of a list, and where to go on. */
export interface Page<T> {
  readonly rows: readonly T[];
  readonly pageInfo: PageInfo;
}

export interface PageRequest {
  /** The field with its arguments but for paging: what its cursors and ids are bound to. */
  readonly request: string;
  readonly first: number;
  readonly after?: string | null | undefined;
}

/**
 * The key values after which a page starts; undefined for the first page.
 * @throws RequestError for a `first` out of range or a cursor of another request or version
 */
export async function readAfter(
  context: OperationContext,
  { request, first, after }: PageRequest,
): Promise<readonly CursorValue[] | undefined> {
  const problems = new Problems();
  if (!Number.isInteger(first) || first < 1 || first > MAX_FIRST) {
    problems.add('FIRST_OUT_OF_RANGE', { first, limit: MAX_FIRST }, ['first']);
  }
  problems.throwIfAny();
  if (!after) return undefined;
  return context.withCursor(() => decodeCursor(after, context.version, request, ['after']));
}

/** Makes a page of up to `first` rows from a list that was asked for one more; `key` gives a row's order values. */
export function pageOf<T>(
  context: OperationContext,
  { request, first, after }: PageRequest,
  found: readonly T[],
  key: (row: T) => readonly CursorValue[],
): Page<T> {
  const rows = found.slice(0, first);
  const last = rows.at(-1);
  return {
    rows,
    pageInfo: {
      id: Buffer.from(JSON.stringify([context.version, request, first, after ?? null])).toString('base64url'),
      hasNextPage: found.length > first,
      endCursor: last && encodeCursor(context.version, request, key(last) as CursorValue[]),
    },
  };
}

/** The condition that a row of a versioned table holds at a version, for Prisma Client. */
export function heldAt(version: number): { sinceVersion: { lte: number }; untilVersion: { gt: number } } {
  return { sinceVersion: { lte: version }, untilVersion: { gt: version } };
}
