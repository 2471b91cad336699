/** Periods of the calendar, in UTC. Dates are `YYYY-MM-DD`. */
export const GRAINS = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type Grain = (typeof GRAINS)[number];

const MONTHS: Readonly<Record<'month' | 'quarter' | 'year', number>> = { month: 1, quarter: 3, year: 12 };
const DAY_MS = 86_400_000;

/** Whether each period of `coarse` is made of whole periods of `fine`. Weeks are made of days, and make nothing. */
export function contains(coarse: Grain, fine: Grain | 'instant' | 'ever'): boolean {
  if (fine === 'ever') return false;
  if (fine === 'instant' || fine === 'day' || fine === coarse) return true;
  return fine !== 'week' && coarse !== 'day' && coarse !== 'week' && MONTHS[coarse] % MONTHS[fine] === 0;
}

/**
 * The first day of the period that a date lies in. Weeks start on Monday, quarters and years with the fiscal year.
 * @param fiscalYearStart the month that a fiscal year begins with, 1 to 12
 */
export function startOf(grain: Grain, date: string, fiscalYearStart = 1): string {
  switch (grain) {
    case 'day':
      return print(parse(date));
    case 'week': {
      const day = parse(date);
      return print(day - ((new Date(day).getUTCDay() + 6) % 7) * DAY_MS);
    }
    case 'month':
    case 'quarter':
    case 'year': {
      const month = monthOf(date);
      const monthOfYear = (month - (fiscalYearStart - 1) + 12) % 12;
      return print(firstOf(yearOf(date), month - (monthOfYear % MONTHS[grain])));
    }
  }
}

/**
 * The first day of the period `count` periods after (or before) the one that starts at `start`, within the years
 * 1 to 9999: beyond, the first or last day of those.
 */
export function shift(grain: Grain, start: string, count: number): string {
  switch (grain) {
    case 'day':
      return print(parse(start) + count * DAY_MS);
    case 'week':
      return print(parse(start) + count * 7 * DAY_MS);
    case 'month':
    case 'quarter':
    case 'year':
      return print(firstOf(yearOf(start), monthOf(start) + count * MONTHS[grain]));
  }
}

/**
 * The day so many days later, or so many months with the day kept: clamped to the last day of a shorter month.
 * Within the years 1 to 9999.
 */
export function moveDay(date: string, { days = 0, months = 0 }: { days?: number; months?: number }): string {
  if (months === 0) return print(parse(date) + days * DAY_MS);
  const month = monthOf(date) + months;
  const first = firstOf(yearOf(date), month);
  const last = firstOf(yearOf(date), month + 1) - DAY_MS;
  const moved = Math.min(first + (Number(date.slice(8)) - 1) * DAY_MS, last);
  return print(moved + days * DAY_MS);
}

/** Whole days from one date to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((parse(to) - parse(from)) / DAY_MS);
}

/** Months from the month of one date to that of another. */
export function monthsBetween(from: string, to: string): number {
  return (yearOf(to) - yearOf(from)) * 12 + monthOf(to) - monthOf(from);
}

/** Months in a period of a grain; undefined for days and weeks. */
export function monthsOf(grain: Grain): number | undefined {
  return grain === 'day' || grain === 'week' ? undefined : MONTHS[grain];
}

/** Milliseconds since 1970: a request may go through thousands of periods, and objects for each would show. */
function parse(date: string): number {
  return Date.parse(date);
}

const EARLIEST = parse('0001-01-01');
const LATEST = parse('9999-12-31');

function print(time: number): string {
  const date = new Date(Math.min(Math.max(time, EARLIEST), LATEST));
  const year = String(date.getUTCFullYear()).padStart(4, '0');
  return `${year}-${twoDigits(date.getUTCMonth() + 1)}-${twoDigits(date.getUTCDate())}`;
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

function yearOf(date: string): number {
  return Number(date.slice(0, 4));
}

/** From 0. */
function monthOf(date: string): number {
  return Number(date.slice(5, 7)) - 1;
}

/** Unlike `Date.UTC`, which takes the years 0 to 99 for 1900 to 1999. */
function firstOf(year: number, month: number): number {
  return new Date(0).setUTCFullYear(year, month, 1);
}
