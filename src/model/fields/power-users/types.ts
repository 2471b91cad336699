import { GraphQLSafeInt } from 'graphql-scalars';
import { Field, Float, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { DateScalar, Direction, enumOf, PageInfo } from '../../../graphql/define.ts';
import { engagementLevelDimension } from '../../dimensions.ts';
import { Firm, User } from '../entities.ts';
import { SORT_COLUMNS, type SortName } from './statement.ts';

export const SortBy = Object.fromEntries(Object.keys(SORT_COLUMNS).map((name) => [name, name]));
registerEnumType(SortBy, { name: 'PowerUserSort', description: 'What power users are sorted by.' });

@InputType()
export class PowerUserOrder {
  @Field(() => SortBy)
  by!: SortName;

  @Field(() => Direction, { defaultValue: 'ASC' })
  direction!: 'ASC' | 'DESC';
}

const count = { description: 'Number in the month.' };

@ObjectType({ simpleResolvers: true, description: 'A user in a month in which they are a power user.' })
export class PowerUserRow {
  @Field(() => ID)
  id!: string;

  @Field(() => DateScalar)
  month!: string;

  @Field(() => User)
  user!: User;

  @Field(() => Firm, {
    description: 'The firm with most of their queries in the month; of a tie the lower id.',
  })
  firm!: Firm;

  @Field(() => Float, { description: 'From 0 to 1.' })
  engagementScore!: number;

  @Field(() => Float, { description: 'Percent rank of the engagement score within the month.' })
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

  @Field(() => GraphQLSafeInt, { description: 'Event types used in the month, 1 to 3.' })
  numInteractionTypesUsed!: number;

  @Field(() => Boolean, { description: 'Whether the user was active in the month before as well.' })
  activeTwoConsecutiveMonths!: boolean;

  @Field(() => Boolean)
  used2plusInteractionTypes!: boolean;
}

@ObjectType({ simpleResolvers: true, description: 'Power users of one month.' })
export class PowerUserMonth {
  @Field(() => DateScalar)
  month!: string;

  @Field(() => GraphQLSafeInt, { description: 'Power users of the month.' })
  records!: number;

  @Field(() => GraphQLSafeInt, { description: 'Users active in the month.' })
  activeUsers!: number;

  @Field(() => Float, { nullable: true, description: 'records ÷ activeUsers.' })
  rate!: number | null;
}

@ObjectType({
  simpleResolvers: true,
  description: 'Numbers over everything that passes the filter and the range.',
})
export class PowerUserSummary {
  @Field(() => GraphQLSafeInt, { description: 'User-months that qualify.' })
  records!: number;

  @Field(() => GraphQLSafeInt, { description: 'Users with at least one of them.' })
  distinctUsers!: number;

  @Field(() => GraphQLSafeInt, { description: 'Users who were active at all.' })
  activeUsers!: number;

  @Field(() => Float, { nullable: true, description: 'distinctUsers ÷ activeUsers.' })
  rate!: number | null;

  @Field(() => [PowerUserMonth], { description: 'Every month with activity.' })
  byMonth!: readonly PowerUserMonth[];
}

@ObjectType({ simpleResolvers: true, description: 'Power users, and numbers of them.' })
export class PowerUsersResult {
  @Field(() => ID)
  id!: string;

  @Field(() => [PowerUserRow])
  rows!: readonly PowerUserRow[];

  @Field(() => PowerUserSummary)
  summary!: PowerUserSummary;

  @Field(() => PageInfo)
  pageInfo!: PageInfo;
}
