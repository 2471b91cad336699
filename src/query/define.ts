/** What a model is written with, and, for a model's own fields, SQL, prepared statements, filters and keyset pages. */

export type { Row } from '../database/engine.ts';
export { all, empty, ident, join, prepared, type Sql, sql } from '../database/sql.ts';
export { holdsAt } from '../database/version.ts';
export { baseOf } from './model/base.ts';
export type { Catalog } from './model/catalog.ts';
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
export { renderMatching } from './render/branch.ts';
export { renderHaving } from './render/having.ts';
export { isAfter, orderBy, type SortTerm } from './render/keyset.ts';
export { checkFirst, resolveSlice } from './resolve/basis.ts';
export { Problems } from './resolve/problems.ts';
export type {
  Condition,
  NumberFilter,
  NumberOperator,
  Path,
  Range,
  TimeRange,
  ValueCondition,
  Where,
} from './resolve/request.ts';
export { resolveFilter } from './resolve/where.ts';
export type { CursorValue } from './run/cursor.ts';
export { canonical, hash } from './run/identity.ts';
