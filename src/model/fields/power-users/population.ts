import type { OperationContext } from '../../../graphql/define.ts';
import {
  all,
  baseOf,
  type Catalog,
  type Condition,
  constant,
  dateOf,
  holdsAt,
  ident,
  includesAsOf,
  monthsBetween,
  type Path,
  type Problems,
  type Range,
  type Relation,
  renderMatching,
  resolveSlice,
  type Sql,
  shift,
  sql,
  type TimeRange,
  type VersionRecord,
  type Where,
} from '../../../query/define.ts';

/** Whose months are asked about: the user-months that pass a filter and a range, at a version. */
export interface Population {
  readonly catalog: Catalog;
  readonly version: number;
  readonly where: Condition;
  readonly range: Range;
  /** Of the version. */
  readonly record: VersionRecord | undefined;
}

/** Of whom a field about power users asks. */
export interface Asked {
  readonly where: Where | undefined;
  readonly timeRange: TimeRange | undefined;
}

/**
 * Resolves a filter and a range: they have a meaning where the number of power users has.
 * @param path of the field
 * @param problems already found in its other arguments
 * @throws RequestError with everything that is wrong
 */
export function resolvePopulation(
  { catalog, served }: OperationContext,
  asked: Asked,
  path: Path,
  problems: Problems,
): Population {
  const { version, record } = served;
  const slice = resolveSlice(catalog, asked, 'num_power_users', record, path, problems);
  return { catalog, version, ...slice, record };
}

/** Keys of the user-months of a population: user_id, activity_month. */
export function matching(population: Population): Sql {
  return keysOf(population, userMonths(population));
}

/** Whether a row of `mart.user_engagement` holds at the population's version, which its statements are planned for. */
export function isHeld({ version }: Pick<Population, 'version'>, alias: string): Sql {
  return holdsAt(alias, constant(version));
}

/** More months are compared by their ends. */
const MOST_LISTED = 240;

/**
 * Whether a row of `mart.user_engagement` is of the population's months, or of those that begin and end some months
 * earlier. Months are listed where both ends are known: of two comparisons with values that it does not know, the
 * database expects one row in two hundred, and would rather sort all that it finds than walk an index.
 */
export function isWithin(
  { range: { from, to } }: Population,
  alias: string,
  earlier: { readonly from: number; readonly to: number } = { from: 0, to: 0 },
): Sql {
  const month = ident(alias, 'activity_month');
  const first = from && shift('month', dateOf(from), -earlier.from);
  const end = to && shift('month', dateOf(to), -earlier.to);
  const count = first && end ? monthsBetween(first, end) : Number.POSITIVE_INFINITY;
  if (count === 1) return sql`${month} = ${first!}::date`;
  if (count <= MOST_LISTED) {
    const months = Array.from({ length: count }, (_, index) => shift('month', first!, index));
    return sql`${month} = any(${months}::date[])`;
  }
  return all([
    ...(first ? [sql`${month} >= ${first}::date`] : []),
    ...(end ? [sql`${month} < ${end}::date`] : []),
  ]);
}

/** About how many user-months a population's months have; no end of them where nobody knows. */
export function sizeOf({ range: { from, to }, record }: Population): number {
  const { firstEventAt, lastEventAt, rowCounts } = record ?? {};
  if (!from || !to || !firstEventAt || !lastEventAt) return Number.POSITIVE_INFINITY;
  const months = monthsBetween(dateOf(from), dateOf(to));
  return (months * (rowCounts?.user_engagement ?? 0)) / (1 + monthsBetween(firstEventAt, lastEventAt));
}

/** Whether a population has every user-month of its months. */
export function isEverybody({ where }: Population): boolean {
  return 'all' in where && where.all.length === 0;
}

/**
 * Keys of the user-months that the population's months follow. Conditions on periods and the range are on the month
 * that follows; all others on the user-month itself, since who is lost in a month may have done nothing in it.
 */
export function matchingBefore(population: Population): Sql {
  const relation = userMonths(population);
  return keysOf(population, { ...relation, time: sql`(${relation.time} + interval '1 month')` });
}

function userMonths({ catalog }: Population): Relation {
  return baseOf(catalog.fact('user_months'));
}

function keysOf({ catalog, version, where, range }: Population, relation: Relation): Sql {
  return renderMatching(catalog, relation, { version, where, range });
}

/** The condition that a month has begun by as-of: of later ones nothing is known yet. */
export function hasBegun({ record }: Population, month: Sql): Sql {
  if (record?.asOf === undefined) return sql`false`;
  const until = sql`${record.asOf.replace(/Z$/, '')}::timestamp`;
  return includesAsOf(record) ? sql`${month} <= ${until}` : sql`${month} < ${until}`;
}
