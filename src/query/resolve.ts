import { baseOf, type Catalog } from './catalog.ts';
import type { Dimension, Fact, Metric } from './model.ts';
import { camelCase, screamingCase } from './names.ts';
import { Problems } from './problems.ts';
import {
  MAX_DIMENSIONS,
  MAX_FIRST,
  type MetricsRequest,
  type OrderTerm,
  type Question,
  type Range,
  type Selected,
  type Selection,
} from './request.ts';
import { resolveRange } from './resolve-range.ts';
import { dimensionsIn, resolveWhere } from './resolve-where.ts';
import { isBoundary } from './time.ts';

/**
 * Turns names into definitions and checks that every metric has a meaning where it is asked.
 * @param path of the field that asks, for the paths of problems
 * @param asOf of the data, which relative ranges refer to
 * @param problems already found by the caller, reported together with those found here
 * @throws RequestError with every problem of the request
 */
export function resolve(
  catalog: Catalog,
  request: MetricsRequest,
  selection: Selection,
  asOf: string | undefined,
  path: readonly (string | number)[] = [],
  problems: Problems = new Problems(),
): Question {
  const groupBy = resolveGroups(catalog, request, [...path, 'groupBy'], problems);
  const where = resolveWhere(catalog, request.where, [...path, 'where'], problems);
  const range = resolveRange(request.timeRange, asOf, [...path, 'timeRange'], problems);
  const order = resolveOrder(groupBy, request, [...path, 'orderBy'], problems);
  checkSelectedDimensions(groupBy, selection, problems);
  if (!Number.isInteger(request.first) || request.first < 1 || request.first > MAX_FIRST) {
    problems.add('FIRST_OUT_OF_RANGE', { first: request.first, limit: MAX_FIRST }, [...path, 'first']);
  }
  const filtered = [...dimensionsIn(where)].map((name) => catalog.dimension(name));
  const ordered = order.flatMap((term, index) =>
    term.by === 'metric' ? [{ name: term.name, path: [...path, 'orderBy', index] }] : [],
  );
  for (const { name, path: at } of [...selection.metrics, ...selection.totalMetrics, ...ordered]) {
    checkMetric(catalog, catalog.metric(name), { groupBy, filtered, range }, at, problems);
  }
  problems.throwIfAny();
  return Object.freeze({
    groupBy,
    where,
    range,
    order,
    first: request.first,
    after: request.after ?? undefined,
    rowMetrics: metricsNamed(catalog, [...selection.metrics, ...ordered]),
    totalMetrics: metricsNamed(catalog, selection.totalMetrics),
    wants: { rows: selection.rows, totals: selection.totals, totalCount: selection.totalCount },
  });
}

function metricsNamed(catalog: Catalog, selected: readonly Selected[]): readonly Metric[] {
  return [...new Set(selected.map(({ name }) => name))].map((name) => catalog.metric(name));
}

function resolveGroups(
  catalog: Catalog,
  { groupBy }: MetricsRequest,
  path: readonly (string | number)[],
  problems: Problems,
): readonly Dimension[] {
  if (groupBy.length > MAX_DIMENSIONS) {
    problems.add('TOO_MANY_DIMENSIONS', { given: groupBy.length, limit: MAX_DIMENSIONS }, path);
  }
  groupBy.forEach((name, index) => {
    if (groupBy.indexOf(name) < index) {
      problems.add('DUPLICATE_DIMENSION', { dimension: screamingCase(name) }, [...path, index]);
    }
  });
  return [...new Set(groupBy)].map((name) => catalog.dimension(name));
}

function resolveOrder(
  groupBy: readonly Dimension[],
  { orderBy }: MetricsRequest,
  path: readonly (string | number)[],
  problems: Problems,
): readonly OrderTerm[] {
  const names = groupBy.map(({ name }) => name);
  orderBy.forEach((term, index) => {
    if (term.by === 'metric' || names.includes(term.name)) return;
    const allowed = names.map(screamingCase);
    problems.add('ORDER_NOT_GROUPED', { dimension: screamingCase(term.name) }, [...path, index], { allowed });
  });
  const missing = names.filter(
    (name) => !orderBy.some((term) => term.by === 'dimension' && term.name === name),
  );
  return [...orderBy, ...missing.map((name) => ({ by: 'dimension', name, direction: 'ASC' }) as const)];
}

function checkSelectedDimensions(
  groupBy: readonly Dimension[],
  { dimensions }: Selection,
  problems: Problems,
): void {
  const grouped = groupBy.map(({ name }) => name);
  for (const { name, path } of dimensions) {
    if (grouped.includes(name)) continue;
    problems.add('NOT_GROUPED', { dimension: camelCase(name) }, path, { allowed: grouped.map(camelCase) });
  }
}

interface Asked {
  readonly groupBy: readonly Dimension[];
  readonly filtered: readonly Dimension[];
  readonly range: Range;
}

/** A metric has a meaning where the bases of all its facts know every dimension and the range cuts no period of theirs. */
function checkMetric(
  catalog: Catalog,
  metric: Metric,
  { groupBy, filtered, range }: Asked,
  path: readonly (string | number)[],
  problems: Problems,
): void {
  const name = camelCase(metric.name);
  const valid = catalog.dimensionsOf(metric);
  const check = (dimension: Dimension, use: 'group by' | 'filter on') => {
    if (valid.includes(dimension)) return;
    const allowed = valid.map((each) => screamingCase(each.name));
    problems.add(
      'METRIC_NOT_AT_DIMENSION',
      { metric: name, dimension: screamingCase(dimension.name), use },
      path,
      {
        allowed,
      },
    );
  };
  for (const dimension of groupBy) check(dimension, 'group by');
  for (const dimension of filtered) check(dimension, 'filter on');
  for (const fact of catalog.factsOf(metric)) {
    const cut = cutBy(fact, range);
    if (cut) problems.add('METRIC_NEEDS_WHOLE_PERIODS', { metric: name, ...cut }, path);
  }
}

function cutBy(fact: Fact, range: Range): { period: string; at: string } | undefined {
  const { grain } = baseOf(fact);
  if (grain === 'instant') return undefined;
  const at = [range.from, range.to].find((instant) => instant !== undefined && !isBoundary(grain, instant));
  return at === undefined ? undefined : { period: grain, at };
}
