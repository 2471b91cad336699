import { addDays } from './data.ts';

export const UNITS = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type Unit = (typeof UNITS)[number];

/** The label of the period that a date lies in: its first day, found by walking back. */
export function periodOf(unit: Unit, date: string): string {
  let day = date;
  while (!isFirstDay(unit, day)) day = addDays(day, -1);
  return day;
}

/** The first day of the next period. */
export function nextPeriod(unit: Unit, label: string): string {
  let day = addDays(label, 1);
  while (!isFirstDay(unit, day)) day = addDays(day, 1);
  return day;
}

export function previousPeriod(unit: Unit, label: string): string {
  return periodOf(unit, addDays(label, -1));
}

export function isFirstDay(unit: Unit, date: string): boolean {
  switch (unit) {
    case 'day':
      return true;
    case 'week':
      return new Date(`${date}T00:00:00Z`).getUTCDay() === 1;
    case 'month':
      return date.endsWith('-01');
    case 'quarter':
      return /-(01|04|07|10)-01$/.test(date);
    case 'year':
      return date.endsWith('-01-01');
  }
}
