import { type OperationContext, type Page, type PageRequest, pageOf } from '../../../graphql/define.ts';
import {
  type CursorValue,
  ident,
  isAfter,
  join,
  orderBy,
  prepared,
  type Row,
  type SortTerm,
  type Sql,
  type Statement,
  sql,
} from '../../../query/define.ts';

/** Rows that a field lists: common tables, where the rows are taken from, what is shown of them, and their order. */
export interface List {
  readonly tables: Sql;
  readonly from: Sql;
  /** By the name that a row has it under. */
  readonly columns: Readonly<Record<string, Sql>>;
  /** Total: no two rows are equal in all terms. */
  readonly sort: readonly SortTerm[];
}

/** One page of a list, up to the statement that reads it. */
export interface ListPage {
  readonly page: PageRequest;
  /** What is shown of its rows: the names of the statement's first columns. What cursors are made from follows. */
  readonly shown: readonly string[];
  readonly statement: Statement;
}

/** A row of a list, as its columns name it. */
export type Listed = Readonly<Record<string, Row[number]>>;

/**
 * Compiles one page of a list.
 * @param after the values of the cursor that it starts after
 * @param shown which of its columns rows have
 * @param hasCursor whether its page info is asked for
 * @param isShort whether its rows are taken from so few that others may wait for it
 */
export function compileList(
  page: PageRequest,
  after: readonly CursorValue[] | undefined,
  { tables, from, columns, sort }: List,
  shown: readonly string[],
  { hasCursor = true, isShort = false } = {},
): ListPage {
  // Names of their own, so that the order's names are those of the rows and not of what is shown of them.
  const values = [
    ...shown.map((name) => columns[name]!),
    ...(hasCursor ? sort.map(({ column }) => column) : []),
  ];
  const cells = values.map((value, index) => sql`${value} as ${ident(`cell_${index}`)}`);
  const made = prepared(sql`with ${tables}
      select ${join(cells)} from ${from}
       where ${after ? isAfter(sort, after) : sql`true`}
       order by ${orderBy(sort)}
       limit ${page.first + 1}`);
  return { page, shown, statement: { ...made, isShort } };
}

/** Reads a page of a list, whose rows are as `show` makes them of their cells and the names of those. */
export async function readList<T>(
  context: OperationContext,
  { page, shown, statement }: ListPage,
  show: (shown: readonly string[], cells: Row) => T,
): Promise<Page<T>> {
  const { value: found } = await context.reader.read(statement);
  const key = (row: Row) => row.slice(shown.length) as CursorValue[];
  return pageOf(context, page, found, key, (row) => show(shown, row));
}
