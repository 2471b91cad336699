/** What a model is written with, and, for a model's own fields, SQL, prepared statements, filters and keyset pages. */

export type { Row } from '../database/engine.ts';
export { all, empty, ident, join, prepared, type Sql, sql } from '../database/sql.ts';
export { holdsAt } from '../database/version.ts';
export { baseOf, type Catalog } from './catalog.ts';
export type { CursorValue } from './cursor.ts';
export { defineModel } from './define-model.ts';
export { canonical, hash } from './identity.ts';
export { isAfter, orderBy, type SortTerm } from './keyset.ts';
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
} from './model.ts';
export { Problems } from './problems.ts';
export { renderMatching } from './render-branch.ts';
export type { Condition, Path, Range, TimeRange, Where } from './request.ts';
export { checkFirst, resolveSlice } from './resolve-basis.ts';
