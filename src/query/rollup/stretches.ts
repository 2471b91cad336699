import { type Grain, shift, startOf } from '../time/time.ts';
import { merged } from '../time/windows.ts';

/** Periods in a row: the first day of the first one, and that after the last one. */
export interface Stretch {
  readonly from: string;
  readonly to: string;
}

/** So many are read one by one. */
const MOST = 12;

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
  return merged(periods, MOST);
}
