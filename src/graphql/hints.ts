import {
  type ASTNode,
  type ASTVisitFn,
  type FieldNode,
  GraphQLError,
  type GraphQLInputObjectType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  parse,
  type Source,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { nearest } from '../nearest.ts';
import { VALIDATION_FAILED } from './codes.ts';

/** What would have been valid in place of a name that is none, or of a value that cannot be taken. */
export interface Hint {
  readonly reason:
    | 'UNKNOWN_FIELD'
    | 'UNKNOWN_ARGUMENT'
    | 'UNKNOWN_INPUT_FIELD'
    | 'UNKNOWN_ENUM_VALUE'
    | 'UNKNOWN_TYPE'
    | 'INVALID_VALUE';
  /** Keys of fields, names of arguments and of their fields, places in lists, from the operation or fragment on. */
  readonly path: readonly (string | number)[];
  readonly allowed?: readonly string[];
  readonly suggestion?: string;
}

/** A name that is none, or a value; a document may hold many, and errors tell of a few. */
export interface Mistake {
  readonly reason: Hint['reason'];
  /** The name that was given. */
  readonly name?: string;
  readonly allowed?: () => readonly string[];
}

/** By position in the document. */
type Mistakes = ReadonlyMap<number, Mistake & Pick<Hint, 'path'>>;

const known = new WeakMap<Source, Mistakes>();

/** The hint for an error of validation that is about a misspelt name or a value. */
export function hintFor(
  schema: GraphQLSchema,
  { nodes, originalError, path }: GraphQLError,
): Hint | undefined {
  const location = nodes?.[0]?.loc;
  const isOfValidation = path === undefined && (!originalError || originalError instanceof GraphQLError);
  if (!location || !isOfValidation) return undefined;
  const mistakes = known.get(location.source) ?? mistakesIn(schema, location.source);
  known.set(location.source, mistakes);
  const mistake = mistakes.get(location.start);
  return mistake && hintOf(mistake, mistake.path);
}

export function hintOf({ reason, name, allowed }: Mistake, path: Hint['path']): Hint {
  if (allowed === undefined) return { reason, path };
  const names = allowed();
  const suggestion = name === undefined ? undefined : nearest(name, names);
  return { reason, path, allowed: names, ...(suggestion !== undefined && { suggestion }) };
}

/** The error with its hint, if it has one, and the code of such errors. */
export function withHint(schema: GraphQLSchema, error: GraphQLError): GraphQLError {
  const { message, nodes = null } = error;
  const extensions = { code: VALIDATION_FAILED, ...error.extensions, ...hintFor(schema, error) };
  return new GraphQLError(message, { nodes, extensions });
}

/** Looks the names and values of a document up in the schema: an error has its node, and a node does not know where it stands. */
function mistakesIn(schema: GraphQLSchema, source: Source): Mistakes {
  const found = new Map<number, Mistake & Pick<Hint, 'path'>>();
  const types = new TypeInfo(schema);
  const enter: ASTVisitFn<ASTNode> = (node, _key, parent, keys, ancestors) => {
    const mistake = mistakeAt(schema, types, node);
    if (!mistake || !node.loc) return;
    found.set(node.loc.start, { ...mistake, path: stepsTo([...ancestors, parent, node], keys) });
  };
  visit(parse(source), visitWithTypeInfo(types, { enter }));
  return found;
}

function mistakeAt(schema: GraphQLSchema, types: TypeInfo, node: ASTNode): Mistake | undefined {
  switch (node.kind) {
    case 'Field': {
      const parent = types.getParentType();
      if (types.getFieldDef() || !(isObjectType(parent) || isInterfaceType(parent))) return undefined;
      return {
        reason: 'UNKNOWN_FIELD',
        name: node.name.value,
        allowed: () => Object.keys(parent.getFields()),
      };
    }
    case 'Argument': {
      const owner = types.getDirective() ?? types.getFieldDef();
      if (types.getArgument() || !owner) return undefined;
      return {
        reason: 'UNKNOWN_ARGUMENT',
        name: node.name.value,
        allowed: () => owner.args.map(({ name }) => name),
      };
    }
    case 'ObjectField': {
      const parent = getNamedType(types.getParentInputType());
      if (!isInputObjectType(parent) || parent.getFields()[node.name.value]) return undefined;
      return unknownField(parent, node.name.value);
    }
    case 'NamedType':
      if (schema.getType(node.name.value)) return undefined;
      return { reason: 'UNKNOWN_TYPE', name: node.name.value, allowed: () => ownTypes(schema) };
    case 'EnumValue':
    case 'StringValue':
      return unfit(getNamedType(types.getInputType()), node.value);
    case 'IntValue':
    case 'FloatValue':
    case 'BooleanValue':
    case 'NullValue':
    case 'ListValue':
    case 'ObjectValue':
      return unfit(getNamedType(types.getInputType()), undefined);
    default:
      return undefined;
  }
}

export function unknownField(type: GraphQLInputObjectType, name: string): Mistake {
  return { reason: 'UNKNOWN_INPUT_FIELD', name, allowed: () => Object.keys(type.getFields()) };
}

/** What is wrong with a value that a type does not take; one that may be a name of an enum is given. */
export function unfit(type: GraphQLNamedType | undefined, name: string | undefined): Mistake {
  if (!isEnumType(type)) return { reason: 'INVALID_VALUE' };
  const allowed = () => type.getValues().map((value) => value.name);
  return name === undefined
    ? { reason: 'INVALID_VALUE', allowed }
    : { reason: 'UNKNOWN_ENUM_VALUE', name, allowed };
}

function ownTypes(schema: GraphQLSchema): readonly string[] {
  return Object.keys(schema.getTypeMap()).filter((name) => !name.startsWith('__'));
}

/**
 * The path of a node.
 * @param nodes that lead to it, and it; lists of them are of their own
 * @param keys under which each of the nodes holds the next
 */
export function stepsTo(nodes: readonly unknown[], keys: readonly (string | number)[]): Hint['path'] {
  return nodes.flatMap((node, index) => {
    const { kind, name, alias } = (node ?? {}) as Partial<FieldNode>;
    if (Array.isArray(node)) return isKind(nodes[index - 1], 'ListValue') ? [keys[index]!] : [];
    if (kind === 'Field') return [alias?.value ?? name!.value];
    return isKind(node, 'Argument') || isKind(node, 'ObjectField') ? [name!.value] : [];
  });
}

function isKind(node: unknown, kind: string): boolean {
  return (node as ASTNode | undefined)?.kind === kind;
}
