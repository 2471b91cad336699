import type { GraphQLResolveInfo } from 'graphql';
import { type OperationContext, pathOf } from '../../../graphql/define.ts';
import {
  baseOf,
  type Catalog,
  type Condition,
  checkFirst,
  type Path,
  Problems,
  type Range,
  type Relation,
  renderMatching,
  resolveSlice,
  type Sql,
  sql,
  type TimeRange,
  type Where,
} from '../../../query/define.ts';

/** Whose months are asked about: the user-months that pass a filter and a range, at a version. */
export interface Population {
  readonly catalog: Catalog;
  readonly version: number;
  readonly slice: { readonly where: Condition; readonly range: Range };
  /** Up to when the data reach; undefined where there are none. */
  readonly asOf: string | undefined;
  readonly hasTimes: boolean;
}

/** What a field about power users is asked about. */
export interface Asked {
  readonly where: Where | undefined;
  readonly timeRange: TimeRange | undefined;
}

/**
 * Resolves a filter and a range: they have a meaning where the number of power users has.
 * @param check adds what is wrong with the field's other arguments
 * @throws RequestError with everything that is wrong
 */
export function resolvePopulation(
  { catalog, served }: OperationContext,
  info: GraphQLResolveInfo,
  { where, timeRange, first = 1 }: Asked & { readonly first?: number },
  check: (path: Path, problems: Problems) => void,
): Population {
  const path = pathOf(info);
  const problems = new Problems();
  check(path, problems);
  checkFirst(first, [...path, 'first'], problems);
  const { version, record } = served;
  const slice = resolveSlice(catalog, { where, timeRange }, 'num_power_users', record, path, problems);
  return { catalog, version, slice, asOf: record?.asOf, hasTimes: record?.hasTimes ?? false };
}

/** Keys of the user-months of a population: user_id, activity_month. */
export function matching(population: Population): Sql {
  return keysOf(population, userMonths(population));
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

function keysOf({ catalog, version, slice }: Population, relation: Relation): Sql {
  return renderMatching(catalog, relation, { version, ...slice });
}

/** The condition that a month has begun by as-of: of later ones nothing is known yet. */
export function hasBegun({ asOf, hasTimes }: Population, month: Sql): Sql {
  if (asOf === undefined) return sql`false`;
  const until = sql`${asOf.replace(/Z$/, '')}::timestamp`;
  // Without times of day as-of is the end of a day, at which no event can be.
  return hasTimes ? sql`${month} <= ${until}` : sql`${month} < ${until}`;
}
