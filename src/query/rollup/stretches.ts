import { type Grain, shift, startOf } from '../time/time.ts';

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
  const stretches: Stretch[] = [];
  for (const date of dates) {
    const from = startOf(grain, date, fiscalYearStart);
    const to = shift(grain, from, 1);
    const last = stretches.at(-1);
    if (last === undefined || last.to < from) stretches.push({ from, to });
    else if (last.to === from) stretches[stretches.length - 1] = { from: last.from, to };
  }
  return stretches.length <= MOST ? stretches : [{ from: stretches[0]!.from, to: stretches.at(-1)!.to }];
}
