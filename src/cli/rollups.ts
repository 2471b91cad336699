import { readConfig } from '../config.ts';
import type { RollupPlan } from '../pipeline/build/rollups.ts';

/** The rollups of the model, for the fiscal year that is configured. */
export async function configuredRollups(): Promise<RollupPlan> {
  const { semantic } = await import('../model/semantic.ts');
  const { Catalog } = await import('../query/catalog.ts');
  const { rollupPlan } = await import('../query/rollup/plan.ts');
  const { fiscalYearStart } = readConfig();
  return rollupPlan(new Catalog(semantic, { fiscalYearStart }));
}
