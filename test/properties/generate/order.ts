import type { OrderTerm, Request } from '../../oracle/request.ts';
import type { World } from '../cases.ts';
import { comparedMetricProblem, rowMetricProblem, validMetrics } from '../rules/metrics.ts';
import type { Choices } from './choices.ts';
import { enumOf } from './dimensions.ts';
import { PARTS } from './having.ts';
import { pickMetric } from './pick.ts';

/** One to three terms, each on something else. */
export function orderOf(choices: Choices, world: World, request: Request): readonly OrderTerm[] {
  const { groupBy, compare = [], custom = [] } = request;
  const forms: readonly (() => OrderTerm)[] = [
    ...groupBy.slice(0, 2).map(() => () => dimensionTerm(choices, groupBy)),
    () => metricTerm(choices, world, request),
    ...compare.map(() => () => compareTerm(choices, world, request)),
    ...custom.slice(0, 2).map(() => () => ({ custom: { key: choices.one(custom).key, ...termOf(choices) } })),
  ];
  const terms = Array.from({ length: choices.whole(1, 3) }, () => choices.one(forms)());
  return [...new Map(terms.map((term) => [subjectOf(term), term])).values()];
}

function termOf(choices: Choices) {
  const direction = choices.one(['ASC', 'DESC'] as const);
  return {
    direction,
    ...(choices.chance(0.5) && { nulls: choices.one(['FIRST', 'FIRST', 'LAST'] as const) }),
  };
}

function dimensionTerm(choices: Choices, groupBy: readonly string[]): OrderTerm {
  return { dimension: { name: choices.one(groupBy), ...termOf(choices) } };
}

function metricTerm(choices: Choices, world: World, request: Request): OrderTerm {
  const valid = validMetrics((field) => rowMetricProblem(world, request, field));
  return { metric: { name: enumOf(pickMetric(choices, valid)), ...termOf(choices) } };
}

function compareTerm(choices: Choices, world: World, request: Request): OrderTerm {
  const comparison = choices.one(request.compare!);
  const valid = validMetrics((field) => comparedMetricProblem(world, request, comparison, field));
  const metric = enumOf(pickMetric(choices, valid));
  return { compare: { key: comparison.key, metric, part: choices.one(PARTS), ...termOf(choices) } };
}

/** What a term sorts by, whichever way. */
function subjectOf(term: OrderTerm): string {
  const { direction, nulls, ...subject } = Object.values(term)[0] as Record<string, string>;
  // The current part of a comparison is the metric itself.
  return JSON.stringify(subject.part === 'CURRENT' ? { name: subject.metric } : subject);
}
