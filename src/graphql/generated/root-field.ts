import type { GraphQLFieldResolver, GraphQLSchema } from 'graphql';
import { type ClassType, Query, Resolver } from 'type-graphql';
import type { Statement } from '../../database/engine.ts';
import type { Plan } from '../../query/plan/plan.ts';
import { type Argument, declareArguments, type Read, type TypeThunk } from './field.ts';

/** Says how a field would be answered. */
export type Explain<Args> = (
  ...args: Parameters<Read<unknown, Args>>
) => Promise<{ readonly plan?: Plan; readonly statement: Statement | undefined }>;

/** A field of `Query`; root fields are nullable, so that one that fails takes no other with it. */
export class RootField<Args> {
  /** Declares the field to TypeGraphQL. */
  readonly resolver: ClassType = class {};

  constructor(
    readonly name: string,
    of: TypeThunk,
    { description, args }: { description: string; args: readonly Argument[] },
    readonly read: Read<unknown, Args>,
    /** Says how it would be answered, and reads nothing. */
    readonly explain?: Explain<Args>,
  ) {
    const proto = this.resolver.prototype as object;
    declareArguments(proto, name, args);
    Query(of as () => ClassType, { nullable: true, description })(proto, name, {});
    Resolver()(this.resolver);
  }

  bind(schema: GraphQLSchema): void {
    const read = this.read as unknown as GraphQLFieldResolver<unknown, unknown>;
    schema.getQueryType()!.getFields()[this.name]!.resolve = read;
  }
}
