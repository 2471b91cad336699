import { type GraphQLSchema, isInputObjectType } from 'graphql';
import { type ClassType, Field, InputType } from 'type-graphql';
import type { FieldOptions, TypeThunk } from './field.ts';

/** Names of input types that take exactly one of their fields. */
const ONE_OF = new Set<string>();

/** TypeGraphQL drops the mark of these types, so the built schema gets it. */
export function markOneOf(schema: GraphQLSchema): void {
  for (const name of ONE_OF) {
    const type = schema.getType(name);
    if (isInputObjectType(type)) type.isOneOf = true;
  }
}

/** An input type made from a model. */
export class InputShape {
  readonly target: ClassType = class {};

  constructor(
    readonly name: string,
    description: string,
    oneOf?: 'oneOf',
  ) {
    InputType(name, { description })(this.target);
    if (oneOf) ONE_OF.add(name);
  }

  /** Declares a field that may be left out. */
  optional(name: string, of: TypeThunk, options: Omit<FieldOptions, 'nullable'> = {}): this {
    return this.declare(name, of, { nullable: true, ...options });
  }

  /** Declares a field that must be given, or has a default. */
  required(
    name: string,
    of: TypeThunk,
    options: { defaultValue?: unknown; description?: string } = {},
  ): this {
    return this.declare(name, of, options);
  }

  private declare(name: string, of: TypeThunk, options: object): this {
    Field(of as () => ClassType, options)(this.target.prototype as object, name);
    return this;
  }
}
