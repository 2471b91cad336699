import { type Grain, shift, startOf } from '../time/time.ts';
import { midnight, type Range } from '../time/wall.ts';
import { merged } from '../time/windows.ts';

/** Periods in a row: the first day of the first one, and that after the last one. */
export interface Stretch {
  readonly from: string;
  readonly to: string;
}

/** Most stretches that are read one by one. */
const MAX_STRETCHES = 12;

/**
 * The periods of a grain that some dates lie in. Where they are in too many places, those between them as well.
 * @param dates in order
 */
export function stretchesOf(
  grain: Grain,
  dates: readonly string[],
  fiscalYearStart: number,
): readonly Stretch[] {
  const periods = dates.map((date) => {
    const from = startOf(grain, date, fiscalYearStart);
    return { from, to: shift(grain, from, 1) };
  });
  return merged(periods, MAX_STRETCHES);
}

/** The same, as ranges of time. */
export function rangesOf(...of: Parameters<typeof stretchesOf>): readonly Range[] {
  return stretchesOf(...of).map(({ from, to }) => ({ from: midnight(from), to: midnight(to) }));
}

/** The same range where periods of the grain are whole months, else one without ends. */
export function wholeMonths(grain: Grain | 'ever', range: Range): Range {
  return grain === 'day' || grain === 'week' ? {} : range;
}
