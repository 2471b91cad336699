/** Days are whole numbers since 1970-01-01 (UTC), so that no clock or time zone is ever consulted. */
const MILLISECONDS_PER_DAY = 86_400_000;

/** The day number of a `YYYY-MM-DD` date; NaN if it is not one. */
export function daysFrom(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / MILLISECONDS_PER_DAY;
}

/** The `YYYY-MM-DD` text of a day number. */
export function dateText(day: number): string {
  return new Date(day * MILLISECONDS_PER_DAY).toISOString().slice(0, 10);
}

/** The day number of the first of the month `offset` months after (or before, if negative) `from`. */
export function monthStart(from: string, offset: number): number {
  const first = new Date(daysFrom(from) * MILLISECONDS_PER_DAY);
  return Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + offset, 1) / MILLISECONDS_PER_DAY;
}

/** 0 for Monday to 6 for Sunday; 1970-01-01 was a Thursday. */
export function weekday(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** The `HH:MM:SS` text of each second of a day, indexed by second. */
export const TIME_TEXTS: readonly string[] = Array.from({ length: 86_400 }, (_, second) =>
  [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':'),
);
