import type { GraphQLFieldResolver, GraphQLObjectType, GraphQLSchema } from 'graphql';
import { type ClassType, Field, ObjectType } from 'type-graphql';
import { type Argument, declareArguments, type FieldOptions, type Read, type TypeThunk } from './field.ts';

/** An object type made from a model: a class for TypeGraphQL, and how its fields are read. */
export class OutputType<Source> {
  readonly target: ClassType = class {};
  private readonly reads = new Map<string, GraphQLFieldResolver<unknown, unknown>>();

  constructor(
    readonly name: string,
    description: string,
  ) {
    ObjectType(name, { description, simpleResolvers: true })(this.target);
  }

  /** Declares a field; without `read` it is the source's property of its name. */
  field<Args = never>(
    name: string,
    of: TypeThunk,
    {
      args = [],
      read,
      ...options
    }: FieldOptions & { args?: readonly Argument[]; read?: Read<Source, Args> } = {},
  ): this {
    const proto = this.target.prototype as object;
    declareArguments(proto, name, args);
    Field(of as () => ClassType, options)(proto, name);
    if (read) this.reads.set(name, read as unknown as GraphQLFieldResolver<unknown, unknown>);
    return this;
  }

  /** TypeGraphQL has no place for readers like these, so the built schema gets them. */
  bind(schema: GraphQLSchema): void {
    const fields = (schema.getType(this.name) as GraphQLObjectType | undefined)?.getFields();
    if (fields) for (const [name, read] of this.reads) fields[name]!.resolve = read;
  }
}
