import { includesAsOf, type VersionRecord } from '../../database/version.ts';
import type { Catalog } from '../catalog.ts';
import type { Dimension } from '../model/model.ts';
import { screamingCase } from '../model/names.ts';
import type { Extent } from '../time/slots.ts';
import { type Range, wallOf } from '../time/wall.ts';
import type { Problems } from './problems.ts';
import { resolveRange } from './range.ts';
import { type Condition, MAX_DIMENSIONS, MAX_FIRST, type MetricsRequest, type Path } from './request.ts';
import { checkSlice } from './validity.ts';
import { resolveWhere } from './where.ts';

/** What a request is about: the rows of which time, under which filter, in which groups. */
export interface Basis {
  readonly groupBy: readonly Dimension[];
  readonly where: Condition;
  readonly range: Range;
  readonly timeZone: string | undefined;
  readonly extent: Extent | undefined;
}

export function resolveBasis(
  catalog: Catalog,
  request: MetricsRequest,
  record: VersionRecord | undefined,
  path: Path,
  problems: Problems,
): Basis {
  const groupBy = resolveGroups(catalog, request, [...path, 'groupBy'], problems);
  const setting = resolveSetting(catalog, request, record, path, problems);
  const { timeZone, extent } = setting;
  const range = resolveRange(request.timeRange, setting, [...path, 'timeRange'], problems);
  const where = resolveWhere(catalog, request.where, [...path, 'where'], problems);
  return { groupBy, where, range, timeZone, extent };
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
  checkSlice(catalog, catalog.metric(metric), { where, given: request.where, range }, path, problems);
  problems.throwIfAny();
  return { where, range };
}

/** Filter, range and time zone, collecting what is wrong with them. */
export function resolveFilterAndRange(
  catalog: Catalog,
  { where, timeRange, ...given }: Pick<Partial<MetricsRequest>, 'where' | 'timeRange' | 'timeZone'>,
  record: VersionRecord | undefined,
  path: Path,
  problems: Problems,
): { readonly where: Condition; readonly range: Range; readonly timeZone: string | undefined } {
  const setting = resolveSetting(catalog, given, record, path, problems);
  return {
    timeZone: setting.timeZone,
    where: resolveWhere(catalog, where, [...path, 'where'], problems),
    range: resolveRange(timeRange, setting, [...path, 'timeRange'], problems),
  };
}

/** What a range is resolved with: the clocks that it is on, and how far the data reach on them. */
function resolveSetting(
  { fiscalYearStart }: Catalog,
  given: Pick<Partial<MetricsRequest>, 'timeZone'>,
  record: VersionRecord | undefined,
  path: Path,
  problems: Problems,
) {
  const timeZone = resolveTimeZone(given, record, [...path, 'timeZone'], problems);
  return { extent: extentOf(record, timeZone), timeZone, fiscalYearStart };
}

/** How far the data reach, on the clocks of a time zone. */
function extentOf(record: VersionRecord | undefined, timeZone: string | undefined): Extent | undefined {
  if (record?.asOf === undefined || record.firstEventAt === undefined) return undefined;
  return {
    firstEvent: wallOf(record.firstEventAt, timeZone),
    asOf: wallOf(record.asOf, timeZone),
    includesAsOf: includesAsOf(record),
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
  { timeZone }: Pick<MetricsRequest, 'timeZone'>,
  record: VersionRecord | undefined,
  path: Path,
  problems: Problems,
): string | undefined {
  if (timeZone && record && !record.hasTimes) problems.add('TIME_ZONE_NEEDS_TIMES', { timeZone }, path);
  return timeZone ?? undefined;
}

/** Reports a page size that is not possible. */
export function checkFirst(first: number, path: Path, problems: Problems): void {
  if (Number.isInteger(first) && first >= 1 && first <= MAX_FIRST) return;
  problems.add('FIRST_OUT_OF_RANGE', { first, limit: MAX_FIRST }, path);
}
