import type { GraphQLResolveInfo } from 'graphql';
import { Arg, type ClassType, Ctx, Info, Int, Query, Resolver } from 'type-graphql';
import {
  fieldsBelow,
  fieldsOf,
  modelInputs,
  type OperationContext,
  pageId,
  pageRequest,
  pathOf,
  readAfter,
  TimeRangeInput,
} from '../../../graphql/define.ts';
import {
  canonical,
  checkFirst,
  checkSubjects,
  hash,
  type Model,
  Problems,
  prepared,
  type TimeRange,
  type Where,
} from '../../../query/define.ts';
import { PowerUserDefinition } from './definition.ts';
import { type Listed, readList } from './list.ts';
import { PowerUserOrder, totalOrder } from './order.ts';
import { resolvePopulation } from './population.ts';
import { resolveRules } from './resolve-rules.ts';
import { type DefinitionName, NAMED } from './rules.ts';
import { columnsOf, showUserMonth } from './show.ts';
import { countStatement, powerUserList, summaryStatement, type Transition } from './statement.ts';
import { readSummary } from './summary.ts';
import {
  NamedPowerUserDefinition,
  type PowerUserRow,
  PowerUsersResult,
  PowerUserTransition,
} from './types.ts';

const DESCRIPTION =
  'Users in months in which they are power users. Ranks, streaks, levels and transitions are those of the whole platform: filter and range pick from the power users and never make or unmake one. A firm matches every month in which the user was active there. For who is lost in a month, conditions on periods are on that month, all others on the month before, in which they qualified.';

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
    ): Promise<Partial<PowerUsersResult>> {
      const path = pathOf(info);
      const problems = new Problems();
      const rules = resolveRules(definition, [...path, 'definition'], problems);
      checkFirst(first, [...path, 'first'], problems);
      checkSubjects(
        orderBy.map(({ by }) => by),
        [...path, 'orderBy'],
        problems,
      );
      const population = resolvePopulation(context, { where, timeRange }, path, problems);
      const order = totalOrder(orderBy);
      const page = pageRequest(info, { first, after }, { where, timeRange, rules, transition, order });
      const start = await readAfter(context, page);
      const list = powerUserList(population, rules, transition ?? undefined, order);
      const fields = fieldsOf(info, info.fieldNodes);
      const selected = new Set(fields.map(({ name }) => name));
      const ofRows = fieldsBelow(info, fields, 'rows');
      const { reader } = context;
      const [rows, count, summary] = await Promise.all([
        selected.has('rows') || selected.has('pageInfo')
          ? readList(context, page, start, list, columnsOf(list, ofRows))
          : undefined,
        selected.has('totalCount') ? reader.read(prepared(countStatement(list))) : undefined,
        selected.has('summary') ? readSummary(reader, summaryStatement(population, rules)) : undefined,
      ]);
      const ofRules = hash(canonical(rules));
      return {
        id: pageId(context, page),
        ...(rows && { ...rows, rows: rows.rows.map((row) => showRow(context.version, ofRules, row)) }),
        ...(count && { totalCount: (count.value[0]?.[0] ?? 0) as number }),
        ...(summary && { summary }),
      };
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

function showRow(version: number, rules: string, row: Listed): PowerUserRow {
  const { month, transition, userId } = row;
  return {
    ...showUserMonth(version, row),
    get id() {
      return hash([version, 'power-user', rules, transition, month, userId]);
    },
  } as PowerUserRow;
}
