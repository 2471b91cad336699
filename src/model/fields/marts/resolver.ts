import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Int, Query, Resolver } from 'type-graphql';
import {
  type Column,
  exactIdFilter,
  type Filter,
  filterOf,
  listPage,
  type OperationContext,
  type Page,
  pageRequest,
  pathOf,
  prismaFilter,
} from '../../../graphql/define.ts';
import { dimensionNamed } from '../../dimensions.ts';
import {
  DailyActivityPage,
  type DailyActivityRow,
  FirmUsagePage,
  type FirmUsageRow,
  UserEngagementPage,
  type UserEngagementRow,
  UserEngagementWhere,
} from './types.ts';

/** The columns that hold dimensions, in every mart that has them. */
const COLUMNS = {
  day: ['eventDate', 'date'],
  month: ['activityMonth', 'date'],
  firm: ['firmId', 'integer'],
  user: ['userId', 'text'],
  engagement_level: ['engagementLevel', 'text'],
} as const satisfies Readonly<Record<string, Column>>;

const QUERIES_BY_TYPE = ['numAssistantQueries', 'numVaultQueries', 'numWorkflowQueries'] as const;

/** The three marts, row by row, as they are at the served version. */
@Resolver()
export class MartsResolver {
  @Query(() => UserEngagementPage, { nullable: true, description: 'Users in months with activity.' })
  async userEngagement(
    @Arg('where', () => UserEngagementWhere, { nullable: true }) where: UserEngagementWhere | undefined,
    @Arg('first', () => Int, { defaultValue: 100 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | undefined,
    @Ctx() context: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page<UserEngagementRow>> {
    const { engine, catalog, version } = context;
    return listPage(context, pageRequest(info, { first, after }, where), {
      find: (query) => engine.prisma.userEngagement.findMany(query),
      key: [COLUMNS.month, COLUMNS.user],
      filter: prismaFilter(catalog, { ...where }, COLUMNS, [...pathOf(info), 'where']),
      show: ({ userId, firmId, sinceVersion, untilVersion, ...row }) => ({
        ...row,
        id: `user-engagement:${version}:${dayOf(row.activityMonth)}:${userId}`,
        user: { id: userId },
        firm: { id: String(firmId) },
        activityMonth: dayOf(row.activityMonth),
        lastActiveDate: dayOf(row.lastActiveDate),
        engagementScore: row.engagementScore.toNumber(),
        prEngagementScore: row.prEngagementScore.toNumber(),
        ...numbers(row, ['numQueries', 'numDocs', ...QUERIES_BY_TYPE]),
      }),
    });
  }

  @Query(() => FirmUsagePage, {
    nullable: true,
    description: 'Firms over all history, those without events included.',
  })
  async firmUsage(
    @Arg('firm', () => exactIdFilter, { nullable: true }) firm: Filter | undefined,
    @Arg('first', () => Int, { defaultValue: 100 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | undefined,
    @Ctx() context: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page<FirmUsageRow>> {
    const { engine, catalog, version } = context;
    return listPage(context, pageRequest(info, { first, after }, firm), {
      find: (query) => engine.prisma.firmUsageSummary.findMany(query),
      key: [COLUMNS.firm],
      filter: prismaFilter(catalog, { firm }, COLUMNS, pathOf(info)),
      show: ({ firmId, sinceVersion, untilVersion, ...row }) => ({
        ...row,
        id: `firm-usage:${version}:${firmId}`,
        firm: { id: String(firmId) },
        firstActiveDate: row.firstActiveDate && dayOf(row.firstActiveDate),
        lastActiveDate: row.lastActiveDate && dayOf(row.lastActiveDate),
        arr: row.arr.toNumber(),
        ...numbers(row, ['numActiveUsers', 'numQueries', 'numDocs']),
      }),
    });
  }

  @Query(() => DailyActivityPage, { nullable: true, description: 'UTC days with activity.' })
  async dailyActivity(
    @Arg('day', () => filterOf(dimensionNamed('day')), { nullable: true }) day: Filter | undefined,
    @Arg('first', () => Int, { defaultValue: 100 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | undefined,
    @Ctx() context: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page<DailyActivityRow>> {
    const { engine, catalog, version } = context;
    return listPage(context, pageRequest(info, { first, after }, day), {
      find: (query) => engine.prisma.dailyEventSummary.findMany(query),
      key: [COLUMNS.day],
      filter: prismaFilter(catalog, { day }, COLUMNS, pathOf(info)),
      show: ({ sinceVersion, untilVersion, ...row }) => ({
        ...row,
        id: `daily-activity:${version}:${dayOf(row.eventDate)}`,
        eventDate: dayOf(row.eventDate),
        ...numbers(row, ['numQueries', 'numActiveUsers', 'numActiveFirms', 'numDocs', ...QUERIES_BY_TYPE]),
      }),
    });
  }
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** 64-bit counts as JavaScript numbers; the scalar refuses those that are not exact. */
function numbers<K extends string>(row: Readonly<Record<K, bigint>>, names: readonly K[]): Record<K, number> {
  return Object.fromEntries(names.map((name) => [name, Number(row[name])])) as Record<K, number>;
}
