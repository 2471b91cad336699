import { all, type Sql, sql } from '../../../query/define.ts';
import type { UserMonthNumber } from './numbers.ts';

/** A filter on a number as a client writes it; every operator given must hold. */
export interface NumberFilter {
  readonly eq?: number | null;
  readonly neq?: number | null;
  readonly in?: readonly number[] | null;
  readonly notIn?: readonly number[] | null;
  readonly lt?: number | null;
  readonly lte?: number | null;
  readonly gt?: number | null;
  readonly gte?: number | null;
  readonly between?: { readonly from: number; readonly to: number } | null;
  readonly isNull?: boolean | null;
}

/** The condition that a number of a user-month passes a filter. */
export function passes({ column, type }: UserMonthNumber, filter: NumberFilter): Sql {
  const one = (value: number) => sql`${value}::${type}`;
  const list = (values: readonly number[]) => sql`${values}::${type}[]`;
  const { eq, neq, notIn, lt, lte, gt, gte, between, isNull } = filter;
  return all([
    ...ifGiven(eq, (value) => sql`${column} = ${one(value)}`),
    ...ifGiven(neq, (value) => sql`${column} <> ${one(value)}`),
    ...ifGiven(filter.in, (values) => sql`${column} = any(${list(values)})`),
    ...ifGiven(notIn, (values) => sql`${column} <> all(${list(values)})`),
    ...ifGiven(lt, (value) => sql`${column} < ${one(value)}`),
    ...ifGiven(lte, (value) => sql`${column} <= ${one(value)}`),
    ...ifGiven(gt, (value) => sql`${column} > ${one(value)}`),
    ...ifGiven(gte, (value) => sql`${column} >= ${one(value)}`),
    ...ifGiven(between, ({ from, to }) => sql`${column} between ${one(from)} and ${one(to)}`),
    ...ifGiven(isNull, (missing) => sql`(${column} is null) = ${missing}::boolean`),
  ]);
}

function ifGiven<T>(value: T | null | undefined, render: (value: T) => Sql): readonly Sql[] {
  return value === null || value === undefined ? [] : [render(value)];
}
