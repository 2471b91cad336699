import 'reflect-metadata';
import type { ClassType, NonEmptyArray } from 'type-graphql';
import type { Model } from '../query/model/model.ts';

/** A semantic model with what GraphQL needs beside it. */
export interface ApiModel {
  readonly model: Model;
  /** Object types of entities, by their name. They have an `id` and load the rest by it. */
  readonly entities: Readonly<Record<string, ClassType>>;
  /** Resolver classes of the model's own fields. */
  readonly resolvers: NonEmptyArray<ClassType> | readonly ClassType[];
}

export { PageInfo } from './answers/page-info.ts';
export { OperationContext } from './context.ts';
export { Direction, enumOf } from './enums.ts';
export { exactIdFilter, filterOf, NUMBER_FILTER } from './inputs/filters.ts';
export { modelInputs } from './inputs/model-inputs.ts';
export { TimeRangeInput } from './inputs/time-range.ts';
export {
  heldAt,
  type Page,
  type PageRequest,
  type Paging,
  pageId,
  pageOf,
  pageRequest,
  readAfter,
} from './paging.ts';
export type { Column } from './prisma-column.ts';
export { type Filter, prismaFilter } from './prisma-filter.ts';
export { listPage } from './prisma-list.ts';
export { DateScalar, DateTimeScalar } from './scalars.ts';
export { fieldsBelow, fieldsOf, pathOf } from './selection.ts';
