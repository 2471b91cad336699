import { GraphQLSafeInt } from 'graphql-scalars';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { DateScalar } from '../../../graphql/define.ts';
import type { Compared } from './overlap-statement.ts';

export const PowerUserOverlapPart = { BOTH: 'BOTH', ONLY_A: 'ONLY_A', ONLY_B: 'ONLY_B' } as const;
registerEnumType(PowerUserOverlapPart, {
  name: 'PowerUserOverlapPart',
  description: 'By which of two definitions someone is a power user.',
  valuesConfig: {
    BOTH: { description: 'By both.' },
    ONLY_A: { description: 'By `a` and not by `b`.' },
    ONLY_B: { description: 'By `b` and not by `a`.' },
  },
});

@ObjectType({
  simpleResolvers: true,
  description: 'How many are power users by which of two definitions; the four add up to the population.',
})
export class PowerUserOverlapCounts {
  @Field(() => GraphQLSafeInt)
  both!: number;

  @Field(() => GraphQLSafeInt)
  onlyA!: number;

  @Field(() => GraphQLSafeInt)
  onlyB!: number;

  @Field(() => GraphQLSafeInt)
  neither!: number;
}

@ObjectType({ simpleResolvers: true, description: 'Two definitions of a power user compared in one month.' })
export class PowerUserOverlapMonth {
  @Field(() => DateScalar)
  month!: string;

  @Field(() => PowerUserOverlapCounts, { description: 'Users active in the month, each once.' })
  records!: PowerUserOverlapCounts;
}

@ObjectType({ description: 'Two definitions of a power user, compared on one population.' })
export class PowerUserOverlap {
  @Field(() => ID)
  id!: string;

  @Field(() => PowerUserOverlapCounts, { description: 'User-months.' })
  records!: PowerUserOverlapCounts;

  @Field(() => PowerUserOverlapCounts, {
    description:
      'Distinct users. A power user by a definition is who is one in at least one month, so those of `both` may be so in different months.',
  })
  distinctUsers!: PowerUserOverlapCounts;

  @Field(() => [PowerUserOverlapMonth], { description: 'Every month with activity.' })
  byMonth!: readonly PowerUserOverlapMonth[];

  /** What is compared, for the lists below. */
  compared!: Compared;
}
