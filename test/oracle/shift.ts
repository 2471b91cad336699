import { addDays, dateOf, isMidnight, midnight } from './data.ts';

const MICROS_A_DAY = 86_400_000_000;

/** How far back: a number of months, or an exact time in microseconds. */
export type Shift = { readonly months: number } | { readonly micros: number };

export function days(count: number): Shift {
  return { micros: count * MICROS_A_DAY };
}

/** Microseconds since 1970, of a clock that knows no time zones. */
export function microsOf(wall: string): number {
  const [whole, fraction] = wall.split('.') as [string, string];
  return Date.parse(`${whole.replace(' ', 'T')}Z`) * 1000 + Number(fraction);
}

function wallAt(micros: number): string {
  const millis = Math.floor(micros / 1000);
  const rest = String(micros - millis * 1000).padStart(3, '0');
  return `${new Date(millis).toISOString().slice(0, 23).replace('T', ' ')}${rest}`;
}

export function later(wall: string, micros: number): string {
  return wallAt(microsOf(wall) + micros);
}

/** A time moved back; by months to the same day, or the last of a shorter month, at the same time. */
export function back(wall: string, shift: Shift): string {
  if ('micros' in shift) return later(wall, -shift.micros);
  return `${sameDay(dateOf(wall), shift.months).date}${wall.slice(10)}`;
}

/**
 * The end of a window moved back: the end of a month stays one where the window begins with a month, the end of a day
 * is that of the day moved, and a time on a day that the month does not have becomes its end.
 */
export function endBack(wall: string, shift: Shift, beginsWithMonth: boolean): string {
  if ('micros' in shift) return back(wall, shift);
  const date = dateOf(wall);
  if (beginsWithMonth && isMonthStart(wall)) return back(wall, shift);
  if (isMidnight(wall)) return midnight(addDays(sameDay(addDays(date, -1), shift.months).date, 1));
  const moved = sameDay(date, shift.months);
  return moved.exists ? back(wall, shift) : midnight(addDays(moved.date, 1));
}

export function isMonthStart(wall: string): boolean {
  return isMidnight(wall) && wall.slice(8, 10) === '01';
}

/** The same day so many months before, or the last of that month where it is shorter. */
function sameDay(date: string, months: number): { readonly date: string; readonly exists: boolean } {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const length = new Date(Date.UTC(year, month - months, 0)).getUTCDate();
  const first = new Date(Date.UTC(year, month - 1 - months, 1)).toISOString().slice(0, 8);
  return { date: `${first}${String(Math.min(day, length)).padStart(2, '0')}`, exists: day <= length };
}
