import { semantic } from '../../src/model/semantic.ts';
import type { RollupPlan } from '../../src/pipeline/build/rollups.ts';
import { Catalog } from '../../src/query/catalog.ts';
import { rollupPlan } from '../../src/query/rollup/plan.ts';

/** The rollups of the law firms' model, as commands build them. */
export const rollups: RollupPlan = rollupsFor(1);

export function rollupsFor(fiscalYearStart: number): RollupPlan {
  return rollupPlan(new Catalog(semantic, { fiscalYearStart }));
}
