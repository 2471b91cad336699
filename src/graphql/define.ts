import 'reflect-metadata';
import type { ClassType, NonEmptyArray } from 'type-graphql';
import type { Model } from '../query/model.ts';

/** A semantic model with what GraphQL needs beside it. */
export interface ApiModel {
  readonly model: Model;
  /** Object types of entities, by their name. They have an `id` and load the rest by it. */
  readonly entities: Readonly<Record<string, ClassType>>;
  /** Resolver classes of the model's own fields. */
  readonly resolvers: NonEmptyArray<ClassType> | readonly ClassType[];
}

export { OperationContext } from './context.ts';
export { enumOf } from './enums.ts';
export { Direction, filterOf, modelInputs, TimeRangeInput } from './inputs.ts';
export { heldAt, type Page, type PageRequest, pageId, pageOf, pageRequest, readAfter } from './paging.ts';
export type { Column } from './prisma-column.ts';
export { type Filter, prismaFilter } from './prisma-filter.ts';
export { listPage } from './prisma-list.ts';
export { PageInfo } from './row-types.ts';
export { DateScalar, DateTimeScalar } from './scalars.ts';
export { fieldsOf, pathOf } from './selection.ts';
