import { GraphQLSafeInt } from 'graphql-scalars';
import { Field, Float, ID, InputType, ObjectType } from 'type-graphql';
import {
  DateScalar,
  enumOf,
  exactIdFilter,
  type Filter,
  filterOf,
  PageInfo,
} from '../../../graphql/define.ts';
import { dimensionNamed, engagementLevelDimension } from '../../dimensions.ts';
import { Firm, User } from '../entities.ts';

const count = (description: string) => ({ description });
const mean = (description: string) => ({ description, nullable: true });

@InputType({ description: 'Every field given must hold.' })
export class UserEngagementWhere {
  @Field(() => filterOf(dimensionNamed('month')), { nullable: true })
  month?: Filter;

  @Field(() => exactIdFilter, {
    nullable: true,
    description: 'The main firm of the month.',
  })
  firm?: Filter;

  @Field(() => exactIdFilter, { nullable: true })
  user?: Filter;

  @Field(() => filterOf(engagementLevelDimension), { nullable: true })
  engagementLevel?: Filter;
}

@ObjectType({ simpleResolvers: true, description: 'A user in a month with activity: mart.user_engagement.' })
export class UserEngagementRow {
  @Field(() => ID)
  id!: string;

  @Field(() => DateScalar)
  activityMonth!: string;

  @Field(() => User)
  user!: User;

  @Field(() => Firm, {
    description: 'The firm with most of the queries of the month; of a tie the lower id.',
  })
  firm!: Firm;

  @Field(() => GraphQLSafeInt, count('UTC days with a query.'))
  numActiveDays!: number;

  @Field(() => GraphQLSafeInt, count('Queries.'))
  numQueries!: number;

  @Field(() => GraphQLSafeInt, count('Queries of event type WORKFLOW.'))
  numWorkflowQueries!: number;

  @Field(() => GraphQLSafeInt, count('Queries of event type VAULT.'))
  numVaultQueries!: number;

  @Field(() => GraphQLSafeInt, count('Queries of event type ASSISTANT.'))
  numAssistantQueries!: number;

  @Field(() => Float, { description: 'Queries ÷ active days.' })
  avgQueriesPerActiveDay!: number;

  @Field(() => GraphQLSafeInt, count('Documents.'))
  numDocs!: number;

  @Field(() => Float, { description: 'Documents ÷ queries.' })
  avgDocsPerQuery!: number;

  @Field(() => Float, { description: 'From 1 to 5.' })
  avgFeedbackScore!: number;

  @Field(() => DateScalar)
  lastActiveDate!: string;

  @Field(() => Float, { description: 'From 0 to 1, to 12 decimals.' })
  engagementScore!: number;

  @Field(() => Float, { description: 'Percent rank of the engagement score within the month.' })
  prEngagementScore!: number;

  @Field(() => enumOf(engagementLevelDimension))
  engagementLevel!: string;
}

@ObjectType({ simpleResolvers: true, description: 'A firm over all history: mart.firm_usage_summary.' })
export class FirmUsageRow {
  @Field(() => ID)
  id!: string;

  @Field(() => Firm)
  firm!: Firm;

  @Field(() => GraphQLSafeInt, count('UTC days with a query.'))
  numActiveDays!: number;

  @Field(() => GraphQLSafeInt, count('Users with a query.'))
  numActiveUsers!: number;

  @Field(() => GraphQLSafeInt, count('Queries.'))
  numQueries!: number;

  @Field(() => GraphQLSafeInt, count('Documents.'))
  numDocs!: number;

  @Field(() => Float, mean('From 1 to 5; null without queries.'))
  avgFeedbackScore!: number | null;

  @Field(() => Float, mean('Queries ÷ active days.'))
  avgQueriesPerActiveDay!: number | null;

  @Field(() => Float, mean('Queries ÷ active users.'))
  avgQueriesPerActiveUser!: number | null;

  @Field(() => DateScalar, { nullable: true })
  firstActiveDate!: string | null;

  @Field(() => DateScalar, { nullable: true })
  lastActiveDate!: string | null;

  @Field(() => GraphQLSafeInt, { description: 'Seats that were provisioned; the current value.' })
  firmSize!: number;

  @Field(() => Float, { description: 'Annual recurring revenue in USD; the current value.' })
  arr!: number;

  @Field(() => Float, mean('ARR in USD ÷ active users; null without any.'))
  arrPerUser!: number | null;
}

@ObjectType({ simpleResolvers: true, description: 'A UTC day with activity: mart.daily_event_summary.' })
export class DailyActivityRow {
  @Field(() => ID)
  id!: string;

  @Field(() => DateScalar)
  eventDate!: string;

  @Field(() => GraphQLSafeInt, count('Queries.'))
  numQueries!: number;

  @Field(() => GraphQLSafeInt, count('Users with a query.'))
  numActiveUsers!: number;

  @Field(() => GraphQLSafeInt, count('Firms with a query.'))
  numActiveFirms!: number;

  @Field(() => GraphQLSafeInt, count('Documents.'))
  numDocs!: number;

  @Field(() => Float, { description: 'From 1 to 5.' })
  avgFeedbackScore!: number;

  @Field(() => GraphQLSafeInt, count('Queries of event type ASSISTANT.'))
  numAssistantQueries!: number;

  @Field(() => GraphQLSafeInt, count('Queries of event type VAULT.'))
  numVaultQueries!: number;

  @Field(() => GraphQLSafeInt, count('Queries of event type WORKFLOW.'))
  numWorkflowQueries!: number;
}

@ObjectType({ simpleResolvers: true, description: 'By month, then user.' })
export class UserEngagementPage {
  @Field(() => [UserEngagementRow])
  rows!: readonly UserEngagementRow[];

  @Field(() => PageInfo)
  pageInfo!: PageInfo;
}

@ObjectType({ simpleResolvers: true, description: 'By firm.' })
export class FirmUsagePage {
  @Field(() => [FirmUsageRow])
  rows!: readonly FirmUsageRow[];

  @Field(() => PageInfo)
  pageInfo!: PageInfo;
}

@ObjectType({ simpleResolvers: true, description: 'By day.' })
export class DailyActivityPage {
  @Field(() => [DailyActivityRow])
  rows!: readonly DailyActivityRow[];

  @Field(() => PageInfo)
  pageInfo!: PageInfo;
}
