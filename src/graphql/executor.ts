import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type FieldNode,
  GraphQLBoolean,
  type GraphQLError,
  GraphQLScalarType,
  GraphQLSchema,
  getOperationAST,
  getVariableValues,
  Kind,
  locatedError,
  type OperationDefinitionNode,
  print,
  type VariableDefinitionNode,
  visit,
} from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import { measuring } from './limits.ts';
import { fieldsOf, type SelectionScope } from './selection.ts';

/** Larger operations are not compiled: it would hold up everybody else for too long. */
const MAX_CHARACTERS = 20_000;
const MAX_FIELDS = 300;

/** What is to be run; the schema is the executor's. */
export type Operation = Omit<ExecutionArgs, 'schema'>;

/** Makes the code of an operation; errors where it cannot. */
export type Compile = (
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName?: string,
) => CompiledQuery | ExecutionResult;

type Coerced = Readonly<Record<string, unknown>>;

/**
 * Runs operations of a schema, those that are asked again as code made of their document: rows of many fields take a
 * tenth of the time. Answers and errors are those of graphql-js, which runs all others.
 */
export class Executor {
  /** By operation's name: asked once so far, run as it is, or what was made of it. */
  private readonly known = new WeakMap<DocumentNode, Map<string, CompiledQuery | 'once' | 'as it is'>>();

  /** The schema with a type for variables as they are after their coercion. */
  private readonly coercing: GraphQLSchema;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly compile: Compile = compileQuery,
  ) {
    const { types, ...rest } = schema.toConfig();
    this.coercing = new GraphQLSchema({ ...rest, types: [...types, COERCED] });
  }

  async execute(asked: Operation): Promise<ExecutionResult> {
    const { document, contextValue, variableValues, operationName } = asked;
    const operation = getOperationAST(document, operationName);
    // Variables that cannot be used are told of in the words of graphql-js.
    const coerced = operation?.operation === 'query' && this.coerce(operation, variableValues ?? {});
    const compiled = coerced && this.compiled(operation, asked);
    if (!compiled) return execute({ ...asked, schema: this.schema });
    const { data = null, errors } = await compiled.query(undefined, contextValue, coerced);
    if (!errors) return { data };
    const scope = { variableValues: coerced, fragments: fragmentsOf(document) };
    return { errors: errors.map((error) => located(error, operation, scope)), data };
  }

  /** Made when asked for the second time: most documents that are asked once never are again. */
  private compiled(
    operation: OperationDefinitionNode,
    { document, operationName }: Operation,
  ): CompiledQuery | undefined {
    const ofDocument = this.known.get(document) ?? new Map<string, CompiledQuery | 'once' | 'as it is'>();
    this.known.set(document, ofDocument);
    const name = operation.name?.value ?? '';
    let known = ofDocument.get(name);
    if (known === undefined) known = isLarge(operation, document) ? 'as it is' : 'once';
    else if (known === 'once') {
      const made = this.compile(this.coercing, withCoercedVariables(document), operationName ?? undefined);
      known = isCompiledQuery(made) ? made : 'as it is';
    }
    ofDocument.set(name, known);
    return typeof known === 'string' ? undefined : known;
  }

  private coerce(
    { variableDefinitions = [] }: OperationDefinitionNode,
    values: Coerced,
  ): Coerced | undefined {
    return getVariableValues(this.schema, variableDefinitions, values).coerced;
  }
}

/** Takes any value, as it is. */
const COERCED = new GraphQLScalarType({ name: 'Coerced' });

/** Whether an operation is too large to be compiled. */
export function isLarge({ selectionSet }: OperationDefinitionNode, document: DocumentNode): boolean {
  const { loc } = document;
  if (loc === undefined || loc.end > MAX_CHARACTERS) return true;
  const fragments = fragmentsOf(document);
  return measuring((name) => fragments[name])(selectionSet).fields > MAX_FIELDS;
}

/**
 * The document for variables that were coerced before: the compiler never ends where an input holds others of its type.
 * It wants to see that conditions of `@include` and `@skip` are Boolean.
 */
function withCoercedVariables(document: DocumentNode): DocumentNode {
  const coerced = (node: VariableDefinitionNode): VariableDefinitionNode | undefined => {
    if (print(node.type).replace('!', '') === GraphQLBoolean.name) return undefined;
    const type = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: COERCED.name } } as const;
    return { kind: Kind.VARIABLE_DEFINITION, variable: node.variable, type };
  };
  return visit(document, { VariableDefinition: coerced, SelectionSet: () => false });
}

function fragmentsOf({ definitions }: DocumentNode): SelectionScope['fragments'] {
  const fragments = definitions.filter((each) => each.kind === 'FragmentDefinition');
  return Object.fromEntries(fragments.map((each) => [each.name.value, each]));
}

/** An error with the nodes of its field, as graphql-js has it. */
function located(
  error: GraphQLError,
  operation: OperationDefinitionNode,
  scope: SelectionScope,
): GraphQLError {
  const { path = [], originalError, message } = error;
  let nodes: readonly Pick<FieldNode, 'selectionSet'>[] = [operation];
  for (const key of path) {
    if (typeof key === 'number') continue;
    nodes = fieldsOf(scope, nodes).find((field) => field.key === key)?.nodes ?? [];
  }
  return locatedError(originalError ?? new Error(message), nodes as readonly FieldNode[], path);
}
