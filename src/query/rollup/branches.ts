import { ident, join, sql } from '../../database/sql.ts';
import type { Relation } from '../model/model.ts';
import type { BranchPlan, MeasurePlan } from '../plan/plan.ts';
import { type BranchContext, HAS_ROWS, renderBranch } from '../render/branch.ts';
import { keyColumn } from '../render/key.ts';
import { isExact, sourcesOf } from './sources.ts';
import { finerOf } from './stages.ts';
import { wholeMonths } from './stretches.ts';
import type { Side, StoredMeasure, Target } from './target.ts';

/** Measures by the relation that gives them: the first exact one of those that the rollup is made from. */
export function branchSides(target: Target, measures: readonly StoredMeasure[]): readonly Side[] {
  const branches = new Map<string, MeasurePlan[]>();
  for (const measure of measures) {
    const { name } = sourceOf(target, measure);
    branches.set(name, [...(branches.get(name) ?? []), ...planned(measure)]);
  }
  return [...branches].map(([relation, columns]) => sideOf(target, relation, columns));
}

/** Its own rows of shorter periods before all, then larger rollups, then the base. */
function sourceOf({ catalog, table, level, groupBy }: Target, { name }: StoredMeasure): Relation {
  const own = finerOf(table, level) ? table.levels.filter((each) => !finerOf(table, each.level)) : [];
  const sources = [...own.map(({ relation }) => relation), ...sourcesOf(catalog, table)];
  return sources.find((each) => isExact(catalog, each, groupBy, name))!;
}

function planned({ name, columns }: StoredMeasure): readonly MeasurePlan[] {
  if (columns.length === 1) return [{ column: columns[0]!, measure: name, empty: 0 }];
  const parts = ['sum', 'count'] as const;
  return columns.map((column, index) => ({ column, measure: name, part: parts[index]!, empty: 0 }));
}

/** The groups of one branch. */
function sideOf(
  { catalog, table, level, groupBy, version, range }: Target,
  relation: string,
  measures: readonly MeasurePlan[],
): Side {
  const names = groupBy.map(({ name }) => name);
  const { fiscalYearStart } = catalog;
  const everything = { where: { all: [] }, filters: [] };
  const months = wholeMonths(level.grain, range);
  const context: BranchContext = { version, range, months, groupBy: names, fiscalYearStart, ...everything };
  const branch: BranchPlan = { fact: table.fact.name, relation, rejected: [], measures, gives: 'nothing' };
  const columns = measures.map(({ column }) => column);
  return {
    columns,
    gives: 'groups',
    rows: sql`
      select ${join([...names.map(keyColumn), ...columns.map((name) => ident(name))])}
        from (${renderBranch(catalog, context, { groupBy: names }, branch)}) as branch where ${HAS_ROWS}`,
  };
}
