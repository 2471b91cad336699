import type { VersionRecord } from '../database/version.ts';
import type { Catalog } from './catalog.ts';
import type { Dimension, TimeDimension } from './model.ts';
import { screamingCase } from './names.ts';
import { Problems } from './problems.ts';
import type { Question, ResolvedSubtotal } from './question.ts';
import {
  type Condition,
  MAX_DIMENSIONS,
  MAX_FIRST,
  type MetricsRequest,
  type Path,
  type Range,
  type Selection,
  type SubtotalSelection,
} from './request.ts';
import { resolveCustoms } from './resolve-custom.ts';
import { type Named, resolveHaving } from './resolve-having.ts';
import { resolveOrder } from './resolve-order.ts';
import { resolveRange } from './resolve-range.ts';
import {
  checkGroups,
  checkLimit,
  resolveNumbers,
  resolveRows,
  resolveSelectedRolling,
} from './resolve-rows.ts';
import { dimensionsIn, resolveWhere } from './resolve-where.ts';
import { type Periods, resolveComparisons, resolvePeriods, resolveRolling } from './resolve-windows.ts';
import { areNested, type Extent } from './slots.ts';
import { contains } from './time.ts';
import { Usage } from './usage.ts';
import { checkMetric, grainCutBy, type Place } from './validity.ts';
import { wallOf } from './wall.ts';

/** Most rows that empty groups and filled periods may add. */
const MAX_ADDED = 1_000_000;

/**
 * Turns names into definitions and checks that every number has a meaning where it is asked.
 * @param record of the served version; absent before the first build
 * @param path of the field that asks, for the paths of problems
 * @param problems already found by the caller, reported together with those found here
 * @throws RequestError with every problem of the request
 */
export function resolve(
  catalog: Catalog,
  request: MetricsRequest,
  selection: Selection,
  record: VersionRecord | undefined,
  path: Path = [],
  problems: Problems = new Problems(),
): Question {
  const at = (...names: Path): Path => [...path, ...names];
  const groupBy = resolveGroups(catalog, request, at('groupBy'), problems);
  const timeZone = resolveTimeZone(request, record, at('timeZone'), problems);
  const extent = extentOf(record, timeZone);
  const { fiscalYearStart } = catalog;
  const setting = { extent, timeZone, fiscalYearStart };
  const range = resolveRange(request.timeRange, setting, at('timeRange'), problems);
  const where = resolveWhere(catalog, request.where, at('where'), problems);
  const { custom, filters, parts } = resolveCustoms(catalog, request.custom, at('custom'), problems);
  const partsOf = (place: number) => parts[place]!;

  const rows = new Usage();
  const named: Named = {
    comparisons: request.compare.map(({ key }) => key),
    customs: request.custom.map(({ key }) => key),
    problems,
    use: rows.add,
  };
  const parents = selection.rows ? resolveRows(groupBy, selection.rows, named, rows) : [];
  const rollingKeys = request.rolling.map(({ key }) => key);
  resolveSelectedRolling(selection.rows?.rolling ?? [], rollingKeys, rows, problems);
  const order = resolveOrder(groupBy, request.orderBy, named, at('orderBy'));
  const having = request.having ? resolveHaving(catalog, request.having, named, at('having')) : undefined;
  const { limitBy } = request;
  if (limitBy) checkLimit(limitBy, groupBy, at('limitBy'), problems);

  const place = { keys: groupBy, range, timeZone };
  rows.check(catalog, where, place, partsOf, problems);
  const within = having ? groupBy : [];
  if (limitBy?.other) {
    const per = groupBy.filter(({ name }) => limitBy.per.includes(name));
    rows.check(catalog, where, { ...place, keys: per, within: groupBy }, partsOf, problems);
  }
  const totals = new Usage();
  resolveNumbers(selection.totals ?? { metrics: [], custom: [] }, named, totals);
  totals.check(catalog, where, { ...place, keys: [], within }, partsOf, problems);
  const subtotals = selection.subtotals.map((each) =>
    resolveSubtotal(catalog, each, { ...place, within }, named, (usage, own) =>
      usage.check(catalog, where, own, partsOf, problems),
    ),
  );

  const grouped = groupBy.filter((dimension): dimension is TimeDimension => dimension.kind === 'time');
  checkPeriodArguments(catalog, request, where, grouped, path, problems);
  const usesSnapshots = [...rows.metrics(catalog, partsOf)].some((metric) =>
    catalog.factsOf(metric).some(({ holds }) => holds === 'snapshot'),
  );
  const needsSlots = request.compare.length + request.rolling.length > 0 || request.fill || usesSnapshots;
  const periods: Periods = needsSlots
    ? resolvePeriods(grouped, range, extent, fiscalYearStart, at('timeRange'), problems)
    : { ...setting, grouped, unit: undefined, range, slots: [] };
  const comparisons = resolveComparisons(request.compare, periods, at('compare'), problems);
  const rolling = resolveRolling(request.rolling, periods, at('rolling'), problems);
  for (const { value, metric, path: asked } of rows.windowed(catalog)) {
    const windows =
      value.kind === 'rolling'
        ? rolling[value.rolling]!
        : comparisons[(value as { comparison: number }).comparison]!;
    const period = grainCutBy(catalog, metric, windows.whole ?? windows.spans);
    if (period !== undefined)
      problems.add('METRIC_NEEDS_WHOLE_WINDOWS', { metric: metric.name, period, key: windows.key }, asked);
  }
  if (request.emptyGroups || request.fill) checkAdded(request, groupBy, periods, record, path, problems);
  checkFirst(request.first, at('first'), problems);
  problems.throwIfAny();
  return Object.freeze({
    groupBy,
    unit: periods.unit,
    where,
    filters,
    range,
    timeZone,
    extent,
    slots: needsSlots ? periods.slots : undefined,
    comparisons,
    rolling,
    custom,
    fill: request.fill,
    emptyGroups: request.emptyGroups,
    having,
    order,
    limitBy: limitBy ?? undefined,
    first: request.first,
    after: request.after ?? undefined,
    values: rows.values,
    parents,
    totals: selection.totals && totals.values,
    subtotals,
    wants: { rows: selection.rows !== undefined, totalCount: selection.totalCount },
  });
}

/** How far the data reach, on the clocks of a time zone. */
export function extentOf(
  record: VersionRecord | undefined,
  timeZone: string | undefined,
): Extent | undefined {
  if (record?.asOf === undefined || record.firstEventAt === undefined) return undefined;
  return {
    firstEvent: wallOf(record.firstEventAt, timeZone),
    asOf: wallOf(record.asOf, timeZone),
    includesAsOf: record.hasTimes,
  };
}

/**
 * Filter and range alone, for a model's own fields that list rows of a fact.
 * @param metric the name of one that must have a meaning there
 * @throws RequestError with every problem, those already found included
 */
export function resolveSlice(
  catalog: Catalog,
  request: Pick<Partial<MetricsRequest>, 'where' | 'timeRange'>,
  metric: string,
  record: VersionRecord | undefined,
  path: Path,
  problems: Problems,
): { readonly where: Condition; readonly range: Range } {
  const { where, range } = resolveFilterAndRange(catalog, request, record, path, problems);
  const place = { keys: [], conditions: [where], range, timeZone: undefined };
  checkMetric(catalog, catalog.metric(metric), place, path, problems);
  problems.throwIfAny();
  return { where, range };
}

/** Filter and range in UTC, collecting what is wrong with them. */
export function resolveFilterAndRange(
  catalog: Catalog,
  { where, timeRange }: Pick<Partial<MetricsRequest>, 'where' | 'timeRange'>,
  record: VersionRecord | undefined,
  path: Path,
  problems: Problems,
): { readonly where: Condition; readonly range: Range } {
  const { fiscalYearStart } = catalog;
  const setting = { extent: extentOf(record, undefined), timeZone: undefined, fiscalYearStart };
  return {
    where: resolveWhere(catalog, where, [...path, 'where'], problems),
    range: resolveRange(timeRange, setting, [...path, 'timeRange'], problems),
  };
}

function resolveGroups(
  catalog: Catalog,
  { groupBy }: MetricsRequest,
  path: Path,
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

function resolveTimeZone(
  { timeZone }: MetricsRequest,
  record: VersionRecord | undefined,
  path: Path,
  problems: Problems,
): string | undefined {
  if (timeZone && record && !record.hasTimes) problems.add('TIME_ZONE_NEEDS_TIMES', { timeZone }, path);
  return timeZone ?? undefined;
}

/** Its own level, whose rows have no windows: those are of the rows of the question. */
function resolveSubtotal(
  catalog: Catalog,
  { by, first, after, path, rows, totalCount }: SubtotalSelection,
  place: Omit<Place, 'conditions' | 'keys'> & { readonly keys: readonly Dimension[] },
  named: Named,
  check: (usage: Usage, place: Omit<Place, 'conditions'>) => void,
): ResolvedSubtotal {
  const { problems } = named;
  checkGroups(by, place.keys, 'by', [...path, 'by'], problems);
  checkFirst(first, [...path, 'first'], problems);
  for (const [field, selected] of Object.entries({
    comparison: rows.comparisons,
    rolling: rows.rolling,
    sourceRows: rows.sourceRows,
  })) {
    for (const each of selected) problems.add('ONLY_ON_ROWS', { field }, each.path);
  }
  const keys = [...new Set(by)].map((name) => catalog.dimension(name));
  const usage = new Usage();
  const parents = resolveRows(keys, { ...rows, comparisons: [] }, named, usage);
  check(usage, { ...place, keys });
  return {
    by: keys,
    first,
    after: after ?? undefined,
    values: usage.values,
    parents,
    wantsCount: totalCount,
  };
}

/** Filters on periods pick the rows of windows by their period, and filling runs through periods. */
function checkPeriodArguments(
  catalog: Catalog,
  { compare, rolling, fill }: MetricsRequest,
  where: Condition,
  grouped: readonly TimeDimension[],
  path: Path,
  problems: Problems,
): void {
  if (fill && grouped.length === 0) problems.add('NEEDS_PERIOD', { argument: 'fill' }, [...path, 'fill']);
  else if (fill && !areNested(grouped))
    problems.add('PERIODS_NOT_NESTED', { argument: 'fill' }, [...path, 'fill']);
  const argument = compare.length > 0 ? 'compare' : 'rolling';
  if (compare.length + rolling.length === 0) return;
  for (const name of dimensionsIn(where)) {
    const dimension = catalog.dimension(name);
    if (dimension.kind !== 'time' || grouped.some(({ grain }) => contains(dimension.grain, grain))) continue;
    const parameters = { dimension: screamingCase(name), argument };
    problems.add('PERIOD_FILTER_NOT_GROUPED', parameters, [...path, 'where']);
  }
}

/** Refuses what could add more rows than anyone reads; how many combinations there are only the data tell. */
function checkAdded(
  { emptyGroups, fill }: MetricsRequest,
  groupBy: readonly Dimension[],
  { slots }: Periods,
  record: VersionRecord | undefined,
  path: Path,
  problems: Problems,
): void {
  const members = groupBy.flatMap((dimension) =>
    emptyGroups && dimension.kind === 'entity' ? [record?.rowCounts[dimension.members.name] ?? 1] : [],
  );
  const added = members.reduce((product, count) => product * count, fill ? slots.length : 1);
  if (added > MAX_ADDED)
    problems.add('TOO_MANY_EMPTY_GROUPS', { limit: MAX_ADDED }, [
      ...path,
      emptyGroups ? 'emptyGroups' : 'fill',
    ]);
}

/** Reports a page size that is not possible. */
export function checkFirst(first: number, path: Path, problems: Problems): void {
  if (Number.isInteger(first) && first >= 1 && first <= MAX_FIRST) return;
  problems.add('FIRST_OUT_OF_RANGE', { first, limit: MAX_FIRST }, path);
}
