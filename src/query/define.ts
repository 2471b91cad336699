/** What a model is written with, and, for a model's own fields, SQL, prepared statements, filters and keyset pages. */

export { MOST_ROWS_OF_SHORT, type Row, type Statement } from '../database/engine.ts';
export { all, constant, ident, join, prepared, type Sql, sql } from '../database/sql.ts';
export { holdsAt, includesAsOf, type VersionRecord } from '../database/version.ts';
export type { Catalog } from './catalog.ts';
export { baseOf } from './model/base.ts';
export { defineModel } from './model/define-model.ts';
export type {
  BandDimension,
  Dimension,
  EntityDimension,
  EnumDimension,
  Fact,
  Join,
  Metric,
  Model,
  Relation,
  TimeDimension,
} from './model/model.ts';
export type { CursorValue } from './plan/plan.ts';
export { canonical, hash } from './reading/identity.ts';
export { Kept } from './reading/kept.ts';
export { renderMatching } from './render/branch.ts';
export { renderHaving } from './render/having.ts';
export { isAfter, orderBy, type SortTerm } from './render/keyset.ts';
export { checkFirst, resolveSlice } from './resolve/basis.ts';
export { checkSubjects } from './resolve/order.ts';
export { Problems } from './resolve/problems.ts';
export type {
  Condition,
  NumberFilter,
  NumberOperator,
  Path,
  TimeRange,
  ValueCondition,
  Where,
} from './resolve/request.ts';
export { NUMBER_VALUES, resolveFilter } from './resolve/where.ts';
export { monthsBetween, shift } from './time/time.ts';
export { dateOf, type Range } from './time/wall.ts';
