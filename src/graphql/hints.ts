import {
  type ASTNode,
  type ASTVisitFn,
  type GraphQLEnumType,
  GraphQLError,
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
import { nearest } from '../query/model/names.ts';
import { VALIDATION_FAILED } from './codes.ts';

/** What would have been valid in place of a name that is none. */
export interface Hint {
  readonly reason:
    | 'UNKNOWN_FIELD'
    | 'UNKNOWN_ARGUMENT'
    | 'UNKNOWN_INPUT_FIELD'
    | 'UNKNOWN_ENUM_VALUE'
    | 'UNKNOWN_TYPE';
  /** Keys of fields, names of arguments and of their fields, from the operation or fragment on. */
  readonly path: readonly string[];
  readonly allowed: readonly string[];
  readonly suggestion?: string;
}

/** A name that is none; a document may hold many, and errors tell of a few. */
interface Misspelt extends Pick<Hint, 'reason' | 'path'> {
  readonly name: string;
  allowed(): readonly string[];
}

/** By position in the document. */
type MisspeltNames = ReadonlyMap<number, Misspelt>;

const known = new WeakMap<Source, MisspeltNames>();

/** The hint for an error of validation that is about a misspelt name. */
export function hintFor(
  schema: GraphQLSchema,
  { nodes, originalError, path }: GraphQLError,
): Hint | undefined {
  const location = nodes?.[0]?.loc;
  const isOfValidation = path === undefined && (!originalError || originalError instanceof GraphQLError);
  if (!location || !isOfValidation) return undefined;
  const names = known.get(location.source) ?? misspeltIn(schema, location.source);
  known.set(location.source, names);
  const misspelt = names.get(location.start);
  return misspelt && hintOf(misspelt);
}

function hintOf({ reason, path, name, allowed }: Misspelt): Hint {
  const names = allowed();
  const suggestion = nearest(name, names);
  return { reason, path, allowed: names, ...(suggestion !== undefined && { suggestion }) };
}

/** The error with its hint, if it has one, and the code of such errors. */
export function withHint(schema: GraphQLSchema, error: GraphQLError): GraphQLError {
  const { message, nodes = null } = error;
  const extensions = { code: VALIDATION_FAILED, ...error.extensions, ...hintFor(schema, error) };
  return new GraphQLError(message, { nodes, extensions });
}

/** Looks the names of a document up in the schema: an error has its node, and a node does not know where it stands. */
function misspeltIn(schema: GraphQLSchema, source: Source): MisspeltNames {
  const found = new Map<number, Misspelt>();
  const types = new TypeInfo(schema);
  const enter: ASTVisitFn<ASTNode> = (node, _key, parent, _path, ancestors) => {
    const misspelt = misspeltName(schema, types, node);
    if (!misspelt || !node.loc) return;
    found.set(node.loc.start, { ...misspelt, path: [...ancestors, parent, node].flatMap(step) });
  };
  visit(parse(source), visitWithTypeInfo(types, { enter }));
  return found;
}

function misspeltName(
  schema: GraphQLSchema,
  types: TypeInfo,
  node: ASTNode,
): Omit<Misspelt, 'path'> | undefined {
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
      return {
        reason: 'UNKNOWN_INPUT_FIELD',
        name: node.name.value,
        allowed: () => Object.keys(parent.getFields()),
      };
    }
    case 'EnumValue':
    case 'StringValue': {
      const type = getNamedType(types.getInputType());
      return isEnumType(type) ? misspeltValue(type, node.value) : undefined;
    }
    case 'NamedType':
      if (schema.getType(node.name.value)) return undefined;
      return { reason: 'UNKNOWN_TYPE', name: node.name.value, allowed: () => ownTypes(schema) };
    default:
      return undefined;
  }
}

function misspeltValue(type: GraphQLEnumType, name: string): Omit<Misspelt, 'path'> {
  return { reason: 'UNKNOWN_ENUM_VALUE', name, allowed: () => type.getValues().map((value) => value.name) };
}

function ownTypes(schema: GraphQLSchema): readonly string[] {
  return Object.keys(schema.getTypeMap()).filter((name) => !name.startsWith('__'));
}

/** A step of a path. */
function step(node: unknown): readonly string[] {
  const { kind, name, alias } = (node ?? {}) as {
    kind?: string;
    name?: { value: string };
    alias?: { value: string };
  };
  if (kind === 'Field') return [alias?.value ?? name!.value];
  return kind === 'Argument' || kind === 'ObjectField' ? [name!.value] : [];
}
