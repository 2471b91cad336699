import { all, ident, join, type Sql, sql } from '../../database/sql.ts';
import type { NumberOperator, ValueCondition } from '../resolve/request.ts';

/** The SQL of a condition on numbers of a row. A comparison never matches a missing one; `not` is the complement. */
export function renderHaving(condition: ValueCondition): Sql {
  const nested = (conditions: readonly ValueCondition[]) =>
    conditions.map((each) => sql`(${renderHaving(each)})`);
  if ('all' in condition) return all(nested(condition.all));
  if ('any' in condition)
    return condition.any.length === 0 ? sql`false` : sql`(${join(nested(condition.any), sql` or `)})`;
  if ('not' in condition) return sql`not (${renderHaving(condition.not)})`;
  const value = sql`${ident(condition.column)}::float8`;
  const { operator, values } = condition;
  const one = (place: number) => sql`${values[place]!}::float8`;
  const list = () => sql`${values}::float8[]`;
  const operators: Record<NumberOperator, () => Sql> = {
    eq: () => sql`${value} = ${one(0)}`,
    neq: () => sql`${value} <> ${one(0)}`,
    in: () => sql`${value} = any(${list()})`,
    notIn: () => sql`${value} <> all(${list()})`,
    lt: () => sql`${value} < ${one(0)}`,
    lte: () => sql`${value} <= ${one(0)}`,
    gt: () => sql`${value} > ${one(0)}`,
    gte: () => sql`${value} >= ${one(0)}`,
    between: () => sql`${value} between ${one(0)} and ${one(1)}`,
    isNull: () => sql`(${value} is null) = ${values[0] as boolean}::boolean`,
  };
  return sql`coalesce(${operators[operator]()}, false)`;
}
