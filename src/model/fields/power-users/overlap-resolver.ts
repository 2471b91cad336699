import type { GraphQLResolveInfo } from 'graphql';
import { Arg, type ClassType, Ctx, FieldResolver, Info, Int, Query, Resolver, Root } from 'type-graphql';
import {
  fieldsBelow,
  fieldsOf,
  modelInputs,
  type OperationContext,
  type Page,
  type PageRequest,
  pageRequest,
  pathOf,
  readAfter,
  TimeRangeInput,
} from '../../../graphql/define.ts';
import {
  hash,
  type Model,
  Problems,
  prepared,
  type Row,
  type TimeRange,
  type Where,
} from '../../../query/define.ts';
import { UserPage } from '../directory.ts';
import type { User } from '../entities.ts';
import { UserEngagementPage, type UserEngagementRow } from '../marts/types.ts';
import { PowerUserDefinition } from './definition.ts';
import { compileList, type List, readList } from './list.ts';
import {
  type Compared,
  type OverlapPart,
  overlapRecords,
  overlapStatement,
  overlapUsers,
} from './overlap-statement.ts';
import { PowerUserOverlap, type PowerUserOverlapCounts, PowerUserOverlapPart } from './overlap-types.ts';
import { resolvePopulation } from './population.ts';
import { resolveRules } from './resolve-rules.ts';
import { columnsOf, showUserMonth } from './show.ts';

const DESCRIPTION =
  'Two definitions of a power user, compared on the user-months that pass a filter and a range: who is one by both, by one alone, by neither.';
const COUNTS = ['records', 'distinctUsers', 'byMonth'];

/** The resolver of `comparePowerUserDefinitions`, whose filter is the model's. */
export function comparePowerUsersResolver(model: Model): ClassType {
  const { where: whereType } = modelInputs(model);

  @Resolver()
  class ComparePowerUsersResolver {
    @Query(() => PowerUserOverlap, { nullable: true, description: DESCRIPTION })
    async comparePowerUserDefinitions(
      @Arg('a', () => PowerUserDefinition, {
        nullable: true,
        description: 'The definition named USUAL without it.',
      })
      a: PowerUserDefinition | undefined,
      @Arg('b', () => PowerUserDefinition) b: PowerUserDefinition,
      @Arg('where', () => whereType, { nullable: true }) where: Where | undefined,
      @Arg('timeRange', () => TimeRangeInput, { nullable: true }) timeRange: TimeRange | undefined,
      @Ctx() context: OperationContext,
      @Info() info: GraphQLResolveInfo,
    ): Promise<Partial<PowerUserOverlap>> {
      const path = pathOf(info);
      const problems = new Problems();
      const rules = {
        a: resolveRules(a, [...path, 'a'], problems),
        b: resolveRules(b, [...path, 'b'], problems),
      };
      const population = resolvePopulation(context, { where, timeRange }, path, problems);
      const { request } = pageRequest(info, { first: 1 }, { where, timeRange, rules });
      const compared = { ...rules, population, request };
      const wantsCounts = fieldsOf(info, info.fieldNodes).some(({ name }) => COUNTS.includes(name));
      return {
        id: hash([context.version, request]),
        compared,
        ...(wantsCounts && (await readCounts(context, compared))),
      };
    }
  }
  return ComparePowerUsersResolver;
}

/** Stands in where a query is only explained. */
const EMPTY: readonly unknown[] = ['', null, 0, 0, 0, 0];

async function readCounts(
  { reader }: OperationContext,
  compared: Compared,
): Promise<Pick<PowerUserOverlap, 'records' | 'distinctUsers' | 'byMonth'>> {
  const { value } = await reader.read(prepared(overlapStatement(compared)));
  const [all = EMPTY, distinct = EMPTY, ...months] = value;
  const counts = (row: readonly unknown[]): PowerUserOverlapCounts => {
    const [both, onlyA, onlyB, neither] = row.slice(2) as [number, number, number, number];
    return { both, onlyA, onlyB, neither };
  };
  return {
    records: counts(all),
    distinctUsers: counts(distinct),
    byMonth: months.map((row) => ({ month: row[1] as string, records: counts(row) })),
  };
}

const PART = { description: 'Which of them.' };

/** The lists below a comparison, each a statement of its own. */
@Resolver(() => PowerUserOverlap)
export class PowerUserOverlapLists {
  @FieldResolver(() => UserPage, { description: 'The distinct users of a part, by their id.' })
  async users(
    @Root() { compared }: PowerUserOverlap,
    @Arg('which', () => PowerUserOverlapPart, PART) which: OverlapPart,
    @Arg('first', () => Int, { defaultValue: 100 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | undefined,
    @Ctx() context: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page<User>> {
    const page = pageRequest(info, { first, after }, [compared.request, which]);
    return read(context, page, overlapUsers(compared, which), ['id'], (_, [id]) => ({ id: id as string }));
  }

  @FieldResolver(() => UserEngagementPage, {
    description: 'The user-months of a part, by month, then best first.',
  })
  async userMonths(
    @Root() { compared }: PowerUserOverlap,
    @Arg('which', () => PowerUserOverlapPart, PART) which: OverlapPart,
    @Arg('first', () => Int, { defaultValue: 100 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | undefined,
    @Ctx() context: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page<UserEngagementRow>> {
    const page = pageRequest(info, { first, after }, [compared.request, which]);
    const list = overlapRecords(compared, which);
    const ofRows = fieldsBelow(info, fieldsOf(info, info.fieldNodes), 'rows').map(({ name }) => name);
    const shown = columnsOf(list, new Set(ofRows));
    return read(context, page, list, shown, showUserMonth(context.version));
  }
}

async function read<T>(
  context: OperationContext,
  page: PageRequest,
  list: List,
  shown: readonly string[],
  show: (shown: readonly string[], cells: Row) => T,
): Promise<Page<T>> {
  return readList(context, compileList(page, await readAfter(context, page), list, shown), show);
}
