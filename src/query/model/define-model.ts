import { checkDimensions } from './define-model/dimensions.ts';
import { checkFacts } from './define-model/facts.ts';
import { checkMetrics } from './define-model/metrics.ts';
import { checkNames } from './define-model/names.ts';
import { checkRollups } from './define-model/rollups.ts';
import type { Model } from './model.ts';

/** A model that contradicts itself; the message lists everything that is wrong with it. */
export class ModelError extends Error {
  override readonly name = 'ModelError';

  constructor(readonly problems: readonly string[]) {
    super(`The model has ${problems.length} problem(s):\n${problems.map((each) => `- ${each}`).join('\n')}`);
  }
}

/**
 * Checks a model when it is loaded.
 * @throws ModelError with all problems at once
 */
export function defineModel(model: Model): Model {
  const problems = [
    ...checkNames(model),
    ...checkDimensions(model),
    ...checkFacts(model),
    ...checkMetrics(model),
    ...checkRollups(model),
  ];
  if (problems.length > 0) throw new ModelError(problems);
  return model;
}
