import { empty, ident, join, type Sql, sql } from '../../database/sql.ts';
import type { Catalog } from '../catalog.ts';
import { keyType } from '../model/key-type.ts';
import { type LevelPlan, type PagePlan, type Plan, placeOfSubtotals } from '../plan/plan.ts';
import type { Table } from './common-table.ts';
import { renderHaving } from './having.ts';
import { keyColumn } from './key.ts';
import { isAfter, orderBy } from './keyset.ts';
import { renderLevel } from './level.ts';
import { rowTerms, sortTerms } from './order.ts';
import { nearestQuotient } from './quotient.ts';

/** A page of rows, in their order. */
export interface Page {
  /** The rows, with the condition that they come after a cursor. */
  readonly from: Sql;
  /** Empty where there is one row at most. */
  readonly order: Sql;
  readonly limit: number;
  /** The name of its table, where it needs one. */
  readonly name: Sql;
}

interface PageTables {
  readonly tables: readonly Table[];
  readonly page: Page;
  readonly counted: Sql | undefined;
}

/** The table of a page, with the position of each row. */
export function pageTable({ name, from, order, limit }: Page): Table {
  const query = sql`select *, row_number() over (${order}) as position from ${from} ${order} limit ${limit}`;
  return { name, query };
}

/** From the groups of rows to a page of them: those that survive, the first of each group, the rest folded. */
export function renderRows(
  catalog: Catalog,
  plan: Plan,
  level: LevelPlan,
  other: LevelPlan | undefined,
): PageTables {
  const { limitBy } = plan;
  const surviving: Table = { name: ident('surviving'), query: survivors(plan, level, other) };
  if (!limitBy) return paged(catalog, plan, level, surviving.name, plan.page, [surviving]);
  const terms = plan.order.length > 0 ? orderBy(sortTerms(catalog, level, plainTerms(plan, level))) : sql`1`;
  const per = limitBy.per.length > 0 ? sql`partition by ${join(limitBy.per.map(keyColumn))} ` : empty;
  const ranked: Table = {
    name: ident('ranked'),
    query: sql`select *, row_number() over (${per}order by ${terms}) as place from surviving`,
  };
  const folded: Table = {
    name: ident('folded'),
    query: sql`select * from ranked where place > ${limitBy.n}`,
  };
  const listed: Table = { name: ident('listed'), query: list(catalog, plan, level, other) };
  const folding = other ? [folded, ...renderLevel(catalog, plan, other)] : [];
  return paged(catalog, plan, level, listed.name, plan.page, [surviving, ranked, ...folding, listed]);
}

export function renderSubtotals(catalog: Catalog, plan: Plan, level: LevelPlan): PageTables {
  const page = plan.subtotalPages[placeOfSubtotals(level.level as `subtotals_${number}`)]!;
  if (level.shares.length === 0) return paged(catalog, plan, level, ident(level.level), page, []);
  const shared: Table = {
    name: ident(`${level.level}_shared`),
    query: sql`select ${join([sql`*`, ...sharesOf(level)])} from ${ident(level.level)}`,
  };
  return paged(catalog, plan, level, shared.name, page, [shared]);
}

/** The order of rows without regard to folded ones, which are none yet. */
function plainTerms(plan: Plan, level: LevelPlan) {
  return rowTerms({ ...plan, limitBy: undefined }, level);
}

function survivors(plan: Plan, level: LevelPlan, other: LevelPlan | undefined): Sql {
  const totals = other
    ? level.shares.flatMap((share) =>
        share.metrics.map(({ column, measure }) => ({ of: share.of, column, measure })),
      )
    : [];
  const sums = totals.map(
    ({ of, column, measure }) => sql`${sumOver(of, measure)} as ${ident(`of_${column}`)}`,
  );
  const where = plan.having ? sql` where ${renderHaving(plan.having)}` : empty;
  return sql`select ${join([sql`*`, ...sharesOf(level), ...sums])} from "rows"${where}`;
}

/** Shares of the surviving rows' sums, which for an additive metric are the parent's own numbers. */
function sharesOf({ shares }: LevelPlan): readonly Sql[] {
  return shares.flatMap(({ of, metrics }) =>
    metrics.map(
      ({ column, measure }) =>
        sql`${nearestQuotient(ident(measure), sql`nullif(${sumOver(of, measure)}, 0)`)} as ${ident(column)}`,
    ),
  );
}

function sumOver(of: readonly string[], measure: string): Sql {
  const partition = of.length > 0 ? sql`partition by ${join(of.map(keyColumn))}` : empty;
  return sql`sum(${ident(measure)}) over (${partition})`;
}

/** The rows that are kept, and one for what was folded per group. */
function list(catalog: Catalog, plan: Plan, level: LevelPlan, other: LevelPlan | undefined): Sql {
  const shares = level.shares.flatMap(({ of, metrics }) => metrics.map((each) => ({ of, ...each })));
  const columns = [...level.values.map(({ column }) => column), ...shares.map(({ column }) => column)];
  const keys = level.groupBy.map(keyColumn);
  const kept = sql`select ${join([...keys, sql`kind`, ...columns.map((name) => ident(name))])}
      from ranked where place <= ${plan.limitBy!.n}`;
  if (!other) return kept;
  const foldedKeys = level.groupBy.map((name) =>
    other.groupBy.includes(name) ? keyColumn(name) : sql`null::${keyType(catalog.dimension(name))}`,
  );
  const values = level.values.map(({ column, type }) =>
    other.values.some((each) => each.column === column)
      ? ident(column)
      : sql`null::${type === 'int8' ? sql`int8` : sql`float8`}`,
  );
  const foldedShares = shares.map(({ of, column }) => {
    if (!of.every((name) => other.groupBy.includes(name))) return sql`null::float8`;
    return nearestQuotient(ident(measureOf(other, column)), sql`nullif(${ident(`of_${column}`)}, 0)`);
  });
  return sql`${kept}
    union all
    select ${join([...foldedKeys, sql`kind`, ...values, ...foldedShares])} from other`;
}

/** The measure of a share at another level, whose columns are its own. */
function measureOf({ shares }: LevelPlan, column: string): string {
  return shares.flatMap(({ metrics }) => metrics).find((each) => each.column === column)!.measure;
}

function paged(
  catalog: Catalog,
  plan: Plan,
  level: LevelPlan,
  from: Sql,
  { first, after, count }: PagePlan,
  before: readonly Table[],
): PageTables {
  const terms = sortTerms(catalog, level, rowTerms(plan, level));
  const order = terms.length > 0 ? sql`order by ${orderBy(terms)}` : empty;
  const page = {
    from: sql`${from}${after ? sql` where ${isAfter(terms, after)}` : empty}`,
    order,
    limit: first + 1,
    name: ident(`${level.level}_page`),
  };
  return { tables: before, page, counted: count ? from : undefined };
}
