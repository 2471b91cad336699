import { readConfig } from '../config.ts';
import type { RollupPlan } from '../pipeline/build/rollups.ts';

let made: Promise<RollupPlan> | undefined;

/** The rollups of the model, for the fiscal year that is configured; made once in a process. */
export function configuredRollups(): Promise<RollupPlan> {
  made ??= make();
  return made;
}

async function make(): Promise<RollupPlan> {
  const { semantic } = await import('../model/semantic.ts');
  const { Catalog } = await import('../query/catalog.ts');
  const { rollupPlan } = await import('../query/rollup/plan.ts');
  const { fiscalYearStart } = readConfig();
  return rollupPlan(new Catalog(semantic, { fiscalYearStart }));
}
