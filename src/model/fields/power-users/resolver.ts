import type { GraphQLResolveInfo } from 'graphql';
import { Arg, type ClassType, Ctx, Info, Int, Query, Resolver } from 'type-graphql';
import {
  fieldsOf,
  modelInputs,
  type OperationContext,
  type PageRequest,
  pageId,
  pageOf,
  pageRequest,
  pathOf,
  readAfter,
  TimeRangeInput,
} from '../../../graphql/define.ts';
import {
  type CursorValue,
  type Model,
  Problems,
  prepared,
  type Question,
  type Row,
  resolve,
  type TimeRange,
  type Where,
} from '../../../query/define.ts';
import { checkDefinition, PowerUserDefinition, USUAL } from './definition.ts';
import { type Population, rowsStatement, type SortName, summaryStatement } from './statement.ts';
import { PowerUserOrder, type PowerUserRow, type PowerUserSummary, PowerUsersResult } from './types.ts';

const DESCRIPTION =
  'Users in months in which they are power users. Ranks, streaks and levels are those of the whole platform: a filter picks from the power users and never makes one. A firm matches every month in which the user was active there.';

/** The resolver of `powerUsers`, whose filter is the model's. */
export function powerUsersResolver(model: Model): ClassType {
  const { where: whereType } = modelInputs(model);

  @Resolver()
  class PowerUsersResolver {
    @Query(() => PowerUsersResult, { nullable: true, description: DESCRIPTION })
    async powerUsers(
      @Arg('where', () => whereType, { nullable: true }) where: Where | undefined,
      @Arg('timeRange', () => TimeRangeInput, { nullable: true }) timeRange: TimeRange | undefined,
      @Arg('definition', () => PowerUserDefinition, { nullable: true }) definition:
        | PowerUserDefinition
        | undefined,
      @Arg('orderBy', () => [PowerUserOrder], {
        defaultValue: [],
        description: 'By default month, then best first.',
      })
      orderBy: readonly PowerUserOrder[],
      @Arg('first', () => Int, { defaultValue: 100 }) first: number,
      @Arg('after', () => String, { nullable: true }) after: string | undefined,
      @Ctx() context: OperationContext,
      @Info() info: GraphQLResolveInfo,
    ): Promise<Partial<PowerUsersResult>> {
      const given = definition ?? USUAL;
      const question = resolveQuestion(context, { where, timeRange, first }, given, info);
      const { catalog, version } = context;
      const population = { catalog, version, question, definition: given };
      const page = pageRequest(info, { first, after }, { where, timeRange, given, orderBy });
      const last = await readAfter(context, page);
      const selected = fieldsOf(info, info.fieldNodes).map(({ name }) => name);
      const wantsRows = selected.includes('rows') || selected.includes('pageInfo');
      const [rows, summary] = await Promise.all([
        wantsRows ? readPage(context, population, orderBy, page, last) : {},
        selected.includes('summary') ? readSummary(context, population) : undefined,
      ]);
      return { id: pageId(context, page), ...rows, ...(summary && { summary }) };
    }
  }
  return PowerUsersResolver;
}

/** Checks filter, range and definition together: power users have a meaning where their count has. */
function resolveQuestion(
  { catalog, served }: OperationContext,
  { where, timeRange, first }: { where: Where | undefined; timeRange: TimeRange | undefined; first: number },
  definition: PowerUserDefinition,
  info: GraphQLResolveInfo,
): Question {
  const path = pathOf(info);
  const problems = new Problems();
  checkDefinition(definition, [...path, 'definition'], problems);
  const selection = {
    rows: true,
    dimensions: [],
    metrics: [{ name: 'num_power_users', path }],
    totals: false,
    totalMetrics: [],
    totalCount: false,
  };
  const request = { groupBy: [], where, timeRange, orderBy: [], first };
  return resolve(catalog, request, selection, served.record?.asOf, path, problems);
}

const DEFAULT_ORDER: readonly PowerUserOrder[] = [
  { by: 'MONTH', direction: 'ASC' },
  { by: 'ENGAGEMENT_SCORE', direction: 'DESC' },
];

async function readPage(
  context: OperationContext,
  population: Population,
  orderBy: readonly PowerUserOrder[],
  page: PageRequest,
  after: readonly CursorValue[] | undefined,
) {
  const asked = orderBy.length > 0 ? orderBy : DEFAULT_ORDER;
  const ties = (['MONTH', 'USER'] as const).filter((by) => !asked.some((term) => term.by === by));
  const sort = [...asked, ...ties.map((by) => ({ by, direction: 'ASC' }) as const)];
  const rows = await context.engine.read(prepared(rowsStatement(population, sort, page.first, after)));
  const made = pageOf(context, page, rows, (row) =>
    sort.map(({ by }) => row[SORT_CELLS[by]] as string | number),
  );
  return { rows: made.rows.map((row) => decodeRow(context.version, row)), pageInfo: made.pageInfo };
}

/** Where a sorted column is in the answer. */
const SORT_CELLS: Readonly<Record<SortName, number>> = {
  MONTH: 0,
  USER: 1,
  ENGAGEMENT_SCORE: 3,
  NUM_QUERIES: 7,
  NUM_DOCS: 12,
};

function decodeRow(version: number, row: Row): PowerUserRow {
  const [month, userId, firmId, score, percentRank, level, days, queries, assistant, vault, workflow] = row;
  const [queriesPerDay, docs, docsPerQuery, feedback, lastDate, types, consecutive, twoTypes] = row.slice(11);
  return {
    id: `power-user:${version}:${month}:${userId}`,
    month: month as string,
    user: { id: userId as string },
    firm: { id: String(firmId) },
    engagementScore: Number(score),
    prEngagementScore: percentRank as number,
    engagementLevel: level as string,
    numActiveDays: days as number,
    numQueries: queries as number,
    numAssistantQueries: assistant as number,
    numVaultQueries: vault as number,
    numWorkflowQueries: workflow as number,
    avgQueriesPerActiveDay: queriesPerDay as number,
    numDocs: docs as number,
    avgDocsPerQuery: docsPerQuery as number,
    avgFeedbackScore: feedback as number,
    lastActiveDate: lastDate as string,
    numInteractionTypesUsed: types as number,
    activeTwoConsecutiveMonths: consecutive as boolean,
    used2plusInteractionTypes: twoTypes as boolean,
  };
}

async function readSummary({ engine }: OperationContext, population: Population): Promise<PowerUserSummary> {
  const [all, ...months] = await engine.read(prepared(summaryStatement(population)));
  const [, records, distinctUsers, activeUsers] = all as unknown as [null, number, number, number];
  const rate = (part: number, whole: number) => (whole === 0 ? null : part / whole);
  return {
    records,
    distinctUsers,
    activeUsers,
    rate: rate(distinctUsers, activeUsers),
    byMonth: months.map((row) => {
      const [month, own, , active] = row as unknown as [string, number, number, number];
      return { month, records: own, activeUsers: active, rate: rate(own, active) };
    }),
  };
}
