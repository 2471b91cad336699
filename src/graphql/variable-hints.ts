import {
  coerceInputValue,
  type GraphQLError,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLNamedInputType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isInputType,
  Kind,
  parse,
  typeFromAST,
  type VariableDefinitionNode,
  visit,
} from 'graphql';
import { type Hint, hintOf, type Mistake, stepsTo, unfit, unknownField } from './hints.ts';

type Path = Hint['path'];

/** What is wrong inside of the value of a variable. */
export interface VariableHint extends Hint {
  /** As if the value had been written where the variable is used first. */
  readonly path: Path;
  /** The name of the variable, and the path into its value. */
  readonly variable: Path;
}

/** Hints by the errors that have them. */
export type VariableHints = Pick<WeakMap<GraphQLError, VariableHint>, 'get'>;

export type Variables = Readonly<Record<string, unknown>>;

/** The hints for those errors of an operation that are about the values of its variables. */
export function variableHints(
  schema: GraphQLSchema,
  errors: readonly GraphQLError[],
  variables: Variables | null | undefined,
): ReadonlyMap<GraphQLError, VariableHint> {
  const found = new Map<GraphQLError, VariableHint>();
  for (const definition of new Set(errors.map(definitionOf))) {
    if (definition === undefined) continue;
    const name = definition.variable.name.value;
    const mistakes = mistakesIn(schema, definition, variables?.[name]);
    const use = pathOfUse(definition);
    const own = errors.filter((error) => definitionOf(error) === definition);
    own.forEach((error, index) => {
      const { inside, ...mistake } = mistakes[index] ?? MISSING;
      found.set(error, { ...hintOf(mistake, [...use, ...inside]), variable: [name, ...inside] });
    });
  }
  return found;
}

/** Other errors about a variable are of validation, and no value can mend them. */
const OF_VALUE = /^Variable "\$\w+" (got invalid value|of required type|of non-null type) /;

function definitionOf({ message, nodes, path }: GraphQLError): VariableDefinitionNode | undefined {
  const [node] = nodes ?? [];
  const isOfValue = path === undefined && OF_VALUE.test(message);
  return isOfValue && node?.kind === Kind.VARIABLE_DEFINITION ? node : undefined;
}

type Inside = Mistake & { readonly inside: Path };

const MISSING: Inside = { reason: 'INVALID_VALUE', inside: [] };

/** One for each error that GraphQL has about the value, in its order: its errors do not say where they are. */
function mistakesIn(
  schema: GraphQLSchema,
  { type }: VariableDefinitionNode,
  value: unknown,
): readonly Inside[] {
  const found: Inside[] = [];
  const declared = typeFromAST(schema, type as never);
  if (!isInputType(declared)) return found;
  coerceInputValue(value, declared, (path, invalid, { message }) => {
    found.push(mistakeAt(typeAt(declared, path), invalid, message, path));
  });
  return found;
}

function mistakeAt(type: GraphQLNamedInputType, value: unknown, message: string, path: Path): Inside {
  if (!isInputObjectType(type))
    return { ...unfit(type, typeof value === 'string' ? value : undefined), inside: path };
  const unknown = Object.keys(value ?? {}).find((name) =>
    message.startsWith(`Field "${name}" is not defined by type "${type.name}".`),
  );
  return unknown === undefined
    ? { reason: 'INVALID_VALUE', inside: path }
    : { ...unknownField(type, unknown), inside: [...path, unknown] };
}

/** What a value is of, or its items: places in lists do not change it. */
function typeAt(type: GraphQLInputType, path: Path): GraphQLNamedInputType {
  const names = path.filter((step) => typeof step === 'string');
  return names.reduce(
    (at, name) => getNamedType((at as GraphQLInputObjectType).getFields()[name]!.type),
    getNamedType(type),
  );
}

/** Where the operation of a variable, or a fragment, uses it first. */
function pathOfUse({ variable, loc }: VariableDefinitionNode): Path {
  let found: Path | undefined;
  visit(parse(loc!.source), {
    OperationDefinition: (node) => {
      const isOther = loc!.start < node.loc!.start || loc!.end > node.loc!.end;
      return isOther ? false : undefined;
    },
    VariableDefinition: () => false,
    Variable: ({ name }, _key, parent, keys, ancestors) => {
      if (found === undefined && name.value === variable.name.value)
        found = stepsTo([...ancestors, parent], keys);
    },
  });
  return found ?? [];
}
