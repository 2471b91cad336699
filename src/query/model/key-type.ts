import { type Sql, sql } from '../../database/sql.ts';
import type { Dimension } from './model.ts';

/** The database's type of a dimension's keys. */
export function keyType(dimension: Dimension): Sql {
  switch (dimension.kind) {
    case 'time':
    case 'period':
      return sql`date`;
    case 'enum':
      return dimension.databaseType;
    case 'band':
    case 'integer':
      return sql`int`;
    case 'boolean':
      return sql`boolean`;
    case 'entity':
      return dimension.key === 'integer' ? sql`bigint` : sql`text`;
    default:
      return dimension satisfies never;
  }
}
