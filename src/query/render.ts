import type { Statement } from '../database/engine.ts';
import { empty, ident, join, prepared, type Sql, sql } from '../database/sql.ts';
import { emptyValue } from './aggregates.ts';
import { baseOf, type Catalog, splitMeasure } from './catalog.ts';
import { isAfter, orderBy, type SortTerm } from './keyset.ts';
import type { MeasureName, Metric } from './model.ts';
import type { LevelPlan, Plan } from './plan.ts';
import { keyColumn, measureColumn, renderBranch } from './render-branch.ts';
import { keyType } from './render-condition.ts';
import type { OrderTerm } from './request.ts';

/** The places of a level's values in the rows of the statement's answer. */
export interface Layout {
  readonly keys: readonly string[];
  readonly metrics: readonly string[];
}

/** What a row of the answer is, by its first column. */
export const LEVELS = { rows: 0, totals: 1, count: 2 } as const;

export interface Rendered {
  readonly statement: Statement;
  /** Columns of every answered row: level (see `LEVELS`), position, total count, the keys, then the metrics. */
  readonly layout: Layout;
}

/** One parameterised statement for a whole plan: the page of rows, then the totals. */
export function render(catalog: Catalog, plan: Plan): Rendered {
  const rows = plan.levels.find(({ level }) => level === 'rows');
  const layout: Layout = {
    keys: rows?.groupBy ?? [],
    metrics: [...new Set(plan.levels.flatMap(({ metrics }) => metrics))],
  };
  const parts = plan.levels.map(
    (level) => sql`${levelName(level.level)} as (${renderLevel(catalog, plan, level)})`,
  );
  const paged = rows ? [sql`page as (${renderPage(catalog, plan)})`] : [];
  const answers = plan.levels.map((level) => renderAnswer(catalog, level, layout));
  if (plan.count) answers.push(renderCount(catalog, layout));
  const text = sql`with ${join([...parts, ...paged])}
${join(
  answers,
  sql`
union all
`,
)}
order by 1, 2`;
  return { statement: prepared(text), layout };
}

function levelName(level: LevelPlan['level']): Sql {
  return level === 'rows' ? sql`all_rows` : sql`totals`;
}

/** Keys and metrics of one level, its facts put together on the keys, so that missing keys meet too. */
function renderLevel(catalog: Catalog, plan: Plan, level: LevelPlan): Sql {
  const keys = level.groupBy.map(keyColumn);
  const metrics = level.metrics.map(
    (name) => sql`${renderMetric(catalog.metric(name))} as ${ident(`metric_${name}`)}`,
  );
  const present = level.level === 'rows' ? sql` where present` : empty;
  const columns = [...keys, ...metrics];
  return sql`select ${columns.length > 0 ? join(columns) : sql`1 as one`} from (${merged(catalog, plan, level)}) as merged${present}`;
}

function merged(catalog: Catalog, plan: Plan, level: LevelPlan): Sql {
  const branches = level.branches.map((branch) => renderBranch(catalog, plan, level, branch));
  if (branches.length === 1) return branches[0]!;
  const keys = level.groupBy.map(keyColumn);
  const all = level.branches.flatMap(({ fact, measures }) => measures.map((name) => ({ fact, name })));
  const sides = level.branches.map((branch, index) => {
    const columns = all.map(({ fact, name }) => {
      const column = measureColumn(fact, name);
      return fact === branch.fact ? sql`${column}::numeric as ${column}` : sql`null::numeric as ${column}`;
    });
    return sql`select ${join([...keys, ...columns, sql`present`])} from (${branches[index]!}) as branch`;
  });
  const measures = all.map(({ fact, name }) => {
    const column = measureColumn(fact, name);
    const none = emptyOf(catalog, fact, name);
    return none === null ? sql`max(${column}) as ${column}` : sql`coalesce(max(${column}), 0) as ${column}`;
  });
  return sql`select ${join([...keys, ...measures, sql`bool_or(present) as present`])}
    from (${join(sides, sql` union all `)}) as sides${keys.length > 0 ? sql` group by ${join(keys)}` : empty}`;
}

function emptyOf(catalog: Catalog, fact: string, measure: string): 0 | null {
  const aggregate = baseOf(catalog.fact(fact)).measures[measure];
  return aggregate ? emptyValue(aggregate) : null;
}

/** A metric at the grain of its level. Exact until the last cast. */
function renderMetric(metric: Metric): Sql {
  const of = (name: MeasureName) => measureColumn(...splitMeasure(name));
  if (metric.kind === 'ratio') {
    return sql`(${of(metric.numerator)}::numeric / nullif(${of(metric.denominator)}, 0))::float8`;
  }
  return sql`${of(metric.measure)}::${metricType(metric)}`;
}

function metricType(metric: Metric): Sql {
  return metric.format === 'integer' ? sql`int8` : sql`float8`;
}

function termColumn({ by, name }: OrderTerm): Sql {
  return by === 'metric' ? ident(`metric_${name}`) : keyColumn(name);
}

/** Text sorts by code point, whatever the database's collation. */
function sortable(catalog: Catalog, term: OrderTerm): Sql {
  const column = termColumn(term);
  if (term.by === 'metric') return column;
  const dimension = catalog.dimension(term.name);
  return dimension.kind === 'entity' && dimension.key === 'text' ? sql`${column} collate "C"` : column;
}

function renderPage(catalog: Catalog, plan: Plan): Sql {
  const terms = plan.order.map((term): SortTerm => {
    return { column: sortable(catalog, term), type: termType(catalog, term), direction: term.direction };
  });
  const order = terms.length > 0 ? sql`order by ${orderBy(terms)}` : empty;
  const after = plan.after ? sql` where ${isAfter(terms, plan.after)}` : empty;
  return sql`select *, row_number() over (${order}) as position from all_rows${after} order by position limit ${plan.first + 1}`;
}

function termType(catalog: Catalog, term: OrderTerm): Sql {
  return term.by === 'metric' ? metricType(catalog.metric(term.name)) : keyType(catalog.dimension(term.name));
}

/** The rows of one level in the columns of the whole answer. */
function renderAnswer(catalog: Catalog, level: LevelPlan, layout: Layout): Sql {
  const isRows = level.level === 'rows';
  const keys = layout.keys.map((name) => {
    return isRows
      ? sql`${keyColumn(name)}::${answerType(catalog, name)}`
      : sql`null::${answerType(catalog, name)}`;
  });
  const metrics = layout.metrics.map((name) => {
    const type = metricType(catalog.metric(name));
    return level.metrics.includes(name) ? ident(`metric_${name}`) : sql`null::${type}`;
  });
  const head = isRows ? sql`0 as level, position, null::int8` : sql`1, null::int8, null::int8`;
  return sql`select ${join([head, ...keys, ...metrics])} from ${isRows ? sql`page` : sql`totals`}`;
}

/** A row of its own, since a page past the last row has none to carry it. */
function renderCount(catalog: Catalog, layout: Layout): Sql {
  const keys = layout.keys.map((name) => sql`null::${answerType(catalog, name)}`);
  const metrics = layout.metrics.map((name) => sql`null::${metricType(catalog.metric(name))}`);
  return sql`select ${join([sql`2, null::int8, count(*)`, ...keys, ...metrics])} from all_rows`;
}

function answerType(catalog: Catalog, dimension: string): Sql {
  const definition = catalog.dimension(dimension);
  return definition.kind === 'enum' ? sql`text` : keyType(definition);
}
