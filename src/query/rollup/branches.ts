import { ident, join, sql } from '../../database/sql.ts';
import type { Relation } from '../model/model.ts';
import type { MeasurePlan } from '../plan/plan.ts';
import { type Branch, type BranchContext, HAS_ROWS, renderBranch } from '../render/branch.ts';
import { keyColumn } from '../render/key.ts';
import { isExact, sourcesOf } from './sources.ts';
import { writtenBefore } from './stages.ts';
import { wholeMonths } from './stretches.ts';
import type { Side, StoredMeasure, Target } from './target.ts';

/** Measures by the relation that gives them: the rollup's own rows before all, then the first exact one of others. */
export function branchSides(target: Target, measures: readonly StoredMeasure[]): readonly Side[] {
  const { catalog, table, groupBy } = target;
  const branches = new Map<string, MeasurePlan[]>();
  for (const measure of measures) {
    const { name } =
      ownSourceOf(target, measure.name) ??
      sourcesOf(catalog, table).find((each) => isExact(catalog, each, groupBy, measure.name))!;
    branches.set(name, [...(branches.get(name) ?? []), ...planned(measure)]);
  }
  return [...branches].map(([relation, columns]) => sideOf(target, relation, columns));
}

/** The smallest level of the rollup that is written before another and gives a measure of it, if there is one. */
export function ownSourceOf(
  { catalog, table, level, groupBy }: Target,
  measure: string,
): Relation | undefined {
  const own = writtenBefore(table, level).map(({ relation }) => relation);
  return own.find((each) => isExact(catalog, each, groupBy, measure));
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
  const branch: Branch = { fact: table.fact.name, relation, measures, gives: 'nothing' };
  const columns = measures.map(({ column }) => column);
  return {
    columns,
    gives: 'groups',
    rows: sql`
      select ${join([...names.map(keyColumn), ...columns.map((name) => ident(name))])}
        from (${renderBranch(catalog, context, { groupBy: names }, branch)}) as branch where ${HAS_ROWS}`,
  };
}
