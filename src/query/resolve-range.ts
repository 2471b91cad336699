import type { Problems } from './problems.ts';
import type { Path, Range, TimeRange } from './request.ts';
import { compareInstants, midnight, shift, startOf } from './time.ts';

const MAX_COUNT = 10_000;

/**
 * The half-open range that a request means. A relative one counts back from the period that holds the last
 * moment before as-of; with `completeOnly` from the last period that ended by then.
 */
export function resolveRange(
  range: TimeRange | null | undefined,
  asOf: string | undefined,
  path: Path,
  problems: Problems,
): Range {
  if (!range) return {};
  if ('between' in range && range.between) {
    const { from, to } = range.between;
    if (compareInstants(from, to) >= 0) problems.add('EMPTY_RANGE', { from, to }, [...path, 'between']);
    return { from, to };
  }
  const { count, unit, completeOnly } = (range as Extract<TimeRange, { last: object }>).last;
  if (count < 1 || count > MAX_COUNT) {
    const limits = { name: 'count', value: count, least: 1, most: MAX_COUNT };
    problems.add('NUMBER_OUT_OF_RANGE', limits, [...path, 'last', 'count']);
    return {};
  }
  if (asOf === undefined) return {};
  const current = startOf(unit, dayBefore(asOf));
  const end = shift(unit, current, 1);
  const last = completeOnly && compareInstants(midnight(end), asOf) > 0 ? current : end;
  return { from: midnight(shift(unit, last, -count)), to: midnight(last) };
}

/** The date of the last moment before an instant. */
function dayBefore(instant: string): string {
  const date = instant.slice(0, 10);
  return compareInstants(instant, midnight(date)) === 0 ? shift('day', date, -1) : date;
}
