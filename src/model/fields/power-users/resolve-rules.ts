import {
  NUMBER_VALUES,
  type NumberFilter,
  type NumberOperator,
  type Path,
  type Problems,
  resolveFilter,
  type ValueCondition,
} from '../../../query/define.ts';
import type { PowerUserDefinition } from './definition.ts';
import { NUMBERS, type NumberName } from './numbers.ts';
import { NAMED, type Rules } from './rules.ts';

/** Most months that a rule looks back over. */
const MOST_MONTHS = 24;

/**
 * The rules of a definition, with what it leaves out filled in: equal for definitions that mean the same.
 * Adds what is impossible about them.
 */
export function resolveRules(
  definition: PowerUserDefinition | undefined,
  path: Path,
  problems: Problems,
): Rules {
  const { rules: named }: { rules: Rules } = NAMED[definition?.named ?? 'USUAL'];
  if (!definition) return named;
  const { minLevel, minPercentRank, levelMonths, consecutiveMonths, minInteractionTypes } = definition;
  const hasThreshold = (minLevel ?? minPercentRank ?? undefined) !== undefined;
  const rules: Rules = {
    minLevel: hasThreshold ? (minLevel ?? undefined) : named.minLevel,
    minPercentRank: hasThreshold ? (minPercentRank ?? undefined) : named.minPercentRank,
    levelMonths: levelMonths ?? named.levelMonths,
    consecutiveMonths: consecutiveMonths ?? named.consecutiveMonths,
    minInteractionTypes: minInteractionTypes ?? named.minInteractionTypes,
    interactionTypes: [...new Set(definition.interactionTypes ?? named.interactionTypes)].sort(),
    numbers: resolveNumbers(definition.userMonth ?? {}, [...path, 'userMonth'], problems),
  };
  if (definition.interactionTypes?.length === 0) {
    const parameters = { dimension: 'definition', operator: 'interactionTypes' };
    problems.add('EMPTY_LIST', parameters, [...path, 'interactionTypes']);
  }
  checkRules(rules, path, problems);
  return rules;
}

function checkRules(rules: Rules, path: Path, problems: Problems): void {
  const { minPercentRank, levelMonths, consecutiveMonths, minInteractionTypes } = rules;
  const within = (name: string, value: number, least: number, most: number) => {
    if (value >= least && value <= most) return;
    problems.add('NUMBER_OUT_OF_RANGE', { name, value, least, most }, [...path, ...name.split('.')]);
  };
  if (minPercentRank !== undefined) within('minPercentRank', minPercentRank, 0, 1);
  within('levelMonths.ofLast', levelMonths.ofLast, 1, MOST_MONTHS);
  within('levelMonths.atLeast', levelMonths.atLeast, 1, Math.max(1, levelMonths.ofLast));
  within('consecutiveMonths', consecutiveMonths, 1, MOST_MONTHS);
  within('minInteractionTypes', minInteractionTypes, 1, 3);
}

function resolveNumbers(
  conditions: Partial<Record<NumberName, NumberFilter>>,
  path: Path,
  problems: Problems,
): readonly ValueCondition[] {
  return Object.entries(NUMBERS).flatMap(([name, { column }]) => {
    const filter = conditions[name as NumberName];
    if (!filter) return [];
    const operators = resolveFilter(filter, name, [...path, name], problems, NUMBER_VALUES);
    return operators.map(({ operator, values }) => ({
      column,
      operator: operator as NumberOperator,
      values,
    }));
  });
}
