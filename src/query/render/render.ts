import { MOST_ROWS_OF_SHORT, type Statement } from '../../database/engine.ts';
import { constant, ident, join, prepared, type Sql, sql } from '../../database/sql.ts';
import type { Catalog } from '../catalog.ts';
import { keyType } from '../model/key-type.ts';
import type { LevelPlan, Plan } from '../plan/plan.ts';
import { type Table, withTables } from './common-table.ts';
import { renderLevel } from './level.ts';
import { type Page, pageTable, renderRows, renderSubtotals } from './page.ts';
import { renderWindows } from './windows.ts';

/** The cells of every answered row: which level it is of, its place in it, a count, its kind, then `columns`. */
const HEAD = 4;
/** Rows of the only page are in order, and of one level: their kind, then `columns`. */
const HEAD_OF_ONLY = 1;

export interface Rendered {
  readonly statement: Statement;
  /** Names of the columns after the head: `key_…` of dimensions, then values and shares. */
  readonly columns: readonly string[];
  /** How many cells are before them, the last of which is the row's kind. */
  readonly head: number;
  /** Whether all rows are those of the only page; else the first cells tell what each is. */
  readonly isOnly: boolean;
}

/** What is answered of a level: a page of its rows or its one row, and how many rows it has in all. */
export interface Answered {
  readonly level: LevelPlan;
  /** Its place among the plan's levels, which tells its rows. */
  readonly place: number;
  /** Absent where rows are only counted, and of totals, whose row has no position. */
  readonly page?: Page | undefined;
  /** The table to count, where the count is asked for. */
  readonly counted?: Sql | undefined;
}

/** One parameterised statement for a whole plan. */
export function render(catalog: Catalog, plan: Plan): Rendered {
  const { tables, answered } = renderTables(catalog, plan);
  const columns = columnsOf(catalog, answered);
  const only = onlyPage(answered);
  const text = only
    ? sql`${withTables(tables)}
${renderOnly(only, columns)}`
    : sql`${withTables([...tables, ...pageTables(answered)])}
${join(
  answered.flatMap((each) => renderAnswers(each, columns)),
  sql`
union all
`,
)}
order by 1, 2`;
  const names = columns.map(({ name }) => name);
  const isOnly = only !== undefined;
  return {
    statement: { ...prepared(text), isShort: isShort(plan) },
    columns: names,
    head: isOnly ? HEAD_OF_ONLY : HEAD,
    isOnly,
  };
}

/** Rows that are put together take longer: they are sorted, and joined before. */
const MOST_ROWS_PUT_TOGETHER = 10_000;

/** Whether a plan looks up numbers, or puts few rows together, and adds none. */
function isShort({ levels, fill, emptyGroups }: Plan): boolean {
  const branches = levels.flatMap((level) => level.branches);
  const rowsOf = (some: typeof branches) => some.reduce((sum, { relationRows }) => sum + relationRows, 0);
  const putTogether = branches.filter(({ isLookup }) => !isLookup);
  if (fill || emptyGroups || putTogether.some(({ windows }) => windows !== undefined)) return false;
  return rowsOf(branches) <= MOST_ROWS_OF_SHORT && rowsOf(putTogether) <= MOST_ROWS_PUT_TOGETHER;
}

/** All common tables of a plan but those of pages, and what of them is answered. */
export function renderTables(
  catalog: Catalog,
  plan: Plan,
): { readonly tables: readonly Table[]; readonly answered: readonly Answered[] } {
  const tables: Table[] = [...renderWindows(catalog, plan)];
  const answered: Answered[] = [];
  const other = plan.levels.find(({ level }) => level === 'other');
  plan.levels.forEach((level, place) => {
    if (level.level === 'other') return;
    tables.push(...renderLevel(catalog, plan, level));
    if (level.level === 'totals') {
      answered.push({ level, place });
      return;
    }
    const made =
      level.level === 'rows'
        ? renderRows(catalog, plan, level, other)
        : renderSubtotals(catalog, plan, level);
    tables.push(...made.tables);
    const isGiven = level.level !== 'rows' || plan.page.rows;
    if (!isGiven && !plan.page.count) return;
    answered.push({ level, place, page: isGiven ? made.page : undefined, counted: made.counted });
  });
  return { tables, answered };
}

export function pageTables(answered: readonly Answered[]): readonly Table[] {
  return answered.flatMap(({ page }) => (page ? [pageTable(page)] : []));
}

/** The page that is the whole answer, if it is one: its rows need no number to be in order. */
function onlyPage([first, ...others]: readonly Answered[]): (Answered & { readonly page: Page }) | undefined {
  if (!first || others.length > 0 || first.counted !== undefined) return undefined;
  const { page } = first;
  return page && { ...first, page };
}

interface Column {
  readonly name: string;
  readonly type: Sql;
}

/** The columns of all levels together, each once. */
function columnsOf(catalog: Catalog, answered: readonly Answered[]): readonly Column[] {
  const columns = new Map<string, Sql>();
  for (const { level } of answered) {
    for (const name of level.groupBy) columns.set(`key_${name}`, answerType(catalog, name));
  }
  for (const { level } of answered) {
    for (const { column, type } of level.values)
      columns.set(column, type === 'int8' ? sql`int8` : sql`float8`);
    for (const { metrics } of level.shares)
      for (const { column } of metrics) columns.set(column, sql`float8`);
  }
  return [...columns].map(([name, type]) => ({ name, type }));
}

/** What an answer's rows of a level have in the columns of the whole answer. */
function cellsOf({ level }: Answered, columns: readonly Column[]): readonly Sql[] {
  const own = new Set([
    ...level.groupBy.map((name) => `key_${name}`),
    ...level.values.map(({ column }) => column),
    ...level.shares.flatMap(({ metrics }) => metrics.map(({ column }) => column)),
  ]);
  return columns.map(({ name, type }) => (own.has(name) ? sql`${ident(name)}::${type}` : sql`null::${type}`));
}

/**
 * The rows of the only page. Cells have names of their own: rows are ordered by the columns that they are made of. The
 * offset keeps the limit out of how these are read: else the database would rather read everything in order until some
 * match.
 */
function renderOnly(answered: Answered & { readonly page: Page }, columns: readonly Column[]): Sql {
  const { from, order, limit } = answered.page;
  const cells = cellsOf(answered, columns).map((cell, at) => sql`${cell} as ${ident(`cell_${at}`)}`);
  return sql`select ${join([sql`kind as cell_kind`, ...cells])} from (select * from ${from} offset 0) as page ${order} limit ${limit}`;
}

/** The rows of one level, and a row of its own for their count. */
function renderAnswers(answered: Answered, columns: readonly Column[]): readonly Sql[] {
  const { level, place, page, counted } = answered;
  const at = constant(place);
  const rowsOf = (from: Sql, position: Sql) =>
    sql`select ${join([at, position, sql`null::int8`, sql`kind`, ...cellsOf(answered, columns)])} from ${from}`;
  if (level.level === 'totals') return [rowsOf(ident('totals'), sql`null::int8`)];
  const answers = page ? [rowsOf(page.name, sql`position`)] : [];
  if (counted) {
    const none = columns.map(({ type }) => sql`null::${type}`);
    answers.push(
      sql`select ${join([at, sql`null::int8`, sql`count(*)`, sql`null::int`, ...none])} from ${counted}`,
    );
  }
  return answers;
}

function answerType(catalog: Catalog, dimension: string): Sql {
  const definition = catalog.dimension(dimension);
  return definition.kind === 'enum' ? sql`text` : keyType(definition);
}
