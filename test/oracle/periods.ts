import { addDays } from './data.ts';

export const UNITS = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type Unit = (typeof UNITS)[number];

/** Which days begin quarters and years: those of the fiscal year's first month, 1 to 12. */
export type FiscalStart = number;

/** The label of the period that a date lies in: its first day, found by walking back. */
export const periodOf = walk(-1, (date) => date);

/** The first day of the next period. */
export const nextPeriod = walk(1, (label) => addDays(label, 1));

/** Goes day by day to the nearest first day from where it begins, and no way twice. */
function walk(step: number, begin: (date: string) => string) {
  const found = new Map<string, Map<string, string>>();
  return (unit: Unit, date: string, fiscalStart: FiscalStart = 1): string => {
    const name = `${unit} ${fiscalStart}`;
    const known = found.get(name) ?? new Map<string, string>();
    found.set(name, known);
    const from = (day: string): string => {
      const first = known.get(day) ?? (isFirstDay(unit, day, fiscalStart) ? day : from(addDays(day, step)));
      known.set(day, first);
      return first;
    };
    return from(begin(date));
  };
}

export function previousPeriod(unit: Unit, label: string, fiscalStart: FiscalStart = 1): string {
  return periodOf(unit, addDays(label, -1), fiscalStart);
}

export function isFirstDay(unit: Unit, date: string, fiscalStart: FiscalStart = 1): boolean {
  const months = Number(date.slice(5, 7)) - fiscalStart + 12;
  switch (unit) {
    case 'day':
      return true;
    case 'week':
      return new Date(`${date}T00:00:00Z`).getUTCDay() === 1;
    case 'month':
      return date.endsWith('-01');
    case 'quarter':
      return date.endsWith('-01') && months % 3 === 0;
    case 'year':
      return date.endsWith('-01') && months % 12 === 0;
  }
}

/** Whether every period of one unit is made of whole periods of the other. */
export function isMadeOf(coarse: Unit, fine: Unit): boolean {
  const parts: Readonly<Record<Unit, readonly Unit[]>> = {
    day: ['day'],
    week: ['day', 'week'],
    month: ['day', 'month'],
    quarter: ['day', 'month', 'quarter'],
    year: ['day', 'month', 'quarter', 'year'],
  };
  return parts[coarse].includes(fine);
}
