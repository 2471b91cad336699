import { empty, ident, join, type Sql, sql } from '../../database/sql.ts';
import type { Catalog } from '../catalog.ts';
import type { BranchPlan, LevelPlan, MeasurePlan, Plan } from '../plan/plan.ts';
import { renderAdded } from './added.ts';
import { HAS_ROWS, renderBranch } from './branch.ts';
import type { Table } from './common-table.ts';
import { keyColumn } from './key.ts';
import { renderValue } from './value.ts';

/** Kinds of rows as the statement orders them: the least of several is the kind of their subtotal. */
export const KINDS = ['GROUP', 'EMPTY', 'FILLED', 'OTHER'] as const;

/**
 * What makes a group a row: the least of what its sides say. 0: it has rows of its own; 1: a comparison adds it; 2: it
 * is a filled period of a group that has others; 3: it is another added row; null: nothing makes it one.
 */
const MARK = ident('mark');
const NO_MARK = sql`null::int as ${MARK}`;

/**
 * The tables of one level; the last, named after it, has keys, kind, the measures that shares need, and values.
 * Facts and windows are aggregated apart and put together on the keys, so that missing keys meet too.
 */
export function renderLevel(catalog: Catalog, plan: Plan, level: LevelPlan): readonly Table[] {
  const name = (suffix: string) => ident(`${level.level}${suffix}`);
  const columns = columnsOf(level);
  const keys = level.groupBy.map(keyColumn);
  const sides = level.branches.map((branch) =>
    side(renderBranch(catalog, plan, level, branch), keys, columns, branch, totalsOf(level)),
  );
  if (level.from) sides.push(groupsOf(level, keys, columns));
  const core: Table = { name: name('_core'), query: merged(sides, keys, columns, level) };
  const addsRows = level.level === 'rows' && (plan.fill || plan.emptyGroups);
  const added = addsRows ? renderAdded(catalog, plan, core.name) : [];
  const all: Table[] = addsRows
    ? [{ name: name('_all'), query: withAdded(core.name, added.at(-1)!.name, keys, columns, level) }]
    : [];
  const last = all[0] ?? core;
  const shared = level.shares.flatMap(({ metrics }) => metrics.map(({ measure }) => measure));
  const values = level.values.map((value) => sql`${renderValue(value)} as ${ident(value.column)}`);
  const carried = [...new Set(shared)].map((column) => ident(column));
  const selected = [...keys, sql`${kindOf(level)} as kind`, ...carried, ...totalsOf(level), ...values];
  const query = sql`select ${join(selected)} from ${last.name}${isTotal(level) ? empty : sql` where mark is not null`}`;
  return [core, ...added, ...all, { name: ident(level.level), query }];
}

/** The measures' columns of a level. Branches that read windows of one set have the same, for groups of their own. */
function columnsOf({ branches }: LevelPlan): readonly MeasurePlan[] {
  const all = branches.flatMap(({ measures }) => measures);
  return [...new Map(all.map((each) => [each.column, each])).values()];
}

/** The columns of a branch among those of the whole level. */
function side(
  branch: Sql,
  keys: readonly Sql[],
  columns: readonly MeasurePlan[],
  { measures, gives, isLookup }: BranchPlan,
  totals: readonly Sql[],
): Sql {
  const own = columns.map(({ column }) => {
    const isOwn = measures.some((each) => each.column === column);
    if (!isOwn) return nothing(ident(column));
    // A rollup's numbers are exact as they are, and whole ones are faster to count with.
    return isLookup ? ident(column) : sql`${ident(column)}::numeric as ${ident(column)}`;
  });
  const mark =
    gives === 'nothing'
      ? NO_MARK
      : sql`case when ${HAS_ROWS} then ${gives === 'groups' ? sql`0` : sql`1`} end as ${MARK}`;
  return sql`select ${join([...keys, ...own, mark, ...totals.map(nothing)])} from (${branch}) as branch`;
}

function nothing(column: Sql): Sql {
  return sql`null::numeric as ${column}`;
}

/** The groups of rows that a level's own come from, with the least of their kinds. */
function groupsOf(level: LevelPlan, keys: readonly Sql[], columns: readonly MeasurePlan[]): Sql {
  const none = columns.map(({ column }) => nothing(ident(column)));
  const totals = totalsOf(level).map((column) => sql`max(${column}) as ${column}`);
  const selected = [...keys, ...none, sql`min(kind) as ${MARK}`, ...totals];
  return sql`select ${join(selected)} from ${ident(level.from!)}${grouped(keys)}`;
}

/** What folded rows would have been shares of, for the row that they become. */
function totalsOf({ level, shares, groupBy }: LevelPlan): readonly Sql[] {
  if (level !== 'other') return [];
  return shares.flatMap(({ of, metrics }) =>
    of.every((name) => groupBy.includes(name)) ? metrics.map(({ column }) => ident(`of_${column}`)) : [],
  );
}

/** One row per group. What a group has no row of is nothing: 0, or no number at all. */
function merged(
  sides: readonly Sql[],
  keys: readonly Sql[],
  columns: readonly MeasurePlan[],
  level: LevelPlan,
): Sql {
  if (sides.length === 1) return sides[0]!;
  const measures = columns.map(({ column, empty: none }) => {
    const own = ident(column);
    return none === null ? sql`max(${own}) as ${own}` : sql`coalesce(max(${own}), 0) as ${own}`;
  });
  const totals = totalsOf(level).map((column) => sql`max(${column}) as ${column}`);
  const selected = [...keys, ...measures, sql`min(${MARK}) as ${MARK}`, ...totals];
  return sql`select ${join(selected)}
    from (${join(sides, sql` union all `)}) as sides${grouped(keys)}`;
}

/** The core's rows with those that filling and empty groups add. */
function withAdded(
  core: Sql,
  added: Sql,
  keys: readonly Sql[],
  columns: readonly MeasurePlan[],
  level: LevelPlan,
): Sql {
  const own = columns.map(({ column }) => ident(column));
  const none = columns.map(({ column }) => nothing(ident(column)));
  const mark = sql`case when filled then 2 else 3 end`;
  const sides = [
    sql`select ${join([...keys, ...own, MARK])} from ${core}`,
    sql`select ${join([...keys, ...none, mark])} from ${added}`,
  ];
  return merged(sides, keys, columns, level);
}

function grouped(keys: readonly Sql[]): Sql {
  return keys.length > 0 ? sql` group by ${join(keys)}` : empty;
}

/** See {@link KINDS}; other added rows are EMPTY. */
function kindOf(level: LevelPlan): Sql {
  if (level.level === 'other') return sql`3`;
  return isTotal(level) ? sql`coalesce(mark, 0)` : sql`case mark when 3 then 1 else mark end`;
}

/** A total is there whatever it is of. */
function isTotal({ level }: LevelPlan): boolean {
  return level === 'totals';
}
