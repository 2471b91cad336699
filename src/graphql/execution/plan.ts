import {
  type FieldNode,
  GraphQLError,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type OperationDefinitionNode,
} from 'graphql';
import { fieldsOf, type SelectionScope } from '../selection.ts';

/** A selected field, with what of it is the same whenever it is read. */
export interface PlannedField {
  /** What it is answered under. */
  readonly key: string;
  readonly nodes: readonly FieldNode[];
  readonly parentType: GraphQLObjectType;
  /** Absent for `__typename`. */
  readonly definition: GraphQLField<unknown, unknown> | undefined;
  /** Whether its resolver takes nothing but its source and its arguments. */
  readonly isPlain: boolean;
  readonly type: PlannedType;
}

/** How values of a type are completed. */
export type PlannedType = { readonly isNullable: boolean } & (
  | { readonly kind: 'leaf'; readonly leaf: GraphQLLeafType }
  | { readonly kind: 'list'; readonly of: PlannedType }
  | { readonly kind: 'object'; readonly fields: readonly PlannedField[] }
);

/** Fields whose resolvers take a source and arguments, and no more. */
const plain = new WeakSet<GraphQLField<unknown, unknown>>();

/** Gives a field a resolver that needs to know neither whose operation it is of, nor where in it. */
export function readsSourceAlone(
  field: GraphQLField<unknown, unknown>,
  resolve: GraphQLFieldResolver<unknown, unknown>,
): void {
  field.resolve = resolve;
  plain.add(field);
}

/** What was found out of an operation. */
export interface OperationPlan {
  /** The root's; undefined for what is not planned. */
  readonly fields: readonly PlannedField[] | undefined;
  /** How many fields were looked at, fragments written out. */
  readonly size: number;
}

/** Larger operations are not planned: they would push out many others, and few fields of theirs are of rows. */
const MAX_FIELDS = 2_000;

/**
 * Plans an operation for some values of its variables; only those of `@include` and `@skip` matter. Not planned is what
 * asks about the schema itself, has abstract types or conditions that are refused, or is too large.
 */
export function planOperation(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  scope: SelectionScope,
): OperationPlan {
  const planning = new Planning(scope);
  try {
    const fields = planning.fields(schema.getQueryType()!, [operation]);
    return { fields, size: planning.size };
  } catch (error) {
    if (error instanceof Unplanned || error instanceof GraphQLError) return { fields: undefined, size: 1 };
    throw error;
  }
}

class Unplanned extends Error {}

class Planning {
  size = 1;

  constructor(private readonly scope: SelectionScope) {}

  fields(
    parentType: GraphQLObjectType,
    nodes: readonly Pick<FieldNode, 'selectionSet'>[],
  ): readonly PlannedField[] {
    return fieldsOf(this.scope, nodes).flatMap(({ key, name, nodes: own }) => {
      if (++this.size > MAX_FIELDS) throw new Unplanned();
      // An object of ours takes it for something else.
      if (key === '__proto__') throw new Unplanned();
      if (name === '__typename')
        return { key, nodes: own, parentType, definition: undefined, isPlain: false, type: TYPE_NAME };
      if (name.startsWith('__')) throw new Unplanned();
      const definition = parentType.getFields()[name];
      if (!definition) return [];
      const isPlain = plain.has(definition);
      return { key, nodes: own, parentType, definition, isPlain, type: this.type(definition.type, own) };
    });
  }

  private type(type: GraphQLOutputType, nodes: readonly FieldNode[]): PlannedType {
    if (isNonNullType(type)) return { ...this.type(type.ofType, nodes), isNullable: false };
    if (isListType(type)) return { kind: 'list', isNullable: true, of: this.type(type.ofType, nodes) };
    if (isLeafType(type)) return { kind: 'leaf', isNullable: true, leaf: type };
    if (isObjectType(type) && !type.isTypeOf)
      return { kind: 'object', isNullable: true, fields: this.fields(type, nodes) };
    throw new Unplanned();
  }
}

const TYPE_NAME: PlannedType = { kind: 'object', isNullable: false, fields: [] };
