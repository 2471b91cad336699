import { GraphQLSafeInt } from 'graphql-scalars';
import { Field, Float, ID, ObjectType, registerEnumType } from 'type-graphql';
import { DateScalar, enumOf, PageInfo } from '../../../graphql/define.ts';
import { engagementLevelDimension } from '../../dimensions.ts';
import { Firm, User } from '../entities.ts';
import { PowerUserDefinitionName } from './definition.ts';
import type { DefinitionName } from './rules.ts';
import type { Transition } from './statement.ts';

export const PowerUserTransition = { KEPT: 'KEPT', GAINED: 'GAINED', LOST: 'LOST' } as const;
registerEnumType(PowerUserTransition, {
  name: 'PowerUserTransition',
  description: 'What became of a power user against the calendar month before.',
  valuesConfig: {
    KEPT: { description: 'A power user in the month and in the month before.' },
    GAINED: { description: 'A power user in the month, and not in the month before.' },
    LOST: {
      description:
        'A power user in the month before, and not in the month: active in it or not. Nobody is lost in a month that begins after as-of, of which nothing is known yet.',
    },
  },
});

const count = { description: 'Number in the activity month.' };

@ObjectType({
  simpleResolvers: true,
  description: 'A user in a month in which they are a power user, or, of transition LOST, no longer are.',
})
export class PowerUserRow {
  @Field(() => ID)
  id!: string;

  @Field(() => DateScalar)
  month!: string;

  @Field(() => PowerUserTransition)
  transition!: Transition;

  @Field(() => Boolean, { description: 'Whether the user was active in the month; may be false for LOST.' })
  isActive!: boolean;

  @Field(() => DateScalar, {
    description:
      'The month in which they qualified, which firm and numbers are of: the month itself; of LOST the one before.',
  })
  activityMonth!: string;

  @Field(() => User)
  user!: User;

  @Field(() => Firm, {
    description: 'The firm with most of their queries in the activity month; of a tie the lower id.',
  })
  firm!: Firm;

  @Field(() => Float, { description: 'From 0 to 1.' })
  engagementScore!: number;

  @Field(() => Float, { description: 'Percent rank of the engagement score within the activity month.' })
  prEngagementScore!: number;

  @Field(() => enumOf(engagementLevelDimension))
  engagementLevel!: string;

  @Field(() => GraphQLSafeInt, count)
  numActiveDays!: number;

  @Field(() => GraphQLSafeInt, count)
  numQueries!: number;

  @Field(() => GraphQLSafeInt, count)
  numAssistantQueries!: number;

  @Field(() => GraphQLSafeInt, count)
  numVaultQueries!: number;

  @Field(() => GraphQLSafeInt, count)
  numWorkflowQueries!: number;

  @Field(() => Float)
  avgQueriesPerActiveDay!: number;

  @Field(() => GraphQLSafeInt, count)
  numDocs!: number;

  @Field(() => Float)
  avgDocsPerQuery!: number;

  @Field(() => Float, { description: 'From 1 to 5.' })
  avgFeedbackScore!: number;

  @Field(() => DateScalar)
  lastActiveDate!: string;

  @Field(() => GraphQLSafeInt, { description: 'Event types used in the activity month, 1 to 3.' })
  numInteractionTypesUsed!: number;

  @Field(() => Boolean, {
    description: 'Whether the user was active in the month before the activity month as well.',
  })
  activeTwoConsecutiveMonths!: boolean;

  @Field(() => Boolean)
  used2plusInteractionTypes!: boolean;
}

const TRANSITIONS = {
  kept: 'Power users of the month before as well.',
  gained: 'Power users who were not in the month before.',
  lost: 'Power users of the month before who are not in the month.',
};

@ObjectType({ simpleResolvers: true, description: 'Power users of one month.' })
export class PowerUserMonth {
  @Field(() => DateScalar)
  month!: string;

  @Field(() => GraphQLSafeInt, { description: 'Power users of the month: kept and gained.' })
  records!: number;

  @Field(() => GraphQLSafeInt, { description: 'Users active in the month.' })
  activeUsers!: number;

  @Field(() => Float, { nullable: true, description: 'records ÷ activeUsers; null when nobody was active.' })
  rate!: number | null;

  @Field(() => GraphQLSafeInt, { description: TRANSITIONS.kept })
  kept!: number;

  @Field(() => GraphQLSafeInt, { description: TRANSITIONS.gained })
  gained!: number;

  @Field(() => GraphQLSafeInt, { description: TRANSITIONS.lost })
  lost!: number;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'Numbers over everything that passes the filter and the range, whichever transition is asked for: it picks rows only.',
})
export class PowerUserSummary {
  @Field(() => GraphQLSafeInt, { description: 'User-months that qualify: kept and gained.' })
  records!: number;

  @Field(() => GraphQLSafeInt, { description: 'Users with at least one of them.' })
  distinctUsers!: number;

  @Field(() => GraphQLSafeInt, { description: 'Users who were active at all.' })
  activeUsers!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'distinctUsers ÷ activeUsers; null when nobody was active.',
  })
  rate!: number | null;

  @Field(() => GraphQLSafeInt, { description: `Sum of the months. ${TRANSITIONS.kept}` })
  kept!: number;

  @Field(() => GraphQLSafeInt, { description: `Sum of the months. ${TRANSITIONS.gained}` })
  gained!: number;

  @Field(() => GraphQLSafeInt, { description: `Sum of the months. ${TRANSITIONS.lost}` })
  lost!: number;

  @Field(() => [PowerUserMonth], { description: 'Every month in which somebody was active or is lost.' })
  byMonth!: readonly PowerUserMonth[];
}

@ObjectType({ simpleResolvers: true, description: 'Power users, and numbers of them.' })
export class PowerUsersResult {
  @Field(() => ID)
  id!: string;

  @Field(() => [PowerUserRow])
  rows!: readonly PowerUserRow[];

  @Field(() => GraphQLSafeInt, { description: 'Rows of all pages.' })
  totalCount!: number;

  @Field(() => PowerUserSummary)
  summary!: PowerUserSummary;

  @Field(() => PageInfo)
  pageInfo!: PageInfo;
}

@ObjectType({ simpleResolvers: true, description: 'A definition of a power user that goes by a name.' })
export class NamedPowerUserDefinition {
  @Field(() => PowerUserDefinitionName, { description: 'What definition.named takes.' })
  name!: DefinitionName;

  @Field(() => String, { description: 'Its rules, in words.' })
  description!: string;
}
