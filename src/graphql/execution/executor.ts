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
import type { SelectionScope } from '../selection.ts';
import { type PlannedField, planFields } from './plan.ts';
import { Run } from './run.ts';

/** What is to be run; the schema is the executor's. */
export type Operation = Omit<ExecutionArgs, 'schema' | 'fieldResolver' | 'typeResolver'>;

/** Most mixes of conditions of an operation that plans are kept for. */
const MAX_PLANS = 16;

/** What is known of an operation of a document. */
interface Known {
  readonly fragments: SelectionScope['fragments'];
  /** Names of the variables that decide which fields are selected. */
  readonly conditions: readonly string[];
  /** The root's fields by the values of those. */
  readonly plans: Map<string, readonly PlannedField[] | undefined>;
}

/**
 * Runs operations of a schema. What selects which fields, and how each is read and completed, is found out once for a
 * document and not for each row. Answers and errors are those of graphql-js, which runs what cannot be planned.
 */
export class Executor {
  private readonly known = new WeakMap<OperationDefinitionNode, Known>();

  constructor(private readonly schema: GraphQLSchema) {}

  async execute(asked: Operation): Promise<ExecutionResult> {
    const { schema } = this;
    const { document, rootValue, contextValue, variableValues, operationName } = asked;
    const operation = getOperationAST(document, operationName);
    if (operation?.operation !== 'query') return execute({ ...asked, schema });
    const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variableValues ?? {});
    // Variables that cannot be used are told of in the words of graphql-js.
    const planned = coerced && this.planned(document, operation, coerced);
    if (!planned) return execute({ ...asked, schema });
    const scope = { variableValues: coerced, fragments: planned.fragments };
    return new Run({ schema, operation, rootValue, contextValue, ...scope }).execute(planned.fields);
  }

  private planned(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variableValues: SelectionScope['variableValues'],
  ): { fields: readonly PlannedField[]; fragments: SelectionScope['fragments'] } | undefined {
    const known = this.known.get(operation) ?? knownOf(document);
    this.known.set(operation, known);
    const { fragments, conditions, plans } = known;
    const key = conditions.map((name) => String(variableValues[name])).join();
    if (!plans.has(key)) {
      if (plans.size >= MAX_PLANS) return undefined;
      plans.set(key, planFields(this.schema, operation, { variableValues, fragments }));
    }
    const fields = plans.get(key);
    return fields && { fields, fragments };
  }
}

function knownOf(document: DocumentNode): Known {
  const fragments: Record<string, SelectionScope['fragments'][string]> = Object.create(null);
  for (const each of document.definitions)
    if (each.kind === 'FragmentDefinition') fragments[each.name.value] = each;
  return { fragments, conditions: conditionsOf(document), plans: new Map() };
}

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
