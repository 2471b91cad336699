import { empty, ident, join, type Sql, sql } from '../../database/sql.ts';
import type { Catalog } from '../catalog.ts';
import { baseOf } from '../model/base.ts';
import type { Dimension, Fact, Relation } from '../model/model.ts';
import type { Level } from '../model/rollup/levels.ts';
import { LEVEL, PERIOD, storedColumns } from '../model/rollup/relation.ts';
import type { RollupTable } from '../model/rollup/table.ts';
import { type Need, rejection } from '../plan/choose-relation.ts';
import type { BranchPlan, MeasurePlan } from '../plan/plan.ts';
import { type BranchContext, HAS_ROWS, renderBranch } from '../render/branch.ts';
import { keyColumn } from '../render/key.ts';
import { midnight, type Range } from '../time/wall.ts';
import { type Stretch, stretchesOf } from './stretches.ts';

/** What of a rollup is asked for. */
export interface Part {
  readonly version: number;
  /** In order; where they are given, only the periods that they lie in. */
  readonly dates?: readonly string[];
}

/** The rows that a rollup has at a version whose marts and larger rollups are there: its keys and values. */
export function rollupSource(catalog: Catalog, table: RollupTable, { version, dates }: Part): Sql {
  const levels = table.levels.flatMap(({ level }) => {
    const ranges = stretchesAt(catalog, level, dates).map(({ from, to }) => ({
      from: midnight(from),
      to: midnight(to),
    }));
    return (dates && level.grain !== 'ever' ? ranges : [{}]).map((range) =>
      levelSource(catalog, table, level, version, range),
    );
  });
  return join(levels, sql` union all `);
}

/** Which rows of a rollup are of the periods that some dates lie in, or of all time. */
export function isWithin(
  catalog: Catalog,
  { levels }: RollupTable,
  dates: readonly string[],
  alias: string,
): Sql {
  const period = ident(alias, PERIOD);
  const each = levels.map(({ level }) => {
    const stretches = stretchesAt(catalog, level, dates).map(
      ({ from, to }) => sql`(${period} >= ${from}::date and ${period} < ${to}::date)`,
    );
    const isIn = level.grain === 'ever' ? sql`true` : sql`(${join(stretches, sql` or `)})`;
    return sql`(${ident(alias, LEVEL)} = ${level.place} and ${isIn})`;
  });
  return sql`(${join(each, sql` or `)})`;
}

function stretchesAt(
  { fiscalYearStart }: Catalog,
  { grain }: Level,
  dates: readonly string[] = [],
): readonly Stretch[] {
  return grain === 'ever' ? [] : stretchesOf(grain, dates, fiscalYearStart);
}

function levelSource(catalog: Catalog, table: RollupTable, level: Level, version: number, range: Range): Sql {
  const period = periodOf(catalog, level);
  const groupBy = [...(period ? [period] : []), ...level.dimensions.map((name) => catalog.dimension(name))];
  const keys = groupBy.map(({ name }) => keyColumn(name));
  const branches = branchesOf(catalog, table, groupBy);
  const columns = branches.flatMap(({ measures }) => measures.map(({ column }) => column));
  const sides = branches.map((branch) => sideOf(catalog, { version, range }, groupBy, branch, columns));
  const keyed = table.keys.map(({ name, type, dimension }) => {
    if (name === LEVEL) return sql`${level.place}::int as ${ident(LEVEL)}`;
    if (name === PERIOD) return sql`${period ? keyColumn(period.name) : sql`null`}::date as ${ident(PERIOD)}`;
    const isHeld = dimension !== undefined && level.dimensions.includes(dimension);
    return sql`${isHeld ? keyColumn(dimension) : sql`null`}::${type} as ${ident(name)}`;
  });
  const values = table.values.map(({ name, type }) => sql`max(${ident(name)})::${type} as ${ident(name)}`);
  return sql`
    select ${join([...keyed, ...values])}
      from (${join(sides, sql` union all `)}) as sides${keys.length > 0 ? sql` group by ${join(keys)}` : empty}
    having count(*) > 0`;
}

/** The groups of one branch, with its columns among those of all. */
function sideOf(
  catalog: Catalog,
  at: Pick<BranchContext, 'version' | 'range'>,
  groupBy: readonly Dimension[],
  branch: BranchPlan,
  columns: readonly string[],
): Sql {
  const names = groupBy.map(({ name }) => name);
  const { fiscalYearStart } = catalog;
  const everything = { where: { all: [] }, filters: [] };
  const context: BranchContext = { ...at, groupBy: names, fiscalYearStart, ...everything };
  const own = new Set(branch.measures.map(({ column }) => column));
  const values = columns.map(
    (name) => sql`${own.has(name) ? ident(name) : sql`null`}::numeric as ${ident(name)}`,
  );
  return sql`select ${join([...names.map(keyColumn), ...values])}
      from (${renderBranch(catalog, context, { groupBy: names }, branch)}) as branch where ${HAS_ROWS}`;
}

/** The period dimension that a level has rows by. */
function periodOf(catalog: Catalog, { grain }: Level): Dimension | undefined {
  if (grain === 'ever') return undefined;
  return catalog.model.dimensions.find((each) => each.kind === 'time' && each.grain === grain)!;
}

/** The measures of a level by the relation that gives them: of the rollups it is made from the first exact one. */
function branchesOf(
  catalog: Catalog,
  { fact, rollup, values }: RollupTable,
  groupBy: readonly Dimension[],
): readonly BranchPlan[] {
  const base = baseOf(fact);
  const sources = [...sourcesOf(catalog, fact, rollup.from ?? []), base];
  const branches = new Map<string, MeasurePlan[]>();
  for (const [measure, aggregate] of Object.entries(base.measures)) {
    const columns = storedColumns(measure, aggregate).filter((name) =>
      values.some((each) => each.name === name),
    );
    if (columns.length === 0) continue;
    const source = sources.find((each) => rejection(each, needOf(catalog, groupBy, measure)) === undefined)!;
    const planned = branches.get(source.name) ?? [];
    branches.set(source.name, planned);
    const parts = columns.length === 2 ? (['sum', 'count'] as const) : [undefined];
    columns.forEach((column, index) => {
      const part = parts[index];
      planned.push({ column, measure, ...(part && { part }), empty: 0 });
    });
  }
  return [...branches].map(([relation, measures]) => ({
    fact: fact.name,
    relation,
    rejected: [],
    measures,
    gives: 'nothing',
  }));
}

function sourcesOf(catalog: Catalog, fact: Fact, names: readonly string[]): readonly Relation[] {
  return catalog
    .rollupsOf(fact)
    .filter(({ rollup }) => names.includes(rollup.name))
    .flatMap(({ levels }) => levels.map(({ relation }) => relation));
}

function needOf({ fiscalYearStart }: Catalog, groupBy: readonly Dimension[], measure: string): Need {
  return {
    groupBy,
    filtered: [],
    pinned: new Set(),
    measures: [measure],
    spans: [{}],
    isWindowed: false,
    isRegrouped: false,
    timeZone: undefined,
    fiscalYearStart,
  };
}
