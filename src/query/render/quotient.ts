import { type Sql, sql } from '../../database/sql.ts';

/**
 * Divides exact numbers. By itself, PostgreSQL keeps 16 digits of a quotient, of which a cast to floating point may
 * make the neighbour of the nearest number; with 40 decimals it makes the nearest one of any quotient above 10^-15.
 */
export function quotient(over: Sql, under: Sql): Sql {
  return sql`round(${over}, 40) / ${under}`;
}

/**
 * The double that is nearest to a quotient of exact numbers. Whole numbers that are doubles are divided as such, which
 * gives it too, at a fifth of the time.
 * @param under never 0, but null where there is no number
 */
export function nearestQuotient(over: Sql, under: Sql): Sql {
  return sql`case when ${isWholeDouble(over)} and ${isWholeDouble(under)}
             then ${over}::int8::float8 / ${under}::int8::float8
             else (${quotient(over, under)})::float8 end`;
}

function isWholeDouble(number: Sql): Sql {
  return sql`${number} between -${LARGEST} and ${LARGEST} and scale(${number}) = 0`;
}

/** The largest whole number below which all are doubles. */
const LARGEST = sql`9007199254740991`;
