import { ident, join, type Sql, sameKey, sql } from '../../database/sql.ts';
import { keyType } from '../model/key-type.ts';
import type { Dimension, Relation } from '../model/model.ts';
import type { Grain } from '../time/time.ts';

/** What the time of rows is read with. */
export interface Clock {
  readonly timeZone?: string | undefined;
  readonly fiscalYearStart: number;
}

/** The column of a grouped key. */
export function keyColumn(dimension: string): Sql {
  return ident(`key_${dimension}`);
}

/** The time of a relation's rows, on the wall clock of the request. */
export function wallTime({ time }: Relation, { timeZone }: Clock): Sql {
  return timeZone === undefined ? time : sql`(${time} at time zone 'UTC' at time zone ${timeZone})`;
}

/** Literals, since what is grouped must have the same text wherever it stands. */
const GRAINS: Readonly<Record<Grain, Sql>> = {
  day: sql`'day'`,
  week: sql`'week'`,
  month: sql`'month'`,
  quarter: sql`'quarter'`,
  year: sql`'year'`,
};

export const LENGTHS: Readonly<Record<Grain, Sql>> = {
  day: sql`interval '1 day'`,
  week: sql`interval '7 days'`,
  month: sql`interval '1 month'`,
  quarter: sql`interval '3 months'`,
  year: sql`interval '1 year'`,
};

/** The first day of the period that a time lies in. */
export function truncated(grain: Grain, time: Sql, fiscalYearStart: number): Sql {
  const before = fiscalYearStart - 1;
  if (before === 0 || (grain !== 'quarter' && grain !== 'year'))
    return sql`date_trunc(${GRAINS[grain]}, ${time}::timestamp)::date`;
  const months = sql`make_interval(months => ${before}::int)`;
  return sql`(date_trunc(${GRAINS[grain]}, ${time}::timestamp - ${months}) + ${months})::date`;
}

/** A dimension's key in a row of a relation. */
export function keyOf(relation: Relation, dimension: Dimension, clock: Clock): Sql {
  if (dimension.kind === 'time') {
    // Periods are known by their first day.
    if (dimension.grain === relation.grain) return sql`${relation.time}::date`;
    return truncated(dimension.grain, wallTime(relation, clock), clock.fiscalYearStart);
  }
  const column = relation.dimensions[dimension.name]!.sql;
  switch (dimension.kind) {
    case 'band': {
      const bounds = dimension.values.flatMap(({ from }) => (from === undefined ? [] : [from]));
      return sql`width_bucket(${column}::numeric, ${bounds}::numeric[])`;
    }
    case 'period':
      return truncated(dimension.grain, column, 1);
    default:
      return sql`${column}::${keyType(dimension)}`;
  }
}

/** Keys of two sources that meet, missing ones too, in a form that can be hashed. */
export function sameKeys(
  dimensions: readonly Dimension[],
  hasNulls: (dimension: Dimension) => boolean,
  left: string,
  right: string,
): Sql {
  const same = dimensions.map((dimension) => {
    const [a, b] = [left, right].map((alias) => ident(alias, `key_${dimension.name}`)) as [Sql, Sql];
    return hasNulls(dimension) ? sameKey(a, b) : sql`${a} = ${b}`;
  });
  return same.length === 0 ? sql`true` : join(same, sql` and `);
}
