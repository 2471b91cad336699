import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql';
import {
  exactIdFilter,
  type Filter,
  filterOf,
  heldAt,
  type OperationContext,
  type Page,
  pageOf,
  prismaEnumFilter,
  prismaFilter,
  readAfter,
} from '../../../graphql/define.ts';
import { dimensionNamed, engagementLevelDimension } from '../../dimensions.ts';
import {
  DailyActivityPage,
  type DailyActivityRow,
  FirmUsagePage,
  type FirmUsageRow,
  UserEngagementPage,
  type UserEngagementRow,
  UserEngagementWhere,
} from './types.ts';

/** The three marts, row by row, as they are at the served version. */
@Resolver()
export class MartsResolver {
  @Query(() => UserEngagementPage, { nullable: true, description: 'Users in months with activity.' })
  async userEngagement(
    @Arg('where', () => UserEngagementWhere, { nullable: true }) where: UserEngagementWhere | undefined,
    @Arg('first', () => Int, { defaultValue: 100 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | undefined,
    @Ctx() context: OperationContext,
  ): Promise<Page<UserEngagementRow>> {
    const page = { request: `userEngagement:${JSON.stringify(where ?? null)}`, first, after };
    const last = await readAfter(context, page);
    const [month, user] = (last ?? []) as [string?, string?];
    const found = await context.engine.prisma.userEngagement.findMany({
      where: {
        AND: [
          ...prismaFilter('activityMonth', where?.month, dateOf, ['where']),
          ...prismaFilter('firmId', where?.firm, idOf, ['where']),
          ...prismaFilter('userId', where?.user, (id) => id, ['where']),
          ...prismaEnumFilter('engagementLevel', where?.engagementLevel, engagementLevelDimension),
        ],
        ...heldAt(context.version),
        ...(month !== undefined && {
          OR: [
            { activityMonth: { gt: new Date(month) } },
            { activityMonth: new Date(month), userId: { gt: user as string } },
          ],
        }),
      },
      orderBy: [{ activityMonth: 'asc' }, { userId: 'asc' }],
      take: first + 1,
    });
    const rows = found.map(({ userId, firmId, sinceVersion, untilVersion, ...row }) => ({
      ...row,
      id: `user-engagement:${context.version}:${dayOf(row.activityMonth)}:${userId}`,
      user: { id: userId },
      firm: { id: String(firmId) },
      activityMonth: dayOf(row.activityMonth),
      lastActiveDate: dayOf(row.lastActiveDate),
      engagementScore: row.engagementScore.toNumber(),
      prEngagementScore: row.prEngagementScore.toNumber(),
      ...numbers(row, [
        'numQueries',
        'numWorkflowQueries',
        'numVaultQueries',
        'numAssistantQueries',
        'numDocs',
      ]),
    }));
    return pageOf(context, page, rows, (row) => [row.activityMonth, row.user.id]);
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
  ): Promise<Page<FirmUsageRow>> {
    const page = { request: `firmUsage:${JSON.stringify(firm ?? null)}`, first, after };
    const last = await readAfter(context, page);
    const found = await context.engine.prisma.firmUsageSummary.findMany({
      where: {
        AND: [...prismaFilter('firmId', firm, idOf, ['firm'])],
        ...heldAt(context.version),
        ...(last && { OR: [{ firmId: { gt: BigInt(last[0] as string) } }] }),
      },
      orderBy: { firmId: 'asc' },
      take: first + 1,
    });
    const rows = found.map(({ firmId, sinceVersion, untilVersion, ...row }) => ({
      ...row,
      id: `firm-usage:${context.version}:${firmId}`,
      firm: { id: String(firmId) },
      firstActiveDate: row.firstActiveDate && dayOf(row.firstActiveDate),
      lastActiveDate: row.lastActiveDate && dayOf(row.lastActiveDate),
      arr: row.arr.toNumber(),
      ...numbers(row, ['numActiveUsers', 'numQueries', 'numDocs']),
    }));
    return pageOf(context, page, rows, (row) => [row.firm.id]);
  }

  @Query(() => DailyActivityPage, { nullable: true, description: 'UTC days with activity.' })
  async dailyActivity(
    @Arg('day', () => filterOf(dimensionNamed('day')), { nullable: true }) day: Filter | undefined,
    @Arg('first', () => Int, { defaultValue: 100 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | undefined,
    @Ctx() context: OperationContext,
  ): Promise<Page<DailyActivityRow>> {
    const page = { request: `dailyActivity:${JSON.stringify(day ?? null)}`, first, after };
    const last = await readAfter(context, page);
    const found = await context.engine.prisma.dailyEventSummary.findMany({
      where: {
        AND: [...prismaFilter('eventDate', day, dateOf, ['day'])],
        ...heldAt(context.version),
        ...(last && { OR: [{ eventDate: { gt: new Date(last[0] as string) } }] }),
      },
      orderBy: { eventDate: 'asc' },
      take: first + 1,
    });
    const rows = found.map(({ sinceVersion, untilVersion, ...row }) => ({
      ...row,
      id: `daily-activity:${context.version}:${dayOf(row.eventDate)}`,
      eventDate: dayOf(row.eventDate),
      ...numbers(row, ['numQueries', 'numActiveUsers', 'numActiveFirms', 'numDocs']),
      ...numbers(row, ['numAssistantQueries', 'numVaultQueries', 'numWorkflowQueries']),
    }));
    return pageOf(context, page, rows, (row) => [row.eventDate]);
  }
}

function idOf(text: string): bigint | undefined {
  return /^-?\d{1,18}$/.test(text) ? BigInt(text) : undefined;
}

function dateOf(text: string): Date {
  return new Date(`${text}T00:00:00Z`);
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** 64-bit counts as JavaScript numbers; the scalar refuses those that are not exact. */
function numbers<K extends string>(row: Readonly<Record<K, bigint>>, names: readonly K[]): Record<K, number> {
  return Object.fromEntries(names.map((name) => [name, Number(row[name])])) as Record<K, number>;
}
