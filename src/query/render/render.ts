import type { Statement } from '../../database/engine.ts';
import { constant, ident, join, prepared, type Sql, sql } from '../../database/sql.ts';
import type { Catalog } from '../catalog.ts';
import { keyType } from '../model/key-type.ts';
import type { LevelPlan, Plan } from '../plan/plan.ts';
import { type Table, withTables } from './common-table.ts';
import { renderLevel } from './level.ts';
import { renderRows, renderSubtotals } from './page.ts';
import { renderWindows } from './windows.ts';

/** The cells of every answered row: which level it is of, its place in it, a count, its kind, then `columns`. */
export const HEAD = 4;

export interface Rendered {
  readonly statement: Statement;
  /** Names of the columns after the head: `key_…` of dimensions, then values and shares. */
  readonly columns: readonly string[];
}

/** Pages of a level, and how many rows it has in all. */
export interface Paged {
  readonly level: LevelPlan;
  /** Its place among the plan's levels, which tells its rows. */
  readonly place: number;
  /** The table of the rows to give, with their position (totals have none); absent where they are only counted. */
  readonly page: Sql | undefined;
  readonly isPaged: boolean;
  /** The table to count, where the count is asked for. */
  readonly counted: Sql | undefined;
}

/** One parameterised statement for a whole plan. */
export function render(catalog: Catalog, plan: Plan): Rendered {
  const { tables, paged } = renderTables(catalog, plan);
  const columns = columnsOf(catalog, paged);
  const answers = paged.flatMap((each) => renderAnswers(each, columns));
  const text = sql`${withTables(tables)}
${join(
  answers,
  sql`
union all
`,
)}
order by 1, 2`;
  return { statement: prepared(text), columns: columns.map(({ name }) => name) };
}

/** All common tables of a plan, and what of them is answered. */
export function renderTables(
  catalog: Catalog,
  plan: Plan,
): { readonly tables: readonly Table[]; readonly paged: readonly Paged[] } {
  const tables: Table[] = [...renderWindows(catalog, plan)];
  const paged: Paged[] = [];
  const other = plan.levels.find(({ level }) => level === 'other');
  plan.levels.forEach((level, place) => {
    if (level.level === 'other') return;
    tables.push(...renderLevel(catalog, plan, level));
    if (level.level === 'totals') {
      paged.push({ level, place, page: ident('totals'), isPaged: false, counted: undefined });
      return;
    }
    const made =
      level.level === 'rows'
        ? renderRows(catalog, plan, level, other)
        : renderSubtotals(catalog, plan, level);
    tables.push(...made.tables);
    const isGiven = level.level !== 'rows' || plan.page.rows;
    if (!isGiven && !plan.page.count) return;
    paged.push({ level, place, isPaged: true, page: isGiven ? made.page : undefined, counted: made.counted });
  });
  return { tables, paged };
}

interface Column {
  readonly name: string;
  readonly type: Sql;
}

/** The columns of all levels together, each once. */
function columnsOf(catalog: Catalog, paged: readonly Paged[]): readonly Column[] {
  const columns = new Map<string, Sql>();
  for (const { level } of paged) {
    for (const name of level.groupBy) columns.set(`key_${name}`, answerType(catalog, name));
  }
  for (const { level } of paged) {
    for (const { column, type } of level.values)
      columns.set(column, type === 'int8' ? sql`int8` : sql`float8`);
    for (const { metrics } of level.shares)
      for (const { column } of metrics) columns.set(column, sql`float8`);
  }
  return [...columns].map(([name, type]) => ({ name, type }));
}

/** The rows of one level in the columns of the whole answer, and a row of its own for their count. */
function renderAnswers({ level, place, page, isPaged, counted }: Paged, columns: readonly Column[]): Sql[] {
  const own = new Set([
    ...level.groupBy.map((name) => `key_${name}`),
    ...level.values.map(({ column }) => column),
    ...level.shares.flatMap(({ metrics }) => metrics.map(({ column }) => column)),
  ]);
  const cells = columns.map(({ name, type }) =>
    own.has(name) ? sql`${ident(name)}::${type}` : sql`null::${type}`,
  );
  const at = constant(place);
  const position = isPaged ? sql`position` : sql`null::int8`;
  const head = [at, position, sql`null::int8`, sql`kind`];
  const answers = page ? [sql`select ${join([...head, ...cells])} from ${page}`] : [];
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
