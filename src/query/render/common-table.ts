import { join, type Sql, sql } from '../../database/sql.ts';

/** A common table: its name and query. */
export interface Table {
  readonly name: Sql;
  readonly query: Sql;
}

/** The `with` of a statement. */
export function withTables(tables: readonly Table[]): Sql {
  return sql`with ${join(
    tables.map(({ name, query }) => sql`${name} as (${query})`),
    sql`,
`,
  )}`;
}
