import type { GraphQLResolveInfo } from 'graphql';
import { Arg, type ClassType, Ctx, Info, Int, Query, Resolver } from 'type-graphql';
import {
  modelInputs,
  type OperationContext,
  type Page,
  type PageRequest,
  pageId,
  TimeRangeInput,
} from '../../../graphql/define.ts';
import { hash, type Model, type Row, type TimeRange, type Where } from '../../../query/define.ts';
import { compilePowerUsers } from './compile.ts';
import { PowerUserDefinition } from './definition.ts';
import { type Listed, readList } from './list.ts';
import { PowerUserOrder } from './order.ts';
import { type DefinitionName, NAMED } from './rules.ts';
import { ShownUserMonth } from './show.ts';
import type { Transition } from './statement.ts';
import { readSummary } from './summary.ts';
import {
  NamedPowerUserDefinition,
  type PowerUserRow,
  type PowerUserSummary,
  PowerUsersResult,
  PowerUserTransition,
} from './types.ts';

const DESCRIPTION =
  'Users in months in which they are power users. Ranks, streaks, levels and transitions are those of the whole platform: filter and range pick from the power users and never make or unmake one. A firm matches every month in which the user was active there; the firms of a month are judged one by one, so `not` a firm keeps who was at another as well. For who is lost in a month, conditions on periods are on that month, all others on the month before, in which they qualified.';

/** The resolver of `powerUsers`, whose filter is the model's. */
export function powerUsersResolver(model: Model): ClassType {
  const { where: whereType } = modelInputs(model);

  @Resolver()
  class PowerUsersResolver {
    @Query(() => PowerUsersResult, { nullable: true, description: DESCRIPTION })
    async powerUsers(
      @Arg('where', () => whereType, { nullable: true }) where: Where | undefined,
      @Arg('timeRange', () => TimeRangeInput, { nullable: true }) timeRange: TimeRange | undefined,
      @Arg('definition', () => PowerUserDefinition, {
        nullable: true,
        description: 'What makes a power user; the definition named USUAL without it.',
      })
      definition: PowerUserDefinition | undefined,
      @Arg('transition', () => PowerUserTransition, {
        nullable: true,
        description:
          'Lists only those who were kept, gained or lost against the month before; without it all power users, kept and gained.',
      })
      transition: Transition | undefined,
      @Arg('orderBy', () => [PowerUserOrder], {
        defaultValue: [],
        description: 'By default month, then best first.',
      })
      orderBy: readonly PowerUserOrder[],
      @Arg('first', () => Int, { defaultValue: 100 }) first: number,
      @Arg('after', () => String, { nullable: true }) after: string | undefined,
      @Ctx() context: OperationContext,
      @Info() info: GraphQLResolveInfo,
    ): Promise<AnsweredPowerUsers> {
      const { page, ofRules, list, count, summary } = await compilePowerUsers(
        context,
        { where, timeRange, definition, transition: transition ?? undefined, orderBy, first, after },
        info,
      );
      const { reader, version } = context;
      const [listed, counted, numbers] = await Promise.all([
        list && readList(context, list, showRow(version, ofRules)),
        count && reader.read(count),
        summary && readSummary(reader, summary),
      ]);
      const totalCount = counted && ((counted.value[0]?.[0] ?? 0) as number);
      return new AnsweredPowerUsers(context, page, listed, totalCount, numbers);
    }

    @Query(() => [NamedPowerUserDefinition], {
      nullable: true,
      description: 'The definitions of a power user that go by a name, the usual one first.',
    })
    powerUserDefinitions(): readonly NamedPowerUserDefinition[] {
      return Object.entries(NAMED).map(([name, { description }]) => ({
        name: name as DefinitionName,
        description,
      }));
    }
  }
  return PowerUsersResolver;
}

/** What is not selected is absent; ids, which are hashes, are made when they are asked for. */
class AnsweredPowerUsers {
  constructor(
    private readonly context: OperationContext,
    private readonly page: PageRequest,
    private readonly listed: Page<PowerUserRow> | undefined,
    readonly totalCount: number | undefined,
    readonly summary: PowerUserSummary | undefined,
  ) {}

  get id() {
    return pageId(this.context, this.page);
  }

  get rows() {
    return this.listed?.rows;
  }

  get pageInfo() {
    return this.listed?.pageInfo;
  }
}

function showRow(version: number, rules: string) {
  const id = ({ transition, month, userId }: Listed) =>
    hash([version, 'power-user', rules, transition, month, userId]);
  return (shown: readonly string[], cells: Row) =>
    new ShownUserMonth(shown, cells, id) as unknown as PowerUserRow;
}
