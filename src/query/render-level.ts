import { empty, ident, join, type Sql, sql } from '../database/sql.ts';
import type { Catalog } from './catalog.ts';
import type { LevelPlan, MeasurePlan, Plan } from './plan.ts';
import { renderAdded } from './render-added.ts';
import { HAS_ROWS, renderBranch } from './render-branch.ts';
import { keyColumn } from './render-key.ts';
import { renderValue } from './render-value.ts';

/** Kinds of rows as the statement orders them: the least of several is the kind of their subtotal. */
export const KINDS = ['GROUP', 'EMPTY', 'FILLED', 'OTHER'] as const;

/** A common table: its name and query. */
export interface Table {
  readonly name: Sql;
  readonly query: Sql;
}

/** Marks of a side: which of a row's kinds it speaks for. */
type Mark = 'present' | 'compared' | 'filled' | 'added';

/** The column of the kind that a level's own groups were given. */
const KIND = ident('kind');

/**
 * The tables of one level; the last, named after it, has keys, kind, the measures that shares need, and values.
 * Facts and windows are aggregated apart and put together on the keys, so that missing keys meet too.
 */
export function renderLevel(catalog: Catalog, plan: Plan, level: LevelPlan): readonly Table[] {
  const name = (suffix: string) => ident(`${level.level}${suffix}`);
  const columns = level.branches.flatMap(({ measures }) => measures);
  const keys = level.groupBy.map(keyColumn);
  const isRows = level.level === 'rows';
  const sides = level.branches.map((branch) =>
    side(renderBranch(catalog, plan, level, branch), keys, columns, branch),
  );
  if (level.from) sides.push(groupsOf(level, keys, columns));
  const addsRows = isRows && (plan.fill || plan.emptyGroups);
  const core: Table = { name: name('_core'), query: merged(sides, keys, columns, level) };
  const added = addsRows ? renderAdded(catalog, plan, core.name) : [];
  const all: Table[] = addsRows
    ? [{ name: name('_all'), query: withAdded(core.name, added.at(-1)!.name, keys, columns, level) }]
    : [];
  const last = all[0] ?? core;
  const shared = level.shares.flatMap(({ metrics }) => metrics.map(({ measure }) => measure));
  const values = level.values.map((value) => sql`${renderValue(value)} as ${ident(value.column)}`);
  const carried = [...new Set(shared)].map((column) => ident(column));
  const selected = [...keys, sql`${kindOf(level)} as ${KIND}`, ...carried, ...totalsOf(level), ...values];
  const query = sql`select ${join(selected)} from ${last.name}${isPresent(level)}`;
  return [core, ...added, ...all, { name: ident(level.level), query }];
}

/** The columns of a branch among those of the whole level. */
function side(
  branch: Sql,
  keys: readonly Sql[],
  columns: readonly MeasurePlan[],
  { measures, gives }: LevelPlan['branches'][number],
): Sql {
  const own = columns.map(({ column }) => {
    const isOwn = measures.some((each) => each.column === column);
    return isOwn
      ? sql`${ident(column)}::numeric as ${ident(column)}`
      : sql`null::numeric as ${ident(column)}`;
  });
  const marks = marked(
    gives === 'groups' ? 'present' : gives === 'compared' ? 'compared' : undefined,
    HAS_ROWS,
  );
  return sql`select ${join([...keys, ...own, ...marks])} from (${branch}) as branch`;
}

const MARKS: readonly Mark[] = ['present', 'compared', 'filled', 'added'];

/** One mark holds where `condition` does, the others never. */
function marked(mark: Mark | undefined, condition: Sql): readonly Sql[] {
  return MARKS.map((each) => sql`${each === mark ? condition : sql`false`} as ${ident(each)}`);
}

/** The groups of rows that a level's own come from, with the best of their kinds. */
function groupsOf(level: LevelPlan, keys: readonly Sql[], columns: readonly MeasurePlan[]): Sql {
  const none = columns.map(({ column }) => sql`null::numeric as ${ident(column)}`);
  const totals = totalsOf(level).map((column) => sql`max(${column}) as ${column}`);
  const marks = level.level === 'other' ? marked('present', sql`count(*) > 0`) : marksOfKinds();
  return sql`select ${join([...keys, ...none, ...marks, ...totals])} from ${ident(level.from!)}${grouped(keys)}`;
}

function marksOfKinds(): readonly Sql[] {
  const has = (kind: number) => sql`bool_or(${KIND} = ${kind}::int)`;
  return [
    sql`${has(0)} as ${ident('present')}`,
    sql`${has(1)} as ${ident('compared')}`,
    sql`${has(2)} as ${ident('filled')}`,
    sql`false as ${ident('added')}`,
  ];
}

/** What folded rows would have been shares of, for the row that they become. */
function totalsOf({ level, shares, groupBy }: LevelPlan): readonly Sql[] {
  if (level !== 'other') return [];
  return shares.flatMap(({ of, metrics }) =>
    of.every((name) => groupBy.includes(name)) ? metrics.map(({ column }) => ident(`of_${column}`)) : [],
  );
}

function merged(
  sides: readonly Sql[],
  keys: readonly Sql[],
  columns: readonly MeasurePlan[],
  level: LevelPlan,
): Sql {
  const totals = totalsOf(level);
  // Only the side of the groups has them.
  const padded =
    totals.length === 0
      ? sides
      : sides.map((each, index) =>
          index === sides.length - 1
            ? each
            : sql`select *, ${join(totals.map((column) => sql`null::numeric as ${column}`))} from (${each}) as side`,
        );
  const measures = columns.map(({ column, empty: none }) => {
    const own = ident(column);
    return none === null ? sql`max(${own}) as ${own}` : sql`coalesce(max(${own}), 0) as ${own}`;
  });
  const marks = MARKS.map((mark) => sql`bool_or(${ident(mark)}) as ${ident(mark)}`);
  const carried = totals.map((column) => sql`max(${column}) as ${column}`);
  return sql`select ${join([...keys, ...measures, ...marks, ...carried])}
    from (${join(padded, sql` union all `)}) as sides${grouped(keys)}`;
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
  const marks = MARKS.map((mark) => ident(mark));
  const none = columns.map(({ column }) => sql`null::numeric as ${ident(column)}`);
  const sides = [
    sql`select ${join([...keys, ...own, ...marks])} from ${core}`,
    sql`select ${join([...keys, ...none, sql`false`, sql`false`, ident('filled'), sql`true`])} from ${added}`,
  ];
  return merged(sides, keys, columns, level);
}

function grouped(keys: readonly Sql[]): Sql {
  return keys.length > 0 ? sql` group by ${join(keys)}` : empty;
}

function kindOf({ level }: LevelPlan): Sql {
  if (level === 'other') return sql`3`;
  if (level === 'totals') return sql`0`;
  return sql`case when present then 0 when compared then 1 when filled then 2 else 1 end`;
}

/** Groups that only a snapshot or a window has are no rows; a total is there whatever it is of. */
function isPresent({ level, groupBy }: LevelPlan): Sql {
  if (level === 'totals' || (level !== 'rows' && level !== 'other' && groupBy.length === 0)) return empty;
  return sql` where present or compared or filled or added`;
}
