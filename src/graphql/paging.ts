import type { GraphQLResolveInfo } from 'graphql';
import type { CursorValue } from '../query/plan/plan.ts';
import { decodeCursor, encodeCursor } from '../query/reading/cursor.ts';
import { canonical, hash } from '../query/reading/identity.ts';
import { checkFirst } from '../query/resolve/basis.ts';
import { Problems } from '../query/resolve/problems.ts';
import type { Path } from '../query/resolve/request.ts';
import type { PageInfo } from './answers/page-info.ts';
import type { OperationContext } from './context.ts';
import { pathOf } from './selection.ts';

/** Some rows of a list, and where to go on. */
export interface Page<T> {
  readonly rows: readonly T[];
  readonly pageInfo: PageInfo;
}

/** The arguments by which every list is paged. */
export interface Paging {
  readonly first: number;
  readonly after?: string | null | undefined;
}

export interface PageRequest extends Paging {
  /** Of the field, for the paths of problems. */
  readonly path: Path;
  /** A hash of the field and its arguments but for paging: what its cursors and ids are bound to. */
  readonly request: string;
}

/** The page that a field is asked for; `args` is everything but paging that decides its rows. */
export function pageRequest(info: GraphQLResolveInfo, paging: Paging, args: unknown): PageRequest {
  const request = hash([info.parentType.name, info.fieldName, canonical(args)]);
  return { ...paging, path: pathOf(info), request };
}

/**
 * The key values after which a page starts; undefined for the first page.
 * @throws RequestError for a `first` out of range or a cursor of another request or version
 */
export async function readAfter(
  context: OperationContext,
  { path, request, first, after }: PageRequest,
): Promise<readonly CursorValue[] | undefined> {
  const problems = new Problems();
  checkFirst(first, [...path, 'first'], problems);
  problems.throwIfAny();
  return context.withCursor(path, () => decodeCursor(after, context.version, request, [...path, 'after']));
}

/** The id of a page: of a result, or of its page info. */
export function pageId({ version }: OperationContext, { request, first, after }: PageRequest): string {
  return hash([version, request, first, after ?? null]);
}

/**
 * Makes a page of up to `first` rows from a list that was asked for one more.
 * @param key gives a row's order values
 * @param show makes of a row what fields are read from
 */
export function pageOf<Found, T>(
  context: OperationContext,
  page: PageRequest,
  found: readonly Found[],
  key: (row: Found) => readonly CursorValue[],
  show: (row: Found) => T,
): Page<T> {
  const rows = found.slice(0, page.first);
  const last = rows.at(-1);
  const endCursor = () => last && encodeCursor(context.version, page.request, key(last));
  return new ListedPage(context, page, rows.map(show), found.length > page.first, endCursor);
}

/** Ids are hashes, and cursors are texts, that few ask for. */
class ListedPage<T> implements Page<T> {
  constructor(
    private readonly context: OperationContext,
    private readonly page: PageRequest,
    readonly rows: readonly T[],
    private readonly hasNextPage: boolean,
    private readonly endCursor: () => string | undefined,
  ) {}

  get pageInfo(): PageInfo {
    return {
      id: pageId(this.context, this.page),
      hasNextPage: this.hasNextPage,
      endCursor: this.endCursor(),
    };
  }
}

/** The condition that a row of a versioned table holds at a version, for Prisma Client. */
export function heldAt(version: number): { sinceVersion: { lte: number }; untilVersion: { gt: number } } {
  return { sinceVersion: { lte: version }, untilVersion: { gt: version } };
}
