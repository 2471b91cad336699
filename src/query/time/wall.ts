import { type Grain, moveDay, startOf } from './time.ts';

/**
 * Wall-clock times of the time zone that a request is answered in, UTC unless it names another:
 * `YYYY-MM-DDTHH:MM:SS.ffffff`, so that text compares as time.
 */
export type Wall = string;

/**
 * Half open, wall-clock times of the request's time zone (UTC without one), `YYYY-MM-DDTHH:MM:SS[.ffffff]`; an absent
 * end is open.
 */
export interface Range {
  readonly from?: Wall;
  readonly to?: Wall;
}

const MIDNIGHT = 'T00:00:00.000000';
const DAY_US = 86_400_000_000;

/** The start of a date. */
export function midnight(date: string): Wall {
  return `${date}${MIDNIGHT}`;
}

export function dateOf(wall: Wall): string {
  return wall.slice(0, 10);
}

export function isMidnight(wall: Wall): boolean {
  return wall.endsWith(MIDNIGHT);
}

/** Whether it is the first moment of a period. */
export function isBoundary(grain: Grain, wall: Wall, fiscalYearStart: number): boolean {
  return isMidnight(wall) && startOf(grain, dateOf(wall), fiscalYearStart) === dateOf(wall);
}

/** With six digits of fraction, from a date, a time with any fraction, or an instant in UTC, whose `Z` is dropped. */
export function normalWall(text: string): Wall {
  const [date, time = '00:00:00'] = text.replace(/Z$/, '').split('T') as [string, string?];
  const [whole, fraction = ''] = time.split('.');
  return `${date}T${whole!.length === 5 ? `${whole}:00` : whole}.${fraction.padEnd(6, '0')}`;
}

/** What the clock on the wall of a time zone shows at an instant in UTC. */
export function wallOf(instant: string, timeZone: string | undefined): Wall {
  const utc = normalWall(instant);
  if (timeZone === undefined) return utc;
  const parts = formatter(timeZone).formatToParts(new Date(`${utc.slice(0, 23)}Z`));
  const part = (type: string) => parts.find((each) => each.type === type)!.value;
  const year = part('year').padStart(4, '0');
  const date = `${year}-${part('month')}-${part('day')}`;
  // Offsets are whole seconds, so the fraction stays.
  return `${date}T${part('hour')}:${part('minute')}:${part('second')}${utc.slice(19)}`;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const digits = '2-digit';
  const made = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, calendar: 'iso8601', hourCycle: 'h23', year: 'numeric' },
    ...{ month: digits, day: digits, hour: digits, minute: digits, second: digits },
  });
  formatters.set(timeZone, made);
  return made;
}

/** A duration later, in microseconds. */
export function addMicroseconds(wall: Wall, microseconds: number): Wall {
  const total = timeOfDay(wall) + microseconds;
  const days = Math.floor(total / DAY_US);
  return `${moveDay(dateOf(wall), { days })}T${clock(total - days * DAY_US)}`;
}

/** The duration from one to another, in microseconds. */
export function microsecondsBetween(from: Wall, to: Wall): number {
  const days = (Date.parse(`${dateOf(to)}T00:00Z`) - Date.parse(`${dateOf(from)}T00:00Z`)) / 86_400_000;
  return days * DAY_US + timeOfDay(to) - timeOfDay(from);
}

function timeOfDay(wall: Wall): number {
  const [hours, minutes, seconds] = wall.slice(11, 19).split(':').map(Number) as [number, number, number];
  return ((hours * 60 + minutes) * 60 + seconds) * 1_000_000 + Number(wall.slice(20));
}

function clock(microseconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const seconds = Math.floor(microseconds / 1_000_000);
  const fraction = String(microseconds % 1_000_000).padStart(6, '0');
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${fraction}`;
}

/** The earlier of two, where the second may be open. */
export function earlier(one: Wall, other: Wall | undefined): Wall {
  return other !== undefined && other < one ? other : one;
}

/** The later of two, where the second may be open. */
export function later(one: Wall, other: Wall | undefined): Wall {
  return other !== undefined && other > one ? other : one;
}
