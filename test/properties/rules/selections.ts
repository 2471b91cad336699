import { fieldOf } from '../../oracle/keys.ts';
import { metricNamed } from '../../oracle/metrics.ts';
import type { Request } from '../../oracle/request.ts';
import type { Case, Selected, SelectedLevel, SelectedShare, World } from '../cases.ts';
import { customProblem } from './custom.ts';
import { comparedMetricProblem, metricProblem, rowLevels } from './metrics.ts';
import { requestProblems } from './requests.ts';

type Problem = string | undefined;

/** Why a case has no answer; empty where it has one. */
export function caseProblems(world: World, { request, selected, other }: Case): readonly string[] {
  const found = [selected, other].flatMap((each) => selectionProblems(world, request, each));
  return [...requestProblems(world, request), ...found.filter((each) => each !== undefined)];
}

function selectionProblems(
  world: World,
  request: Request,
  { rows, totals, subtotals }: Selected,
): readonly Problem[] {
  return [
    ...rowLevels(request).flatMap((level) => levelProblems(world, request, rows, level)),
    ...rows.comparisons.flatMap((each) => comparisonProblems(world, request, each)),
    ...rows.rolling.flatMap(({ key, metrics }) => [
      request.rolling?.some((each) => each.key === key) ? undefined : `there is no window ${key}`,
      ...rowLevels(request).flatMap((level) => levelProblems(world, request, { metrics, custom: [] }, level)),
    ]),
    ...rows.shares.flatMap((each) => shareProblems(request.groupBy, each)),
    ...(totals ? levelProblems(world, request, totals, []) : []),
    ...subtotals.flatMap((each) => [
      ...each.by.map((name) => (request.groupBy.includes(name) ? undefined : `${name} is not grouped`)),
      ...levelProblems(world, request, each, each.by.map(fieldOf)),
      ...each.shares.flatMap((share) => shareProblems(each.by, share)),
    ]),
  ];
}

function levelProblems(
  world: World,
  request: Request,
  { metrics, custom }: SelectedLevel,
  level: readonly string[],
): readonly Problem[] {
  return [
    ...metrics.map((field) => metricProblem(world, request, field, level)),
    ...custom.map((key) => customProblem(world, request, key, level)),
  ];
}

function comparisonProblems(
  world: World,
  request: Request,
  { key, metrics }: { key: string; metrics: readonly string[] },
): readonly Problem[] {
  const comparison = request.compare?.find((each) => each.key === key);
  if (comparison === undefined) return [`there is no comparison ${key}`];
  return metrics.map((field) => comparedMetricProblem(world, request, comparison, field));
}

function shareProblems(level: readonly string[], { of, metrics }: SelectedShare): readonly Problem[] {
  return [
    ...of.map((name) => (level.includes(name) ? undefined : `${name} is not a key of the level`)),
    ...metrics.map((field) =>
      metricNamed(field).kind === 'additive' ? undefined : `${field} has no shares`,
    ),
  ];
}
