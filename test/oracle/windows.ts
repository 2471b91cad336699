import { periodAt } from './calendar.ts';
import { dateOf, midnight } from './data.ts';
import type { Keys } from './keys.ts';
import { periodOf, previousPeriod, type Unit } from './periods.ts';
import { type Bounds, boundsOf, isAfterAsOf, type Question, sliceOf } from './question.ts';
import type { Comparison, Rolling } from './request.ts';
import { back, days, endBack, isMonthStart, later, microsOf, type Shift } from './shift.ts';
import type { Span } from './slice.ts';

/** The time that base rows are read from: that of events, and that of what is only told for whole periods. */
export interface Windows {
  readonly events: Span;
  readonly whole: Span;
}

/** The time of a row itself. */
export function ownWindows(question: Question, keys: Keys): Windows {
  const slice = sliceOf(question, keys);
  return { events: slice, whole: slice };
}

/** The time that a comparison reads for a row. */
export function comparedWindows(question: Question, keys: Keys, comparison: Comparison): Windows {
  const slice = sliceOf(question, keys) as Required<Span>;
  const period = finestPeriod(question, keys);
  const shift = shiftOf(question, comparison);
  const moved = (end: string): Span => ({
    from: back(slice.from, shift),
    to: movedEnd(question, { from: slice.from, to: end }, period, shift),
  });
  const whole = moved(slice.to);
  const isToDate = isCutByAsOf(question, keys, comparison);
  return { events: isToDate ? moved(question.asOf!) : whole, whole };
}

/** Whether a comparison ends at the same point of the earlier period, since as-of lies within the row's time. */
export function isCutByAsOf(question: Question, keys: Keys, { toDate = true }: Comparison): boolean {
  const { from, to } = sliceOf(question, keys) as Required<Span>;
  return toDate && question.asOf !== undefined && from < question.asOf && question.asOf < to;
}

function finestPeriod(question: Question, keys: Keys): Bounds | undefined {
  const { unit } = question;
  return unit === undefined ? undefined : boundsOf(question, unit, keys[unit] as string);
}

function movedEnd(
  question: Question,
  { from, to }: Required<Span>,
  period: Bounds | undefined,
  shift: Shift,
): string {
  const { unit } = question;
  if (unit === undefined || period === undefined) return endBack(to, shift, isMonthStart(from));
  const start = back(period.start, shift);
  if (unit === 'day' || unit === 'week') return later(start, microsOf(to) - microsOf(period.start));
  const isWhole = from === period.start && to === period.end;
  return isWhole ? boundsOf(question, unit, dateOf(start)).end : endBack(to, shift, isMonthStart(from));
}

const MONTHS: Readonly<Record<string, number>> = { MONTH: 1, QUARTER: 3, YEAR: 12 };
const DAYS: Readonly<Record<string, number>> = { DAY: 1, WEEK: 7 };
const WEEKS_A_YEAR = 52;

function shiftOf(question: Question, { to, shift }: Comparison): Shift {
  const { unit } = question;
  if (shift) return shiftBy(unit, shift.count, shift.unit);
  if (to === 'YEAR_BEFORE') return shiftBy(unit, 1, 'YEAR');
  return unit === undefined
    ? lengthOf(question.span as Required<Span>)
    : shiftBy(unit, 1, unit.toUpperCase());
}

/** A year of weeks is 52 of them. */
function shiftBy(unit: Unit | undefined, count: number, by: string): Shift {
  if (unit === 'week' && by === 'YEAR') return days(count * WEEKS_A_YEAR * 7);
  return by in MONTHS ? { months: count * MONTHS[by]! } : days(count * DAYS[by]!);
}

/** The range's own length: in months when it is of whole months, else exactly. */
function lengthOf({ from, to }: Required<Span>): Shift {
  if (!isMonthStart(from) || !isMonthStart(to)) return { micros: microsOf(to) - microsOf(from) };
  const months = (wall: string) => Number(wall.slice(0, 4)) * 12 + Number(wall.slice(5, 7));
  return { months: months(to) - months(from) };
}

/** The time that a rolling window reads for a row: up to the end of the row's own. */
export function rollingWindows(question: Question, keys: Keys, rolling: Rolling): Windows {
  const { calendar } = question;
  const unit = question.unit!;
  let start = keys[unit] as string;
  if (rolling.toDate !== undefined)
    start = periodOf(rolling.toDate.toLowerCase() as Unit, start, calendar.fiscalStart);
  for (let step = 1; step < (rolling.trailing ?? 1); step++)
    start = previousPeriod(unit, start, calendar.fiscalStart);
  const window = { from: midnight(start), to: sliceOf(question, keys).to! };
  return { events: window, whole: window };
}

/** Whether a window starts in a period before that of the first event. */
export function startsBeforeData(
  { calendar, unit = 'day', firstEvent }: Question,
  { whole }: Windows,
): boolean {
  return (
    firstEvent !== undefined && periodAt(calendar, unit, whole.from!) < periodAt(calendar, unit, firstEvent)
  );
}

/** Whether a rolling window is not all there: it starts before the data, or its last period is cut or not over. */
export function isRollingPartial(question: Question, keys: Keys, windows: Windows): boolean {
  const { end } = finestPeriod(question, keys)!;
  return startsBeforeData(question, windows) || windows.whole.to! < end || isAfterAsOf(question, end);
}
