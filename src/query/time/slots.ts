import { contains, type Grain, shift, startOf } from './time.ts';
import { dateOf, earlier, later, midnight, type Range, type Wall } from './wall.ts';

/** Most periods that an answer may run through. */
export const MAX_SLOTS = 10_000;

/** How far the data reach, on the wall clock of the request. */
export interface Extent {
  readonly firstEvent: Wall;
  readonly asOf: Wall;
  /** Whether a period that begins at as-of has begun. */
  readonly includesAsOf: boolean;
}

/** The whole years that the data lie in: beyond them there is nothing to read, whatever is asked. */
export function yearsOf({ firstEvent, asOf }: Extent): { readonly from: Wall; readonly to: Wall } {
  const [first, last] = [startOf('year', dateOf(firstEvent)), startOf('year', dateOf(asOf))];
  return { from: midnight(first), to: midnight(shift('year', last, 1)) };
}

/** A period of an answer, or one combination of several: what the grouped periods have in common. */
export interface Slot {
  /** First days, in the order of the grouped periods. */
  readonly labels: readonly string[];
  readonly start: Wall;
  /** Excluded. */
  readonly end: Wall;
  /** The part of it within the range. */
  readonly from: Wall;
  readonly to: Wall;
}

/** What is grouped by periods of a grain. */
interface Period {
  readonly grain: Grain;
}

/** The finest of some periods; undefined for none. */
export function finest(periods: readonly Period[]): Grain | undefined {
  return periods
    .map(({ grain }) => grain)
    .find((grain) => periods.every((each) => contains(each.grain, grain)));
}

/** Whether one of the periods makes up all the others; weeks beside months do not, unless days are there too. */
export function areNested(periods: readonly Period[]): boolean {
  return periods.length === 0 || finest(periods) !== undefined;
}

/**
 * All periods that meet the range, in order; without a range those from the first event to as-of.
 * @returns undefined when there are more than {@link MAX_SLOTS}
 */
export function slotsOf(
  periods: readonly Period[],
  range: Range,
  extent: Extent | undefined,
  fiscalYearStart: number,
): readonly Slot[] | undefined {
  const first = range.from ?? extent?.firstEvent;
  const last = range.to ?? extent?.asOf;
  if (first === undefined || last === undefined) return [];
  const reaches = (start: Wall) =>
    start < last || (range.to === undefined && extent!.includesAsOf && start === last);
  const slots: Slot[] = [];
  for (let at = dateOf(first); reaches(midnight(at)); ) {
    if (slots.length === MAX_SLOTS) return undefined;
    const slot = slotAt(periods, at, range, fiscalYearStart);
    // The calendar ends, and its last period comes again.
    if (slot.start === slots.at(-1)?.start) break;
    slots.push(slot);
    at = dateOf(slot.end);
  }
  return slots;
}

function slotAt(periods: readonly Period[], date: string, range: Range, fiscalYearStart: number): Slot {
  const labels = periods.map(({ grain }) => startOf(grain, date, fiscalYearStart));
  const ends = periods.map(({ grain }, index) => shift(grain, labels[index]!, 1));
  const start = midnight([...labels].sort().at(-1)!);
  const end = midnight([...ends].sort()[0]!);
  return { labels, start, end, from: later(start, range.from), to: earlier(end, range.to) };
}
