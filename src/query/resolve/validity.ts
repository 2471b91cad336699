import { type Catalog, factKnows } from '../catalog.ts';
import { baseOf, knows } from '../model/base.ts';
import type { Dimension, Fact, Metric } from '../model/model.ts';
import { camelCase, screamingCase } from '../model/names.ts';
import { contains } from '../time/time.ts';
import { isBoundary, type Range } from '../time/wall.ts';
import type { Window } from '../time/windows.ts';
import type { Problems } from './problems.ts';
import type { Condition, Level, Path, Where } from './request.ts';
import { dimensionsIn, mentionsOf } from './where.ts';

/** Where a metric is asked. */
export interface Place {
  readonly level: Level;
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
  const { level } = place;
  const allowed = catalog.dimensionsOf(metric).map((each) => screamingCase(each.name));
  for (const flaw of flawsOf(catalog, metric, place)) {
    const dimension = 'dimension' in flaw ? screamingCase(flaw.dimension.name) : '';
    switch (flaw.kind) {
      case 'group by':
      case 'filter on':
        problems.add('METRIC_NOT_AT_DIMENSION', { metric: name, dimension, use: flaw.kind }, path, {
          allowed,
        });
        break;
      case 'period of filter':
        problems.add('METRIC_NEEDS_PERIOD_OF_FILTER', { metric: name, dimension, level }, path);
        break;
      case 'group':
        problems.add('METRIC_NEEDS_GROUP', { metric: name, dimension, level }, path);
        break;
      case 'time zone':
        problems.add('METRIC_NOT_IN_TIME_ZONE', { metric: name }, path);
        break;
      case 'cut':
        problems.add('METRIC_NEEDS_WHOLE_PERIODS', { metric: name, ...flaw.cut }, path);
        break;
      default:
        flaw satisfies never;
    }
  }
}

/** Whether nothing leaves a metric without a meaning at a place. */
export function hasMeaning(catalog: Catalog, metric: Metric, place: Place): boolean {
  return flawsOf(catalog, metric, place).next().done === true;
}

/**
 * Adds a problem for everything in a filter and a range that leaves what a field lists without a meaning.
 * @param metric that has a meaning where the field has
 * @param given the filter as the client wrote it
 * @param path of the field
 */
export function checkSlice(
  catalog: Catalog,
  metric: Metric,
  { where, given, range }: { where: Condition; given: Where | null | undefined; range: Range },
  path: Path,
  problems: Problems,
): void {
  const place: Place = { level: 'totals', keys: [], conditions: [where], range, timeZone: undefined };
  const allowed = catalog.dimensionsOf(metric).map(({ name }) => camelCase(name));
  for (const flaw of flawsOf(catalog, metric, place)) {
    if (flaw.kind === 'cut') problems.add('NEEDS_WHOLE_PERIODS', flaw.cut, [...path, 'timeRange']);
    if (flaw.kind !== 'filter on') continue;
    const dimension = camelCase(flaw.dimension.name);
    for (const at of mentionsOf(given ?? {}, dimension, [...path, 'where']))
      problems.add('NOT_A_FILTER', { dimension }, at, { allowed });
  }
}

/** What leaves a metric without a meaning at a place. */
type Flaw =
  | { readonly kind: 'group by' | 'filter on' | 'period of filter' | 'group'; readonly dimension: Dimension }
  | { readonly kind: 'time zone' }
  | { readonly kind: 'cut'; readonly cut: { readonly period: string; readonly at: string } };

function* flawsOf(catalog: Catalog, metric: Metric, place: Place): Generator<Flaw> {
  const { keys, within = [], conditions, range, timeZone } = place;
  const facts = catalog.factsOf(metric);
  for (const dimension of new Set([...keys, ...within]))
    if (!facts.every((fact) => factKnows(fact, dimension))) yield { kind: 'group by', dimension };
  const filtered = conditions.flatMap((each) => [...dimensionsIn(each)]);
  for (const name of new Set(filtered)) {
    const dimension = catalog.dimension(name);
    const deaf = facts.filter((fact) => !canFilter(fact, dimension, [...keys, ...within]));
    if (deaf.length === 0) continue;
    const isOfPeriods = deaf.every((fact) => fact.holds === 'snapshot' && factKnows(fact, dimension));
    yield { kind: isOfPeriods ? 'period of filter' : 'filter on', dimension };
  }
  for (const name of catalog.needsOf(metric)) {
    const isKnown = (dimensions: readonly Dimension[]) => dimensions.some((each) => each.name === name);
    // What is not grouped at all is told of where rows are asked.
    if (isKnown(keys) || (place.level === 'other' && !isKnown(within))) continue;
    yield { kind: 'group', dimension: catalog.dimension(name) };
  }
  if (timeZone !== undefined && facts.some(({ holds }) => holds !== 'event')) yield { kind: 'time zone' };
  for (const fact of facts) {
    const cut = cutBy(catalog, fact, range);
    if (cut) yield { kind: 'cut', cut };
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
