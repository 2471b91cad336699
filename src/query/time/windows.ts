import type { Extent, Slot } from './slots.ts';
import { daysBetween, type Grain, monthsBetween, monthsOf, moveDay, shift, startOf } from './time.ts';
import {
  addMicroseconds,
  dateOf,
  isBoundary,
  isMidnight,
  later,
  microsecondsBetween,
  midnight,
  type Range,
  type Wall,
} from './wall.ts';

/** Half open. */
export interface Window {
  readonly from: Wall;
  readonly to: Wall;
}

/** How far back a compared period lies; exactly one is given. */
export type Shift =
  | { readonly days: number }
  | { readonly months: number }
  | { readonly microseconds: number };

const DAYS_OF_A_WEEK = 7;
const WEEKS_OF_A_YEAR = 52;

/**
 * A shift by a number of units, for rows of a period (or of none).
 * @returns undefined when it would not move whole periods to whole periods
 */
export function shiftBy(count: number, by: Grain, unit: Grain | undefined): Shift | undefined {
  const months = monthsOf(by);
  if (unit === 'week') {
    if (by === 'year') return { days: count * WEEKS_OF_A_YEAR * DAYS_OF_A_WEEK };
    const days = count * (by === 'week' ? DAYS_OF_A_WEEK : 1);
    return months === undefined && days % DAYS_OF_A_WEEK === 0 ? { days } : undefined;
  }
  const own = unit === undefined ? undefined : monthsOf(unit);
  if (months !== undefined)
    return (count * months) % (own ?? 1) === 0 ? { months: count * months } : undefined;
  return own === undefined ? { days: count * (by === 'week' ? DAYS_OF_A_WEEK : 1) } : undefined;
}

/** The shift by its own length of a range: in months or days where it is made of whole ones. */
export function ownLength({ from, to }: Window): Shift {
  const [first, last] = [dateOf(from), dateOf(to)];
  const isWhole = (wall: Wall) => isBoundary('month', wall, 1);
  if (isWhole(from) && isWhole(to)) return { months: monthsBetween(first, last) };
  if (isMidnight(from) && isMidnight(to)) return { days: daysBetween(first, last) };
  return { microseconds: microsecondsBetween(from, to) };
}

/** Where a moment that begins something was: at the same time of the day, of a shorter month on its last day. */
function moveStart(wall: Wall, by: Shift): Wall {
  if ('microseconds' in by) return addMicroseconds(wall, -by.microseconds);
  const day = moveDay(dateOf(wall), 'days' in by ? { days: -by.days } : { months: -by.months });
  return `${day}${wall.slice(10)}`;
}

/**
 * Where a moment that ends something was. By months the last day that is wholly before it counts; what begins and ends
 * with a month ends with the earlier month, however long that is. A time on a day that the earlier month has not is
 * the end of that month.
 */
function moveEnd(wall: Wall, by: Shift, beginsWithMonth: boolean): Wall {
  if (!('months' in by) || (beginsWithMonth && isBoundary('month', wall, 1))) return moveStart(wall, by);
  const day = dateOf(wall);
  const months = -by.months;
  if (isMidnight(wall))
    return midnight(moveDay(moveDay(moveDay(day, { days: -1 }), { months }), { days: 1 }));
  const moved = moveDay(day, { months });
  return moved.slice(8) === day.slice(8)
    ? `${moved}${wall.slice(10)}`
    : midnight(moveDay(moved, { days: 1 }));
}

/**
 * The window that a row is compared with.
 * @param unit the finest grouped period; undefined without any, where the slot is the range
 * @param cut as-of, where a slot that holds it is compared to date
 */
export function comparedWindow(
  slot: Slot,
  by: Shift,
  unit: Grain | undefined,
  cut: Wall | undefined,
): Window {
  const end = cut !== undefined && slot.from < cut && cut < slot.to ? cut : slot.to;
  const from = moveStart(slot.from, by);
  if (unit === undefined || monthsOf(unit) !== undefined)
    return { from, to: moveEnd(end, by, isBoundary('month', slot.from, 1)) };
  const start = moveStart(slot.start, by);
  return { from, to: addMicroseconds(start, microsecondsBetween(slot.start, end)) };
}

/** The last `count` periods up to and with the row's own. */
export function trailingWindow(slot: Slot, count: number, unit: Grain): Window {
  return { from: midnight(shift(unit, dateOf(slot.start), 1 - count)), to: slot.to };
}

/** From the start of the longer period that the row lies in. */
export function toDateWindow(slot: Slot, period: Grain, fiscalYearStart: number): Window {
  return { from: midnight(startOf(period, dateOf(slot.start), fiscalYearStart)), to: slot.to };
}

/**
 * Spans of dates or times, in order of their start, put together where they meet; where more than `most` are left, one
 * over all of them.
 */
export function merged(spans: readonly Window[], most: number): readonly Window[] {
  const stretches: Window[] = [];
  for (const { from, to } of spans) {
    const last = stretches.at(-1);
    if (last === undefined || from > last.to) stretches.push({ from, to });
    else stretches[stretches.length - 1] = { from: last.from, to: later(to, last.to) };
  }
  return stretches.length <= most ? stretches : [{ from: stretches[0]!.from, to: stretches.at(-1)!.to }];
}

/** Most stretches that are told apart. */
const MAX_STRETCHES = 3;

/**
 * The stretches of time that windows lie in together: few, without those ends that the data do not reach. One without
 * ends is everything.
 */
export function stretchesOf(windows: readonly Window[], { firstEvent, asOf }: Extent): readonly Range[] {
  const inOrder = [...windows].sort((a, b) => (a.from < b.from ? -1 : 1));
  return merged(inOrder, MAX_STRETCHES).map(({ from, to }) => ({
    ...(from > firstEvent && { from }),
    ...(to <= asOf && { to }),
  }));
}

/** Whether a window starts in a period before that of the first event. */
export function startsBefore(
  window: Window,
  unit: Grain,
  firstEvent: Wall,
  fiscalYearStart: number,
): boolean {
  const period = (wall: Wall) => startOf(unit, dateOf(wall), fiscalYearStart);
  return period(window.from) < period(firstEvent);
}
