import { fieldOf } from '../../oracle/keys.ts';
import { METRIC_FIELDS, metricNamed } from '../../oracle/metrics.ts';
import type { Request } from '../../oracle/request.ts';
import type { Selected, SelectedLevel, SelectedShare, SelectedSubtotals, World } from '../cases.ts';
import { customProblem } from '../rules/custom.ts';
import {
  comparedMetricProblem,
  metricProblem,
  rowLevels,
  rowMetricProblem,
  validMetrics,
} from '../rules/metrics.ts';
import type { Choices } from './choices.ts';
import { pickMetrics } from './pick.ts';

const ADDITIVE = METRIC_FIELDS.filter((field) => metricNamed(field).kind === 'additive');

/** What to select of an answer, at every level only what has a meaning there. */
export function selectionOf(choices: Choices, world: World, request: Request): Selected {
  const { groupBy, compare = [], rolling = [], custom = [] } = request;
  const valid = validMetrics((field) => rowMetricProblem(world, request, field));
  return {
    rows: {
      metrics: pickMetrics(choices, valid, 6),
      custom: custom
        .map(({ key }) => key)
        .filter((key) =>
          rowLevels(request).every((level) => customProblem(world, request, key, level) === undefined),
        ),
      comparisons: compare.map((comparison) => {
        const compared = validMetrics((field) => comparedMetricProblem(world, request, comparison, field));
        return { key: comparison.key, metrics: pickMetrics(choices, compared, 4) };
      }),
      rolling: rolling.map(({ key }) => ({ key, metrics: pickMetrics(choices, valid, 4) })),
      shares: choices.chance(0.4) ? sharesOf(choices, groupBy) : [],
    },
    ...(choices.chance(0.5) && { totals: levelOf(choices, world, request, []) }),
    subtotals: groupBy.length > 0 && choices.chance(0.45) ? subtotalsOf(choices, world, request) : [],
  };
}

function levelOf(choices: Choices, world: World, request: Request, by: readonly string[]): SelectedLevel {
  const level = by.map(fieldOf);
  const keys = (request.custom ?? []).map(({ key }) => key);
  return {
    metrics: pickMetrics(
      choices,
      validMetrics((field) => metricProblem(world, request, field, level)),
      5,
    ),
    custom: keys.filter((key) => customProblem(world, request, key, level) === undefined),
  };
}

/** Up to two different ones. */
function sharesOf(choices: Choices, level: readonly string[]): readonly SelectedShare[] {
  const of = [choices.chance(0.5) ? [] : choices.some(level, 1, 2), choices.some(level, 0, 2)];
  const different = [...new Map(of.map((each) => [[...each].sort().join(), each])).values()];
  return different.map((each) => ({ of: each, metrics: choices.some(ADDITIVE, 1, 2) }));
}

function subtotalsOf(choices: Choices, world: World, request: Request): readonly SelectedSubtotals[] {
  const { groupBy } = request;
  const several = [choices.some(groupBy, choices.chance(0.05) ? 0 : 1, 3)];
  if (choices.chance(0.3)) several.push(choices.some(groupBy, 1, 2));
  const different = [...new Map(several.map((by) => [[...by].sort().join(), by])).values()];
  return different.map((by) => ({
    by,
    ...levelOf(choices, world, request, by),
    shares: choices.chance(0.3) ? sharesOf(choices, by) : [],
  }));
}

/** Part of a selection, with other metrics. */
export function otherSelection(choices: Choices, world: World, request: Request): Selected {
  const { rows, totals } = selectionOf(choices, world, request);
  const thin = <T>(list: readonly T[]): readonly T[] => list.filter(() => choices.chance(0.4));
  return {
    rows: {
      metrics: thin(rows.metrics),
      custom: thin(rows.custom),
      comparisons: thin(rows.comparisons),
      rolling: thin(rows.rolling),
      shares: thin(rows.shares),
    },
    ...(totals && { totals }),
    subtotals: [],
  };
}
