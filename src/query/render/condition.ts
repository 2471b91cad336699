import { all, empty, join, type Sql, sql } from '../../database/sql.ts';
import type { Catalog } from '../catalog.ts';
import { keyType } from '../model/key-type.ts';
import type { Dimension, Relation, TimeDimension } from '../model/model.ts';
import type { Condition, Operator } from '../resolve/request.ts';
import type { Grain } from '../time/time.ts';
import type { Range } from '../time/wall.ts';
import { type Clock, keyOf, LENGTHS, truncated, wallTime } from './key.ts';

type Key = string | number | boolean;
type Leaf = Extract<Condition, { dimension: string }>;

/** What conditions are judged by: times and keys of some rows. */
export interface Judged {
  /** The time that a filter on periods of a grain is judged by; undefined where the rows do not tell. */
  time(grain: Grain): Sql | undefined;
  /** The key of another dimension; undefined where the rows do not tell. */
  key(dimension: Dimension): { readonly sql: Sql; readonly nullable: boolean } | undefined;
}

/** Rows of a relation, which know every dimension that a valid request filters it by. */
export function judgedByRelation(relation: Relation, clock: Clock, time = wallTime(relation, clock)): Judged {
  return {
    time: () => time,
    key: (dimension) => {
      const column = relation.dimensions[dimension.name];
      return column && { sql: keyOf(relation, dimension, clock), nullable: column.nullable === true };
    },
  };
}

/**
 * The SQL of a condition. A comparison never matches a missing value, `neq` and `notIn` included; `not` is the exact
 * complement, so every comparison of a nullable key is made two-valued. What the rows do not tell counts as true, under
 * `not` as well.
 */
export function renderCondition(
  catalog: Catalog,
  judged: Judged,
  condition: Condition,
  isNegated = false,
): Sql {
  const nested = (conditions: readonly Condition[]) =>
    conditions.map((each) => sql`(${renderCondition(catalog, judged, each, isNegated)})`);
  if ('not' in condition) return renderCondition(catalog, judged, condition.not, !isNegated);
  if ('all' in condition || 'any' in condition) {
    const parts = nested('all' in condition ? condition.all : condition.any);
    // By De Morgan's laws, so that only leaves are negated.
    const isAll = 'all' in condition !== isNegated;
    if (isAll) return all(parts);
    return parts.length === 0 ? sql`false` : sql`(${join(parts, sql` or `)})`;
  }
  const made = leaf(catalog, judged, condition);
  if (made === undefined) return sql`true`;
  return isNegated ? sql`not (${made})` : made;
}

function leaf(catalog: Catalog, judged: Judged, condition: Leaf): Sql | undefined {
  const dimension = catalog.dimension(condition.dimension);
  if (dimension.kind === 'time') {
    const time = judged.time(dimension.grain);
    return time && period(dimension, time, condition, catalog.fiscalYearStart);
  }
  const key = judged.key(dimension);
  if (key === undefined) return undefined;
  const made = value(dimension, key.sql, condition);
  return key.nullable && condition.operator !== 'isNull' ? sql`coalesce(${made}, false)` : made;
}

/** Periods are compared as half-open intervals of the bare time column, which an index can serve. */
function period(
  { grain }: TimeDimension,
  time: Sql,
  { operator, values }: Leaf,
  fiscalYearStart: number,
): Sql {
  const start = (key: Key) => sql`${String(key)}::timestamp`;
  // Added by the database, whose calendar goes on after the year 9999.
  const end = (key: Key) => sql`(${start(key)} + ${LENGTHS[grain]})`;
  const within = (from: Key, to: Key = from) => sql`(${time} >= ${start(from)} and ${time} < ${end(to)})`;
  const [first, second] = values as [Key, Key];
  // One parameter however long the list is; the stretch that it spans is what the index serves.
  const any = () => {
    const ordered = [...values].sort() as readonly string[];
    const label = truncated(grain, time, fiscalYearStart);
    return sql`(${within(ordered[0]!, ordered.at(-1)!)} and ${label} = any(${ordered}::date[]))`;
  };
  const operators: Record<Exclude<Operator, 'contains' | 'startsWith'>, () => Sql> = {
    eq: () => within(first),
    neq: () => sql`not ${within(first)}`,
    in: any,
    notIn: () => sql`not ${any()}`,
    lt: () => sql`${time} < ${start(first)}`,
    lte: () => sql`${time} < ${end(first)}`,
    gt: () => sql`${time} >= ${end(first)}`,
    gte: () => sql`${time} >= ${start(first)}`,
    between: () => within(first, second),
    isNull: () => (first === true ? sql`false` : sql`true`),
  };
  return operators[operator as keyof typeof operators]();
}

function value(dimension: Exclude<Dimension, TimeDimension>, key: Sql, { operator, values }: Leaf): Sql {
  const type = keyType(dimension);
  const left = dimension.kind === 'entity' && dimension.key === 'text' ? sql`${key} collate "C"` : key;
  const one = (given: Key) => sql`${given}::${type}`;
  const list = () => sql`${values as readonly Key[]}::${type}[]`;
  const [first, second] = values as [Key, Key];
  const operators: Record<Operator, () => Sql> = {
    eq: () => sql`${key} = ${one(first)}`,
    neq: () => sql`${key} <> ${one(first)}`,
    in: () => sql`${key} = any(${list()})`,
    notIn: () => sql`${key} <> all(${list()})`,
    lt: () => sql`${left} < ${one(first)}`,
    lte: () => sql`${left} <= ${one(first)}`,
    gt: () => sql`${left} > ${one(first)}`,
    gte: () => sql`${left} >= ${one(first)}`,
    between: () => sql`${left} between ${one(first)} and ${one(second)}`,
    isNull: () => sql`(${key} is null) = ${first as boolean}::boolean`,
    contains: () => sql`strpos(${key}::text, ${String(first)}) > 0`,
    startsWith: () => sql`starts_with(${key}::text, ${String(first)})`,
  };
  return operators[operator]();
}

/** The condition of a half-open range of times, with what goes before it; nothing for an open one. */
export function renderRange(time: Sql, range: Range): Sql {
  const from = range.from === undefined ? empty : sql` and ${time} >= ${range.from}::timestamp`;
  const to = range.to === undefined ? empty : sql` and ${time} < ${range.to}::timestamp`;
  return sql`${from}${to}`;
}

/** The condition of several of them, one of which must hold. */
export function renderRanges(time: Sql, ranges: readonly Range[]): Sql {
  const within = ranges.map((each) => renderRange(time, each));
  if (within.length === 1) return within[0]!;
  const any = within.map((each) => sql`(true${each})`);
  return sql` and (${join(any, sql` or `)})`;
}
