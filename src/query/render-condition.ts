import { all, empty, join, type Sql, sql } from '../database/sql.ts';
import type { Catalog } from './catalog.ts';
import type { Dimension, Relation, TimeDimension } from './model.ts';
import type { Condition, Operator } from './request.ts';
import type { Grain } from './time.ts';

type Key = string | number | boolean;
type Leaf = Extract<Condition, { dimension: string }>;

/**
 * The SQL of a condition on a relation. A comparison never matches a missing value, `neq` and `notIn` included;
 * `not` is the exact complement, so every comparison of a nullable column is made two-valued.
 */
export function renderCondition(catalog: Catalog, relation: Relation, condition: Condition): Sql {
  const nested = (conditions: readonly Condition[]) =>
    conditions.map((each) => sql`(${renderCondition(catalog, relation, each)})`);
  if ('all' in condition) return all(nested(condition.all));
  if ('any' in condition)
    return condition.any.length === 0 ? sql`false` : sql`(${join(nested(condition.any), sql` or `)})`;
  if ('not' in condition) return sql`not (${renderCondition(catalog, relation, condition.not)})`;
  const dimension = catalog.dimension(condition.dimension);
  return dimension.kind === 'time'
    ? period(dimension, relation.time, condition)
    : value(dimension, relation, condition);
}

const LENGTHS: Readonly<Record<Grain, Sql>> = {
  day: sql`interval '1 day'`,
  week: sql`interval '7 days'`,
  month: sql`interval '1 month'`,
  quarter: sql`interval '3 months'`,
  year: sql`interval '1 year'`,
};

/** Periods are compared as half-open intervals of the bare time column, which an index can serve. */
function period({ grain }: TimeDimension, time: Sql, { operator, values }: Leaf): Sql {
  const start = (key: Key) => sql`${String(key)}::timestamp`;
  // Added by the database, whose calendar goes on after the year 9999.
  const end = (key: Key) => sql`(${start(key)} + ${LENGTHS[grain]})`;
  const within = (from: Key, to: Key = from) => sql`(${time} >= ${start(from)} and ${time} < ${end(to)})`;
  const [first, second] = values as [Key, Key];
  const any = () =>
    sql`(${join(
      values.map((key) => within(key)),
      sql` or `,
    )})`;
  const operators: Record<Operator, () => Sql> = {
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
  return operators[operator]();
}

function value(
  dimension: Exclude<Dimension, TimeDimension>,
  relation: Relation,
  { operator, values }: Leaf,
): Sql {
  const column = relation.dimensions[dimension.name]!;
  const type = keyType(dimension);
  const left =
    dimension.kind === 'entity' && dimension.key === 'text' ? sql`${column.sql} collate "C"` : column.sql;
  const one = (key: Key) => sql`${key}::${type}`;
  const list = () => sql`${values as readonly (string | number)[]}::${type}[]`;
  const [first, second] = values as [Key, Key];
  const operators: Record<Operator, () => Sql> = {
    eq: () => sql`${column.sql} = ${one(first)}`,
    neq: () => sql`${column.sql} <> ${one(first)}`,
    in: () => sql`${column.sql} = any(${list()})`,
    notIn: () => sql`${column.sql} <> all(${list()})`,
    lt: () => sql`${left} < ${one(first)}`,
    lte: () => sql`${left} <= ${one(first)}`,
    gt: () => sql`${left} > ${one(first)}`,
    gte: () => sql`${left} >= ${one(first)}`,
    between: () => sql`${left} between ${one(first)} and ${one(second)}`,
    isNull: () => sql`(${column.sql} is null) = ${first as boolean}::boolean`,
  };
  const condition = operators[operator]();
  return column.nullable && operator !== 'isNull' ? sql`coalesce(${condition}, false)` : condition;
}

/** The database's type of a dimension's keys. */
export function keyType(dimension: Dimension): Sql {
  switch (dimension.kind) {
    case 'time':
      return sql`date`;
    case 'enum':
      return dimension.databaseType;
    case 'entity':
      return dimension.key === 'integer' ? sql`bigint` : sql`text`;
    default:
      return dimension satisfies never;
  }
}

/** The condition of a half-open range; nothing for an open one. */
export function renderRange(
  relation: Relation,
  range: { readonly from?: string; readonly to?: string },
): Sql {
  const from = range.from === undefined ? empty : sql` and ${relation.time} >= ${utc(range.from)}::timestamp`;
  const to = range.to === undefined ? empty : sql` and ${relation.time} < ${utc(range.to)}::timestamp`;
  return sql`${from}${to}`;
}

/** An instant in the form of a timestamp without time zone. */
function utc(instant: string): string {
  return instant.replace(/Z$/, '');
}
