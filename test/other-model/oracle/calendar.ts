// Wall-clock times are `YYYY-MM-DDTHH:MM:SS`, dates `YYYY-MM-DD`; both compare as text.

export const GRAINS = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type Grain = (typeof GRAINS)[number];

const MONTHS = { month: 1, quarter: 3, year: 12 } as const;

export interface Span {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export const midnight = (date: string): string => `${date}T00:00:00`;
const dateOf = (at: string): string => at.slice(0, 10);
const isMidnight = (at: string): boolean => at.endsWith('T00:00:00');

const parse = (at: string): number => Date.parse(`${at}Z`);
const print = (millis: number): string => new Date(millis).toISOString().slice(0, 19);

export function addSeconds(at: string, count: number): string {
  return print(parse(at) + count * 1000);
}

export function secondsBetween(from: string, to: string): number {
  return (parse(to) - parse(from)) / 1000;
}

function addDays(date: string, count: number): string {
  return dateOf(addSeconds(midnight(date), count * 86_400));
}

/** The label of the period that a time lies in. */
export function labelOf(grain: Grain, at: string): string {
  const date = dateOf(at);
  const [year, month] = date.split('-').map(Number) as [number, number];
  switch (grain) {
    case 'day':
      return date;
    case 'week':
      return addDays(date, -((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7));
    default:
      return firstOf(year, month - ((month - 1) % MONTHS[grain]));
  }
}

function firstOf(year: number, month: number): string {
  return dateOf(print(Date.UTC(year, month - 1, 1)));
}

/** The label so many periods on. */
export function step(grain: Grain, label: string, count: number): string {
  if (grain === 'day' || grain === 'week') return addDays(label, grain === 'day' ? count : 7 * count);
  const [year, month] = label.split('-').map(Number) as [number, number];
  return firstOf(year, month + count * MONTHS[grain]);
}

export function spanOf(grain: Grain, label: string): Required<Span> {
  return { from: midnight(label), to: midnight(step(grain, label, 1)) } as Required<Span>;
}

/** Whether periods of the coarse grain are made of whole ones of the fine grain. */
export function isMadeOf(coarse: Grain, fine: Grain): boolean {
  if (coarse === fine || fine === 'day') return true;
  return coarse !== 'day' && coarse !== 'week' && fine !== 'week' && MONTHS[coarse] % MONTHS[fine] === 0;
}

/** What two spans have in common. */
export function meet(a: Span, b: Span): Span {
  const from = [a.from, b.from].filter((end) => end !== undefined).sort();
  const to = [a.to, b.to].filter((end) => end !== undefined).sort();
  return { from: from.at(-1), to: to[0] };
}

export function isIn({ from, to }: Span, at: string): boolean {
  return (from === undefined || at >= from) && (to === undefined || at < to);
}

/** How far back a comparison looks. */
export type Shift = { readonly months: number } | { readonly seconds: number };

/** The same day so many months before, or the last of a shorter month. */
function monthsBack(date: string, months: number): { readonly date: string; readonly exists: boolean } {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const length = Number(addDays(firstOf(year, month - months + 1), -1).slice(8));
  const first = firstOf(year, month - months);
  return { date: addDays(first, Math.min(day, length) - 1), exists: day <= length };
}

export function back(at: string, shift: Shift): string {
  if ('seconds' in shift) return addSeconds(at, -shift.seconds);
  return `${monthsBack(dateOf(at), shift.months).date}${at.slice(10)}`;
}

/** The end of a span moved back: ends of days stay what they are, and those of months where it begins with one. */
export function endBack(at: string, shift: Shift, beginsWithMonth: boolean): string {
  if ('seconds' in shift || (beginsWithMonth && isMonthStart(at))) return back(at, shift);
  if (isMidnight(at)) return midnight(addDays(monthsBack(addDays(dateOf(at), -1), shift.months).date, 1));
  const { date, exists } = monthsBack(dateOf(at), shift.months);
  return exists ? back(at, shift) : midnight(addDays(date, 1));
}

export function isMonthStart(at: string): boolean {
  return isMidnight(at) && at.slice(8, 10) === '01';
}

/** The wall-clock time in a time zone of a time in UTC. */
export function wallOf(at: string, timeZone: string | undefined): string {
  if (timeZone === undefined) return at;
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return format.format(new Date(`${at}Z`)).replace(' ', 'T');
}
