/** Periods of the calendar, in UTC. Dates are `YYYY-MM-DD`. */
export const GRAINS = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type Grain = (typeof GRAINS)[number];

const MONTHS: Readonly<Record<'month' | 'quarter' | 'year', number>> = { month: 1, quarter: 3, year: 12 };
const DAY_MS = 86_400_000;

/** Whether each period of `coarse` is made of whole periods of `fine`. Weeks are made of days, and make nothing. */
export function contains(coarse: Grain, fine: Grain | 'instant'): boolean {
  if (fine === 'instant' || fine === 'day' || fine === coarse) return true;
  return fine !== 'week' && coarse !== 'day' && coarse !== 'week' && MONTHS[coarse] % MONTHS[fine] === 0;
}

/** The first day of the period that a date lies in. Weeks start on Monday. */
export function startOf(grain: Grain, date: string): string {
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
      return print(firstOf(day.getUTCFullYear(), month - (month % MONTHS[grain])));
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

/** Whether an instant (ISO 8601 in UTC) is the first moment of a period. */
export function isBoundary(grain: Grain, instant: string): boolean {
  return /T00:00:00(\.0+)?Z$/.test(instant) && startOf(grain, instant.slice(0, 10)) === instant.slice(0, 10);
}

/** Midnight at the start of a date, as an instant. */
export function midnight(date: string): string {
  return `${date}T00:00:00Z`;
}

/** Orders instants, whose fractions may have different lengths. */
export function compareInstants(a: string, b: string): number {
  const [left, right] = [comparable(a), comparable(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function comparable(instant: string): string {
  const [whole, fraction = ''] = instant.replace(/Z$/, '').split('.');
  return `${whole}.${fraction.padEnd(6, '0')}`;
}

function parse(date: string): Date {
  return new Date(midnight(date));
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
