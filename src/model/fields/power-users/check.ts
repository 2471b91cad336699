import type { Path, Problems } from '../../../query/define.ts';
import type { NumberFilter } from './number-filter.ts';
import type { Rules } from './rules.ts';

/** Most months that a rule looks back over. */
const MOST_MONTHS = 24;

/** Adds what is impossible about a definition. */
export function checkRules(rules: Rules, path: Path, problems: Problems): void {
  const { minPercentRank, levelMonths, consecutiveMonths, minInteractionTypes, userMonth } = rules;
  const within = (name: string, value: number, least: number, most: number) => {
    if (value >= least && value <= most) return;
    problems.add('NUMBER_OUT_OF_RANGE', { name, value, least, most }, [...path, ...name.split('.')]);
  };
  if (minPercentRank !== undefined) within('minPercentRank', minPercentRank, 0, 1);
  within('levelMonths.ofLast', levelMonths.ofLast, 1, MOST_MONTHS);
  within('levelMonths.atLeast', levelMonths.atLeast, 1, Math.max(1, levelMonths.ofLast));
  within('consecutiveMonths', consecutiveMonths, 1, MOST_MONTHS);
  within('minInteractionTypes', minInteractionTypes, 1, 3);
  for (const [name, filter] of Object.entries(userMonth)) {
    if (filter) checkFilter(name, filter, [...path, 'userMonth', name], problems);
  }
}

function checkFilter(dimension: string, filter: NumberFilter, path: Path, problems: Problems): void {
  const given = Object.entries(filter).filter(([, value]) => value !== null && value !== undefined);
  if (given.length === 0) problems.add('EMPTY_FILTER', { dimension }, path);
  for (const [operator, value] of given) {
    if (Array.isArray(value) && value.length === 0) {
      problems.add('EMPTY_LIST', { dimension, operator }, [...path, operator]);
    }
  }
}
