import { GraphQLJSON, GraphQLSafeInt } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import type { Statement } from '../../database/engine.ts';
import { hash } from '../../query/reading/identity.ts';
import type { Range } from '../../query/time/wall.ts';
import { DateTimeScalar, TimePointScalar } from '../scalars.ts';
import { TimeZoneScalar } from '../time-zone.ts';
import { AnsweringRelation } from './relations.ts';

@ObjectType({
  simpleResolvers: true,
  description:
    'The half-open range of time that was answered. Without a timeRange it is from the first event to as-of, with what happened at as-of itself; null where there are no events.',
})
export class ResolvedRange {
  @Field(() => ID)
  id!: string;

  @Field(() => TimePointScalar, {
    nullable: true,
    description: 'An instant in UTC; with a time zone, a time on its clocks.',
  })
  from?: string | undefined;

  @Field(() => TimePointScalar, { nullable: true, description: 'Excluded.' })
  to?: string | undefined;
}

@ObjectType({ simpleResolvers: true, description: 'How an answer came about.' })
export class ResultMeta {
  @Field(() => ID)
  id!: string;

  @Field(() => GraphQLSafeInt, { description: 'The version of the data that the whole answer is of.' })
  dataVersion!: number;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Up to when the data reach; null before the first build.',
  })
  asOf?: string | undefined;

  @Field(() => ResolvedRange)
  range!: ResolvedRange;

  @Field(() => TimeZoneScalar, {
    nullable: true,
    description: 'Whose days and months these are; null for UTC.',
  })
  timeZone?: string | null | undefined;

  @Field(() => [AnsweringRelation])
  rollup!: readonly AnsweringRelation[];

  @Field(() => Boolean, {
    description:
      'Whether the numbers were in memory, or being read for another request. Answers that tell it are not kept whole.',
  })
  cacheHit!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'The statement that was run, for viewers who may see it; null where none was needed.',
  })
  sql?: string | undefined;

  @Field(() => GraphQLJSON, { nullable: true, description: 'The values of its parameters, $1 first.' })
  parameters?: readonly unknown[] | undefined;
}

/** A range as it is shown: instants in UTC, or times on the clocks of a time zone. */
export function showRange({ from, to }: Range, timeZone: string | null | undefined): ResolvedRange {
  const show = (end: string | undefined) => end && `${end.replace(/\.0+$/, '')}${timeZone ? '' : 'Z'}`;
  const shown = { from: show(from), to: show(to) };
  return { id: hash(shown), ...shown };
}

/** Parameters as JSON can hold them. */
export function showParameters({ values }: Statement): readonly unknown[] {
  return JSON.parse(
    JSON.stringify(values, (_, value) => (typeof value === 'bigint' ? String(value) : value)),
  );
}
