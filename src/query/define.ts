/** What a model is written with. */
/** For a model's own fields that list rows: SQL, prepared statements, filters and keyset pages. */

export type { Row } from '../database/engine.ts';
export { all, empty, ident, join, prepared, type Sql, sql } from '../database/sql.ts';
export { holdsAt } from '../database/version.ts';
export type { Catalog } from './catalog.ts';
export type { CursorValue } from './cursor.ts';
export { defineModel } from './define-model.ts';
export { canonical, hash } from './identity.ts';
export { isAfter, orderBy, type SortTerm } from './keyset.ts';
export type { Dimension, EnumDimension, Fact, Join, Metric, Model, Relation } from './model.ts';
export { Problems } from './problems.ts';
export { renderMatching } from './render-branch.ts';
export type { Path, Question, TimeRange, Where } from './request.ts';
export { resolve } from './resolve.ts';
