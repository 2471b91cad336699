import { type Parsed, Refusal } from './refusal.ts';

const FORMATS =
  'M/D/YYYY, YYYY-MM-DD, YYYY-MM-DD HH:MM:SS or ISO 8601 (2024-05-28T14:03:00Z), in UTC unless it says otherwise';
const EARLIEST_YEAR = 1900;
const LATEST_YEAR = 2999;
/** Dates recur, so what was parsed is kept; times do not. */
const CACHED_DATES = 20_000;

const MONTH_FIRST = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/;
const YEAR_FIRST = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIME = /^[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s?(Z|[+-]\d{2}(?::?\d{2})?)?$/i;

const dates = new Map<string, Parsed>();

/**
 * A date or an instant in UTC as `YYYY-MM-DD` or `YYYY-MM-DD HH:MM:SS.ffffff`. Digits beyond microseconds are cut off,
 * not rounded, so that no event moves into the next day.
 */
export function parseInstant(text: string): Parsed {
  if (text.length <= 10) return parseDate(text);
  if (text.charCodeAt(4) !== 45) return notADate();
  const date = parseDate(text.slice(0, 10));
  if (typeof date !== 'string') return date;
  if (isPlainTime(text)) return text;
  const time = TIME.exec(text.slice(10));
  return time ? withTime(date, time) : notADate();
}

function parseDate(text: string): Parsed {
  const known = dates.get(text);
  if (known !== undefined) return known;
  const parsed = readDate(text);
  if (typeof parsed === 'string' && dates.size < CACHED_DATES) dates.set(text, parsed);
  return parsed;
}

function readDate(text: string): Parsed {
  const yearFirst = YEAR_FIRST.exec(text);
  if (yearFirst) return calendarDate(Number(yearFirst[1]), Number(yearFirst[2]), Number(yearFirst[3]));
  const monthFirst = MONTH_FIRST.exec(text);
  if (monthFirst) return calendarDate(Number(monthFirst[3]), Number(monthFirst[1]), Number(monthFirst[2]));
  return notADate();
}

function calendarDate(year: number, month: number, day: number): Parsed {
  if (!isYear(year)) return outOfRange();
  if (month < 1 || month > 12)
    return new Refusal('no such date', `a month from 1 to 12 (dates are M/D/YYYY or YYYY-MM-DD)`);
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (day < 1 || day > days)
    return new Refusal('no such date', `a day that exists: ${year}-${two(month)} has ${days} days`);
  return `${year}-${two(month)}-${two(day)}`;
}

function isYear(year: number): boolean {
  return year >= EARLIEST_YEAR && year <= LATEST_YEAR;
}

function outOfRange(): Refusal {
  return new Refusal('out of range', `a year from ${EARLIEST_YEAR} to ${LATEST_YEAR}`);
}

/** `YYYY-MM-DD HH:MM:SS`, the commonest form with a time, needs no rewriting; regular expressions cost ten times as much. */
function isPlainTime(text: string): boolean {
  return (
    text.length === 19 &&
    text.charCodeAt(10) === 32 &&
    text.charCodeAt(13) === 58 &&
    text.charCodeAt(16) === 58 &&
    pair(text, 11) < 24 &&
    pair(text, 14) < 60 &&
    pair(text, 17) < 60
  );
}

/** The number that two digits make, 100 where they are not digits. */
function pair(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : 100;
}

function withTime(date: string, time: RegExpExecArray): Parsed {
  const [, hour, minute, second = '00', fraction = '', zone] = time;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59)
    return new Refusal('not a date', 'a time of day from 00:00:00 to 23:59:59');
  const offset = offsetMinutes(zone);
  if (offset === undefined) return new Refusal('not a date', 'an offset from UTC between -15:59 and +15:59');
  const micros = fraction === '' ? '' : `.${fraction.slice(0, 6)}`;
  if (offset === 0) return `${date} ${hour}:${minute}:${second}${micros}`;
  const utc = new Date(Date.parse(`${date}T${hour}:${minute}:${second}Z`) - offset * 60_000);
  if (!isYear(utc.getUTCFullYear())) return outOfRange();
  return `${utc.toISOString().slice(0, 19).replace('T', ' ')}${micros}`;
}

function offsetMinutes(zone: string | undefined): number | undefined {
  if (zone === undefined || zone.toUpperCase() === 'Z') return 0;
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  const [hours, minutes] = [Number(digits.slice(0, 2)), Number(digits.slice(2))];
  if (hours > 15 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

function notADate(): Refusal {
  return new Refusal('not a date', FORMATS);
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
