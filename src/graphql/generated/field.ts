import 'reflect-metadata';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, type ClassType } from 'type-graphql';
import type { OperationContext } from '../context.ts';

/** What TypeGraphQL takes for a type: a class, a scalar, the object of an enum, or a list of one. */
export type TypeThunk = () => unknown;

/** Reads a field of what its parent is answered with. */
export type Read<Source, Args = never> = (
  source: Source,
  args: Args,
  context: OperationContext,
  info: GraphQLResolveInfo,
) => unknown;

export interface Argument {
  readonly name: string;
  readonly of: TypeThunk;
  readonly nullable?: boolean;
  readonly defaultValue?: unknown;
  readonly description?: string;
}

export interface FieldOptions {
  readonly description?: string;
  readonly nullable?: boolean;
  readonly deprecationReason?: string;
}

/** Where a definition says that it should not be used any more. */
export function deprecation({ deprecated }: { readonly deprecated?: string }): {
  deprecationReason?: string;
} {
  return deprecated === undefined ? {} : { deprecationReason: deprecated };
}

/** Declares the arguments of a field of a class. */
export function declareArguments(proto: object, field: string, args: readonly Argument[]): void {
  args.forEach(({ name, of, ...options }, index) => {
    Arg(name, of as () => ClassType, options)(proto, field, index);
  });
}
