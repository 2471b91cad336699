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
  const day = parse(date);
  switch (grain) {
    case 'day':
      return print(day);
    case 'week':
      return print(new Date(day.getTime() - ((day.getUTCDay() + 6) % 7) * DAY_MS));
    case 'month':
    case 'quarter':
    case 'year': {
      const month = day.getUTCMonth();
      const monthOfYear = (month - (fiscalYearStart - 1) + 12) % 12;
      return print(firstOf(day.getUTCFullYear(), month - (monthOfYear % MONTHS[grain])));
    }
  }
}

/**
 * The first day of the period `count` periods after (or before) the one that starts at `start`, within the years
 * 1 to 9999: beyond, the first or last day of those.
 */
export function shift(grain: Grain, start: string, count: number): string {
  const day = parse(start);
  switch (grain) {
    case 'day':
      return print(new Date(day.getTime() + count * DAY_MS));
    case 'week':
      return print(new Date(day.getTime() + count * 7 * DAY_MS));
    case 'month':
    case 'quarter':
    case 'year':
      return print(firstOf(day.getUTCFullYear(), day.getUTCMonth() + count * MONTHS[grain]));
  }
}

/**
 * The day so many days later, or so many months with the day kept: clamped to the last day of a shorter month.
 * Within the years 1 to 9999.
 */
export function moveDay(date: string, { days = 0, months = 0 }: { days?: number; months?: number }): string {
  const day = parse(date);
  if (months === 0) return print(new Date(day.getTime() + days * DAY_MS));
  const first = firstOf(day.getUTCFullYear(), day.getUTCMonth() + months);
  const last = firstOf(first.getUTCFullYear(), first.getUTCMonth() + 1).getTime() - DAY_MS;
  const moved = Math.min(first.getTime() + (day.getUTCDate() - 1) * DAY_MS, last);
  return print(new Date(moved + days * DAY_MS));
}

/** Whole days from one date to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((parse(to).getTime() - parse(from).getTime()) / DAY_MS);
}

/** Months from the month of one date to that of another. */
export function monthsBetween(from: string, to: string): number {
  const [a, b] = [parse(from), parse(to)];
  return (b.getUTCFullYear() - a.getUTCFullYear()) * 12 + b.getUTCMonth() - a.getUTCMonth();
}

/** Months in a period of a grain; undefined for days and weeks. */
export function monthsOf(grain: Grain): number | undefined {
  return grain === 'day' || grain === 'week' ? undefined : MONTHS[grain];
}

function parse(date: string): Date {
  return new Date(`${date}T00:00:00Z`);
}

const EARLIEST = parse('0001-01-01');
const LATEST = parse('9999-12-31');

function print(date: Date): string {
  const within = date < EARLIEST ? EARLIEST : date > LATEST ? LATEST : date;
  return within.toISOString().slice(0, 10);
}

/** Unlike `Date.UTC`, which takes the years 0 to 99 for 1900 to 1999. */
function firstOf(year: number, month: number): Date {
  const date = new Date(0);
  date.setUTCFullYear(year, month, 1);
  return date;
}
