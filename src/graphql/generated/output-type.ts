import type { GraphQLFieldResolver, GraphQLObjectType, GraphQLSchema } from 'graphql';
import { type ClassType, Field, ObjectType } from 'type-graphql';
import { readsSourceAlone } from '../execution/plan.ts';
import { type Argument, declareArguments, type FieldOptions, type Read, type TypeThunk } from './field.ts';

/** How a field is read: off what its parent is answered with, or by whatever means. */
type Reading<Source, Args> =
  | { readonly read?: (source: Source, args: Args) => unknown; readonly load?: never }
  | { readonly load: Read<Source, Args>; readonly read?: never };

/** An object type made from a model: a class for TypeGraphQL, and how its fields are read. */
export class OutputType<Source> {
  readonly target: ClassType = class {};
  private readonly reads = new Map<string, GraphQLFieldResolver<unknown, unknown>>();
  private readonly loads = new Map<string, GraphQLFieldResolver<unknown, unknown>>();

  constructor(
    readonly name: string,
    description: string,
  ) {
    ObjectType(name, { description, simpleResolvers: true })(this.target);
  }

  /** Declares a field; without `read` and `load` it is the source's property of its name. */
  field<Args = never>(
    name: string,
    of: TypeThunk,
    {
      args = [],
      read,
      load,
      ...options
    }: FieldOptions & { args?: readonly Argument[] } & Reading<Source, Args> = {},
  ): this {
    const proto = this.target.prototype as object;
    declareArguments(proto, name, args);
    Field(of as () => ClassType, options)(proto, name);
    if (read) this.reads.set(name, read as unknown as GraphQLFieldResolver<unknown, unknown>);
    if (load) this.loads.set(name, load as unknown as GraphQLFieldResolver<unknown, unknown>);
    return this;
  }

  /** TypeGraphQL has no place for readers like these, so the built schema gets them. */
  bind(schema: GraphQLSchema): void {
    const fields = (schema.getType(this.name) as GraphQLObjectType | undefined)?.getFields();
    if (!fields) return;
    for (const [name, read] of this.reads) readsSourceAlone(fields[name]!, read);
    for (const [name, load] of this.loads) fields[name]!.resolve = load;
  }
}
