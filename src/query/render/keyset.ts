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
  /** That none is missing; then an index without a word on them can serve. */
  readonly isNeverNull?: boolean;
}

/** The list of an `order by`. */
export function orderBy(terms: readonly SortTerm[]): Sql {
  return join(
    terms.map(({ column, direction, nulls = 'LAST', isNeverNull }) => {
      const way = direction === 'ASC' ? sql`asc` : sql`desc`;
      if (isNeverNull) return sql`${column} ${way}`;
      return sql`${column} ${way} ${nulls === 'LAST' ? sql`nulls last` : sql`nulls first`}`;
    }),
  );
}

/** The rows after a cursor: equal in the first terms, beyond it in the next. Without terms there is one row, and none after. */
export function isAfter(terms: readonly SortTerm[], values: readonly CursorValue[]): Sql {
  if (terms.length === 0) return sql`false`;
  const alternatives = terms.map((term, index) => {
    const before = terms.slice(0, index).map(({ column, type, isNeverNull }, at) => {
      const equals = isNeverNull ? sql`=` : sql`is not distinct from`;
      return sql`${column} ${equals} ${values[at]!}::${type}`;
    });
    return all([...before, beyond(term, values[index]!)]);
  });
  return sql`(${join(alternatives, sql` or `)})`;
}

function beyond({ column, type, direction, nulls = 'LAST', isNeverNull }: SortTerm, value: CursorValue): Sql {
  if (value === null) return nulls === 'LAST' ? sql`false` : sql`${column} is not null`;
  const operator = direction === 'ASC' ? sql`>` : sql`<`;
  const isBeyond = sql`${column} ${operator} ${value}::${type}`;
  return nulls === 'LAST' && !isNeverNull ? sql`(${isBeyond} or ${column} is null)` : isBeyond;
}
