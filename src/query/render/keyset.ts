import { all, join, type Sql, sql } from '../../database/sql.ts';
import type { CursorValue } from '../plan/plan.ts';

/** One term of a total order, as SQL. */
export interface SortTerm {
  readonly column: Sql;
  /** The database's type of its values. */
  readonly type: Sql;
  readonly direction: 'ASC' | 'DESC';
  /** Where missing values are; last unless given, in either direction. */
  readonly nulls?: 'FIRST' | 'LAST';
}

/** The list of an `order by`. */
export function orderBy(terms: readonly SortTerm[]): Sql {
  return join(
    terms.map(({ column, direction, nulls = 'LAST' }) => {
      const way = direction === 'ASC' ? sql`asc` : sql`desc`;
      return sql`${column} ${way} ${nulls === 'LAST' ? sql`nulls last` : sql`nulls first`}`;
    }),
  );
}

/** The rows after a cursor: equal in the first terms, beyond it in the next. Without terms there is one row, and none after. */
export function isAfter(terms: readonly SortTerm[], values: readonly CursorValue[]): Sql {
  if (terms.length === 0) return sql`false`;
  const alternatives = terms.map((term, index) => {
    const before = terms
      .slice(0, index)
      .map((each, at) => sql`${each.column} is not distinct from ${values[at]!}::${each.type}`);
    return all([...before, beyond(term, values[index]!)]);
  });
  return sql`(${join(alternatives, sql` or `)})`;
}

function beyond({ column, type, direction, nulls = 'LAST' }: SortTerm, value: CursorValue): Sql {
  if (value === null) return nulls === 'LAST' ? sql`false` : sql`${column} is not null`;
  const operator = direction === 'ASC' ? sql`>` : sql`<`;
  const isBeyond = sql`${column} ${operator} ${value}::${type}`;
  return nulls === 'LAST' ? sql`(${isBeyond} or ${column} is null)` : isBeyond;
}
