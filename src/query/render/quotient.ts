import { type Sql, sql } from '../../database/sql.ts';

/**
 * Divides exact numbers. By itself, PostgreSQL keeps 16 digits of a quotient, of which a cast to floating point may
 * make the neighbour of the nearest number; with 40 decimals it makes the nearest one.
 */
export function quotient(over: Sql, under: Sql): Sql {
  return sql`round(${over}, 40) / ${under}`;
}
