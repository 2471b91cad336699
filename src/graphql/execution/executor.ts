import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLIncludeDirective,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getOperationAST,
  getVariableValues,
  type OperationDefinitionNode,
  visit,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { SelectionScope } from '../selection.ts';
import { type OperationPlan, type PlannedField, planOperation } from './plan.ts';
import { Run } from './run.ts';

/** What is to be run; the schema is the executor's. */
export type Operation = Omit<ExecutionArgs, 'schema' | 'fieldResolver' | 'typeResolver'>;

/** Most fields of all plans that are kept: each takes some hundred bytes. */
const MAX_PLANNED_FIELDS = 50_000;

/** What differs from run to run. */
export type Running = Pick<ExecutionArgs, 'rootValue' | 'contextValue'>;

/** An operation with values of its variables, to be run any number of times. */
export interface Prepared {
  /** The fields of what was planned get the same arguments each time. */
  run(running: Running): Promise<ExecutionResult>;
  /** How many fields were planned, fragments written out. */
  readonly size: number;
}

/** What is known of an operation of a document. */
interface Known {
  /** Tells it from all others. */
  readonly id: number;
  readonly fragments: SelectionScope['fragments'];
  /** Names of the variables that decide which fields are selected. */
  readonly conditions: readonly string[];
}

/**
 * Runs operations of a schema. What selects which fields, and how each is read and completed, is found out once for a
 * document and not for each row. Answers and errors are those of graphql-js, which runs what cannot be planned.
 */
export class Executor {
  private readonly known = new WeakMap<OperationDefinitionNode, Known>();
  private operations = 0;

  /** By operation and the values of its conditions. */
  private readonly plans = new LRUCache<string, OperationPlan>({
    maxSize: MAX_PLANNED_FIELDS,
    sizeCalculation: ({ size }) => size,
  });

  constructor(private readonly schema: GraphQLSchema) {}

  async execute(asked: Operation): Promise<ExecutionResult> {
    return this.prepare(asked).run(asked);
  }

  /** What cannot be planned is run by graphql-js, in whose words unusable variables are told of. */
  prepare(asked: Omit<Operation, keyof Running>): Prepared {
    const { schema } = this;
    const { document, operationName, variableValues: given } = asked;
    const byGraphQLJs: Prepared = {
      run: async (running) => execute({ ...asked, ...running, schema }),
      size: 0,
    };
    const operation = getOperationAST(document, operationName);
    if (operation?.operation !== 'query') return byGraphQLJs;
    const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], given ?? {});
    const planned = coerced && this.planned(document, operation, coerced);
    if (!planned) return byGraphQLJs;
    const { fields, fragments, size } = planned;
    const same = { schema, operation, fragments, variableValues: coerced, args: new Map() };
    return {
      run: ({ rootValue, contextValue }) => new Run(same, rootValue, contextValue).execute(fields),
      size,
    };
  }

  private planned(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variableValues: SelectionScope['variableValues'],
  ): { fields: readonly PlannedField[]; fragments: SelectionScope['fragments']; size: number } | undefined {
    const known = this.known.get(operation) ?? this.knownOf(document, operation);
    const { id, fragments, conditions } = known;
    const key = `${id} ${conditions.map((name) => letterOf(variableValues[name])).join('')}`;
    let plan = this.plans.get(key);
    if (plan === undefined) {
      plan = planOperation(this.schema, operation, { variableValues, fragments });
      this.plans.set(key, plan);
    }
    return plan.fields && { fields: plan.fields, fragments, size: plan.size };
  }

  private knownOf(document: DocumentNode, operation: OperationDefinitionNode): Known {
    const fragments: Record<string, SelectionScope['fragments'][string]> = Object.create(null);
    for (const each of document.definitions)
      if (each.kind === 'FragmentDefinition') fragments[each.name.value] = each;
    const made = { id: this.operations++, fragments, conditions: conditionsOf(document) };
    this.known.set(operation, made);
    return made;
  }
}

/** A condition in one letter. One that is neither is refused; another operation may have a variable of its name. */
function letterOf(condition: unknown): string {
  if (condition === true) return 't';
  return condition === false ? 'f' : '-';
}

/** The variables of all operations that are conditions: fragments may be shared. */
function conditionsOf(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Directive: ({ name, arguments: given = [] }) => {
      if (name.value !== GraphQLIncludeDirective.name && name.value !== GraphQLSkipDirective.name) return;
      for (const { value } of given) if (value.kind === 'Variable') names.add(value.name.value);
    },
  });
  return [...names];
}
