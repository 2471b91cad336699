import type { CursorValue } from '../query/plan/plan.ts';
import type { OperationContext } from './context.ts';
import { heldAt, type Page, type PageRequest, pageOf, readAfter } from './paging.ts';
import { type Column, parseCell, printCell } from './prisma-column.ts';
import type { PrismaCondition } from './prisma-filter.ts';

/** What the `findMany` of a table is given. */
export interface ListQuery {
  readonly where: PrismaCondition;
  readonly orderBy: Record<string, 'asc'>[];
  readonly take: number;
}

/** A versioned table that Prisma Client reads, as a list. */
export interface List<Found extends object, T> {
  readonly find: (query: ListQuery) => PromiseLike<readonly Found[]>;
  /** The columns that the list is ordered by; with the version they are the key. */
  readonly key: readonly Column[];
  /** Which of the rows; all of them without. */
  readonly filter?: PrismaCondition;
  readonly show: (found: Found) => T;
}

/**
 * One page of a table as it is at the operation's version, ordered by its key.
 * @throws RequestError for a `first` out of range or a cursor of another request or version
 */
export async function listPage<Found extends object, T>(
  context: OperationContext,
  page: PageRequest,
  { find, key, filter, show }: List<Found, T>,
): Promise<Page<T>> {
  const after = await readAfter(context, page);
  const conditions = [heldAt(context.version), filter, after && isAfter(key, after)];
  const query: ListQuery = {
    where: { AND: conditions.filter((each) => each !== undefined) },
    orderBy: key.map(([name]) => ({ [name]: 'asc' })),
    take: page.first + 1,
  };
  const { value: found } = await context.reader.load([page.request, query], async () => find(query));
  return pageOf(context, page, found, (row) => key.map((column) => printCell(column, row)), show);
}

/** The rows after a cursor: equal in the first columns, greater in the next. */
function isAfter(key: readonly Column[], values: readonly CursorValue[]): PrismaCondition {
  const cells = key.map((column, index) => [column[0], parseCell(column, String(values[index]))] as const);
  const alternatives = cells.map(([name, cell], index) => ({
    ...Object.fromEntries(cells.slice(0, index)),
    [name]: { gt: cell },
  }));
  return { OR: alternatives };
}
