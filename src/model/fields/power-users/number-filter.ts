import { Field, Float, InputType } from 'type-graphql';
import { all, type Sql, sql } from '../../../query/define.ts';
import type { UserMonthNumber } from './numbers.ts';

@InputType('NumberFilterBetween', { description: 'Both ends are included.' })
class NumbersBetween {
  @Field(() => Float)
  from!: number;

  @Field(() => Float)
  to!: number;
}

const optional = { nullable: true };

@InputType({
  description: 'Numbers. Every operator given must hold; a comparison never matches a missing value.',
})
export class NumberFilter {
  @Field(() => Float, optional)
  eq?: number | null;

  @Field(() => Float, optional)
  neq?: number | null;

  @Field(() => [Float], optional)
  in?: readonly number[] | null;

  @Field(() => [Float], optional)
  notIn?: readonly number[] | null;

  @Field(() => Float, optional)
  lt?: number | null;

  @Field(() => Float, optional)
  lte?: number | null;

  @Field(() => Float, optional)
  gt?: number | null;

  @Field(() => Float, optional)
  gte?: number | null;

  @Field(() => NumbersBetween, optional)
  between?: NumbersBetween | null;

  @Field(() => Boolean, optional)
  isNull?: boolean | null;
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
