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

/** A row of a list, as its columns name it. */
export type Listed = Readonly<Record<string, Row[number]>>;

/** One page of a list; `after` are the values of the cursor that it starts after. */
export async function readList(
  context: OperationContext,
  page: PageRequest,
  after: readonly CursorValue[] | undefined,
  { tables, from, columns, sort }: List,
): Promise<Page<Listed>> {
  const names = Object.keys(columns);
  // Names of their own, so that the order's names are those of the rows and not of what is shown of them.
  const cells = [...Object.values(columns), ...sort.map(({ column }) => column)].map(
    (cell, index) => sql`${cell} as ${ident(`cell_${index}`)}`,
  );
  const { value: found } = await context.reader.read(
    prepared(sql`with ${tables}
      select ${join(cells)} from ${from}
       where ${after ? isAfter(sort, after) : sql`true`}
       order by ${orderBy(sort)}
       limit ${page.first + 1}`),
  );
  const made = pageOf(context, page, found, (row) => row.slice(names.length) as CursorValue[]);
  const show = (row: Row): Listed => {
    const shown: Record<string, Row[number]> = {};
    names.forEach((name, index) => {
      shown[name] = row[index]!;
    });
    return shown;
  };
  return { ...made, rows: made.rows.map(show) };
}
