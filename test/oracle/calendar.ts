import { asOf, type DataSet, dateOf, firstEvent } from './data.ts';
import { type FiscalStart, isMadeOf, nextPeriod, periodOf, UNITS, type Unit } from './periods.ts';

/** How instants become dates and dates become periods. */
export interface Calendar {
  /** An IANA name; UTC without one. */
  readonly timeZone?: string;
  readonly fiscalStart: FiscalStart;
}

export const UTC: Calendar = { fiscalStart: 1 };

/** The labels of some periods, by unit. */
export type Periods = Readonly<Partial<Record<Unit, string>>>;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const two = '2-digit';
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-US', {
      ...{ timeZone, hourCycle: 'h23', year: 'numeric' },
      ...{ month: two, day: two, hour: two, minute: two, second: two },
    });
  formats.set(timeZone, format);
  return format;
}

/** What a clock on the wall shows at an instant. */
export function wallClock(instant: string, { timeZone }: Calendar): string {
  if (timeZone === undefined) return instant;
  const [whole, micros] = instant.split('.') as [string, string];
  const parts = formatOf(timeZone).formatToParts(new Date(`${whole.replace(' ', 'T')}Z`));
  const part = (name: string) => parts.find(({ type }) => type === name)!.value;
  const date = `${part('year')}-${part('month')}-${part('day')}`;
  return `${date} ${part('hour')}:${part('minute')}:${part('second')}.${micros}`;
}

export function periodAt(calendar: Calendar, unit: Unit, wall: string): string {
  return periodOf(unit, dateOf(wall), calendar.fiscalStart);
}

export function periodAfter(calendar: Calendar, unit: Unit, label: string): string {
  return nextPeriod(unit, label, calendar.fiscalStart);
}

/** Every period that a date lies in. */
export function periodsOf(calendar: Calendar, date: string): Required<Periods> {
  const labels = UNITS.map((unit) => [unit, periodOf(unit, date, calendar.fiscalStart)]);
  return Object.fromEntries(labels) as Required<Periods>;
}

/** The given periods and all that are made of them. */
export function withCoarser(calendar: Calendar, given: Periods): Periods {
  const told: Partial<Record<Unit, string>> = {};
  for (const fine of UNITS) {
    const label = given[fine];
    if (label === undefined) continue;
    for (const coarse of UNITS.filter((unit) => isMadeOf(unit, fine)))
      told[coarse] = periodOf(coarse, label, calendar.fiscalStart);
  }
  return told;
}

export function asOfIn(data: DataSet, calendar: Calendar): string | undefined {
  const instant = asOf(data);
  return instant === undefined ? undefined : wallClock(instant, calendar);
}

export function firstEventIn(data: DataSet, calendar: Calendar): string | undefined {
  const instant = firstEvent(data);
  return instant === undefined ? undefined : wallClock(instant, calendar);
}
