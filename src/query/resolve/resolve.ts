import type { VersionRecord } from '../../database/version.ts';
import type { Catalog } from '../catalog.ts';
import { resolveAsked } from './asked.ts';
import { type Basis, checkFirst, resolveBasis } from './basis.ts';
import { resolveCustoms } from './custom.ts';
import { Problems } from './problems.ts';
import type { Question } from './question.ts';
import type { MetricsRequest, Path, Selection } from './request.ts';
import type { Usage } from './usage.ts';
import { grainCutBy } from './validity.ts';
import { type ResolvedWindows, resolveWindows } from './windows.ts';

/** Most rows that empty groups and filled periods may add. */
export const MAX_ADDED = 1_000_000;

/**
 * Turns names into definitions and checks that every number has a meaning where it is asked.
 * @param record of the served version; absent before the first build
 * @param path of the field that asks, for the paths of problems
 * @throws RequestError with every problem of the request
 */
export function resolve(
  catalog: Catalog,
  request: MetricsRequest,
  selection: Selection,
  record: VersionRecord | undefined,
  path: Path = [],
): Question {
  const problems = new Problems();
  const basis = resolveBasis(catalog, request, record, path, problems);
  const customs = resolveCustoms(catalog, request.custom, [...path, 'custom'], problems);
  const { rows, hasSnapshots, ...asked } = resolveAsked(
    catalog,
    request,
    selection,
    basis,
    customs,
    path,
    problems,
  );
  const windows = resolveWindows(catalog, request, basis, hasSnapshots, path, problems);
  checkWindows(catalog, rows, windows, problems);
  checkAdded(request, basis, windows, record, path, problems);
  checkFirst(request.first, [...path, 'first'], problems);
  problems.throwIfAny();
  const { fill, emptyGroups, limitBy, first, after } = request;
  const { periods, comparisons, rolling } = windows;
  return Object.freeze({
    ...basis,
    ...asked,
    unit: periods?.unit,
    slots: periods?.slots,
    comparisons,
    rolling,
    custom: customs.custom,
    filters: customs.filters,
    values: rows.values,
    fill,
    emptyGroups,
    limitBy: limitBy ?? undefined,
    first,
    after: after ?? undefined,
    wants: { rows: selection.rows !== undefined, totalCount: selection.totalCount },
  });
}

/** Metrics that hold over whole periods are compared over, and rolled over, whole ones. */
function checkWindows(
  catalog: Catalog,
  rows: Usage,
  { comparisons, rolling }: ResolvedWindows,
  problems: Problems,
): void {
  for (const { value, metric, path } of rows.windowed(catalog)) {
    const {
      key,
      spans,
      whole = spans,
    } = value.kind === 'rolling' ? rolling[value.rolling]! : comparisons[value.comparison]!;
    const period = grainCutBy(catalog, metric, whole);
    if (period !== undefined)
      problems.add('METRIC_NEEDS_WHOLE_WINDOWS', { metric: metric.name, period, key }, path);
  }
}

/** Refuses what adds more rows than anyone reads even where the data combine nothing. */
function checkAdded(
  { emptyGroups, fill }: MetricsRequest,
  { groupBy }: Basis,
  { periods }: ResolvedWindows,
  record: VersionRecord | undefined,
  path: Path,
  problems: Problems,
): void {
  const members = groupBy.flatMap((dimension) =>
    emptyGroups && dimension.kind === 'entity' ? [record?.rowCounts[dimension.members.name] ?? 1] : [],
  );
  const added = Math.max(1, ...members) * (fill ? periods!.slots.length : 1);
  if (added > MAX_ADDED)
    problems.add('TOO_MANY_EMPTY_GROUPS', { limit: MAX_ADDED }, [
      ...path,
      emptyGroups ? 'emptyGroups' : 'fill',
    ]);
}
