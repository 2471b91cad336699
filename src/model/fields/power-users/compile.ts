import type { GraphQLResolveInfo } from 'graphql';
import {
  fieldsBelow,
  fieldsOf,
  type OperationContext,
  type PageRequest,
  type Paging,
  pageRequest,
  pathOf,
  readAfter,
} from '../../../graphql/define.ts';
import {
  canonical,
  checkFirst,
  checkSubjects,
  hash,
  Kept,
  MOST_ROWS_OF_SHORT,
  Problems,
  prepared,
  type Statement,
} from '../../../query/define.ts';
import type { PowerUserDefinition } from './definition.ts';
import { compileList, type ListPage } from './list.ts';
import { type PowerUserOrder, totalOrder } from './order.ts';
import { type Asked, isEverybody, resolvePopulation, sizeOf } from './population.ts';
import { resolveRules } from './resolve-rules.ts';
import { columnsOf } from './show.ts';
import { countStatement, powerUserList, summaryStatement, type Transition } from './statement.ts';

/** The arguments of `powerUsers`. */
export interface PowerUsersRequest extends Asked, Paging {
  readonly definition: PowerUserDefinition | undefined;
  readonly transition: Transition | undefined;
  readonly orderBy: readonly PowerUserOrder[];
}

/** A request for power users at a version, up to the statements that answer what is selected. */
interface CompiledPowerUsers {
  readonly page: PageRequest;
  /** A hash of the rules, which ids of rows are bound to. */
  readonly ofRules: string;
  readonly list: ListPage | undefined;
  readonly count: Statement | undefined;
  readonly summary: Statement | undefined;
}

const kept = new Kept<CompiledPowerUsers>(({ list, count, summary }) =>
  [list?.statement, count, summary].reduce((sum, statement) => sum + (statement?.text.length ?? 0), 0),
);

/**
 * Compiles a request for power users, or finds it compiled.
 * @throws RequestError with everything that is wrong with it
 */
export function compilePowerUsers(
  context: OperationContext,
  request: PowerUsersRequest,
  info: GraphQLResolveInfo,
): Promise<CompiledPowerUsers> {
  const fields = fieldsOf(info, info.fieldNodes);
  const selected = new Set(fields.map(({ name }) => name));
  const ofRows = new Set(fieldsBelow(info, fields, 'rows').map(({ name }) => name));
  return kept.get(context, [pathOf(info), request, [...selected], [...ofRows]], () =>
    make(context, request, info, selected, ofRows),
  );
}

/**
 * @param selected fields of the result
 * @param ofRows fields of its rows
 */
async function make(
  context: OperationContext,
  { where, timeRange, definition, transition, orderBy, first, after }: PowerUsersRequest,
  info: GraphQLResolveInfo,
  selected: ReadonlySet<string>,
  ofRows: ReadonlySet<string>,
): Promise<CompiledPowerUsers> {
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
  const list = powerUserList(population, rules, transition, order);
  const hasCursor = selected.has('pageInfo');
  const isListed = hasCursor || selected.has('rows');
  // An index has them in order; each month is looked at together with the one before.
  const isIndexed = definition === undefined && isEverybody(population);
  const isShort = isIndexed && 2 * sizeOf(population) <= MOST_ROWS_OF_SHORT;
  return {
    page,
    ofRules: hash(canonical(rules)),
    list: isListed
      ? compileList(page, start, list, columnsOf(list, ofRows), { hasCursor, isShort })
      : undefined,
    count: selected.has('totalCount') ? prepared(countStatement(list)) : undefined,
    summary: selected.has('summary') ? prepared(summaryStatement(population, rules)) : undefined,
  };
}
