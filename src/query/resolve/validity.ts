import { baseOf, knows } from '../model/base.ts';
import { type Catalog, factKnows } from '../model/catalog.ts';
import type { Dimension, Fact, Metric } from '../model/model.ts';
import { camelCase, screamingCase } from '../model/names.ts';
import { contains } from '../time/time.ts';
import { isBoundary } from '../time/wall.ts';
import type { Window } from '../time/windows.ts';
import type { Problems } from './problems.ts';
import type { Condition, Path, Range } from './request.ts';
import { dimensionsIn } from './where.ts';

/** Where a metric is asked. */
export interface Place {
  /** What its level is grouped by. */
  readonly keys: readonly Dimension[];
  /** What base rows must be told apart by besides, since only those of some groups count. */
  readonly within?: readonly Dimension[];
  /** Conditions on its base rows. */
  readonly conditions: readonly Condition[];
  readonly range: Range;
  readonly timeZone: string | undefined;
}

/** Adds a problem for everything that leaves a metric without a meaning at a place. */
export function checkMetric(
  catalog: Catalog,
  metric: Metric,
  place: Place,
  path: Path,
  problems: Problems,
): void {
  const name = camelCase(metric.name);
  const { keys, within = [], conditions, range, timeZone } = place;
  const filtered = conditions
    .flatMap((each) => [...dimensionsIn(each)])
    .map((each) => catalog.dimension(each));
  const facts = catalog.factsOf(metric);
  const allowed = catalog.dimensionsOf(metric).map((each) => screamingCase(each.name));
  const refuse = (dimension: Dimension, use: 'group by' | 'filter on') =>
    problems.add(
      'METRIC_NOT_AT_DIMENSION',
      { metric: name, dimension: screamingCase(dimension.name), use },
      path,
      { allowed },
    );
  for (const dimension of new Set([...keys, ...within]))
    if (!facts.every((fact) => factKnows(fact, dimension))) refuse(dimension, 'group by');
  for (const dimension of new Set(filtered))
    if (!facts.every((fact) => canFilter(fact, dimension, [...keys, ...within])))
      refuse(dimension, 'filter on');
  for (const dimension of catalog.needsOf(metric)) {
    if (keys.some((key) => key.name === dimension)) continue;
    problems.add('METRIC_NEEDS_GROUP', { metric: name, dimension: screamingCase(dimension) }, path);
  }
  const isInUtc = facts.some(({ holds }) => holds !== 'event');
  if (timeZone !== undefined && isInUtc) problems.add('METRIC_NOT_IN_TIME_ZONE', { metric: name }, path);
  for (const fact of facts) {
    const cut = cutBy(catalog, fact, range);
    if (cut) problems.add('METRIC_NEEDS_WHOLE_PERIODS', { metric: name, ...cut }, path);
  }
}

/** A filter on periods is judged by a snapshot's grouped period, which must then lie wholly in or out. */
function canFilter(fact: Fact, dimension: Dimension, keys: readonly Dimension[]): boolean {
  if (fact.holds !== 'snapshot' || dimension.kind !== 'time') return knows(baseOf(fact), dimension);
  return keys.some((key) => key.kind === 'time' && contains(dimension.grain, key.grain));
}

function cutBy(
  { fiscalYearStart }: Catalog,
  fact: Fact,
  { from, to }: Range,
): { period: string; at: string } | undefined {
  const { grain } = baseOf(fact);
  if (fact.holds !== 'period' || grain === 'instant' || grain === 'ever') return undefined;
  const at = [from, to].find((end) => end !== undefined && !isBoundary(grain, end, fiscalYearStart));
  return at === undefined ? undefined : { period: grain, at };
}

/** The grain of which a window would read a part, for a metric that holds over whole periods; undefined for none. */
export function grainCutBy(catalog: Catalog, metric: Metric, windows: readonly Window[]): string | undefined {
  for (const fact of catalog.factsOf(metric)) {
    const { grain } = baseOf(fact);
    if (fact.holds !== 'period' || grain === 'instant' || grain === 'ever') continue;
    const isCut = windows.some(({ from, to }) =>
      [from, to].some((end) => !isBoundary(grain, end, catalog.fiscalYearStart)),
    );
    if (isCut) return grain;
  }
  return undefined;
}
