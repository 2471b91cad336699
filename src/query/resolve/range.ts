import type { Extent } from '../time/slots.ts';
import { shift, startOf } from '../time/time.ts';
import { addMicroseconds, dateOf, midnight, normalWall, type Range } from '../time/wall.ts';
import type { Problems } from './problems.ts';
import type { Path, TimeRange } from './request.ts';

const MAX_COUNT = 10_000;

export interface RangeSetting {
  readonly extent: Extent | undefined;
  readonly timeZone: string | undefined;
  readonly fiscalYearStart: number;
}

/**
 * The half-open range that a request means. A relative one counts back from the period that holds the last
 * moment before as-of; with `completeOnly` from the last period that ended by then.
 */
export function resolveRange(
  range: TimeRange | null | undefined,
  { extent, timeZone, fiscalYearStart }: RangeSetting,
  path: Path,
  problems: Problems,
): Range {
  if (!range) return {};
  if ('between' in range && range.between) return resolveBetween(range.between, timeZone, path, problems);
  const { count, unit, completeOnly } = (range as Extract<TimeRange, { last: object }>).last;
  if (count < 1 || count > MAX_COUNT) {
    const limits = { name: 'count', value: count, least: 1, most: MAX_COUNT };
    problems.add('NUMBER_OUT_OF_RANGE', limits, [...path, 'last', 'count']);
    return {};
  }
  if (extent === undefined) return {};
  const current = startOf(unit, dateOf(addMicroseconds(extent.asOf, -1)), fiscalYearStart);
  const end = shift(unit, current, 1);
  const last = completeOnly && midnight(end) > extent.asOf ? current : end;
  return { from: midnight(shift(unit, last, -count)), to: midnight(last) };
}

/** The range that an answer is of: where none is asked, from the first event to as-of. */
export function answeredRange(range: Range, extent: Extent | undefined): Range {
  return { ...(extent && { from: extent.firstEvent, to: extent.asOf }), ...range };
}

function resolveBetween(
  { from, to }: { readonly from: string; readonly to: string },
  timeZone: string | undefined,
  path: Path,
  problems: Problems,
): Range {
  if (timeZone !== undefined) {
    for (const [end, text] of Object.entries({ from, to })) {
      if (text.endsWith('Z')) problems.add('NOT_WALL_CLOCK', { end, timeZone }, [...path, 'between', end]);
    }
  }
  const resolved = { from: normalWall(from), to: normalWall(to) };
  if (resolved.from >= resolved.to) problems.add('EMPTY_RANGE', { from, to }, [...path, 'between']);
  return resolved;
}
