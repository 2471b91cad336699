import {
  back,
  endBack,
  type Grain,
  isMonthStart,
  labelOf,
  midnight,
  type Shift,
  type Span,
  secondsBetween,
  spanOf,
  step,
} from './calendar.ts';
import { isPartial, labelsOf, ownScope, type Question, sliceOf } from './question.ts';
import { type Comparison, grainOf, type Keys, type Rolling } from './request.ts';
import type { Scope } from './scope.ts';

/** The base rows that a comparison reads for a group. */
export function comparedScope(question: Question, keys: Keys, comparison: Comparison): Scope {
  const { from, to } = sliceOf(question, keys) as { from: string; to: string };
  const { asOf } = question.data;
  const shift = shiftOf(question, comparison);
  const moved = (end: string): Span => ({
    from: back(from, shift),
    to: movedEnd(question, keys, from, end, shift),
  });
  const isToDate = (comparison.toDate ?? true) && from < asOf && asOf < to;
  const whole = moved(to);
  return { ...elsewhere(question, keys), time: isToDate ? moved(asOf) : whole, whole };
}

function elsewhere(question: Question, keys: Keys): Scope {
  return { ...ownScope(question, keys), labels: labelsOf(keys), isElsewhere: true };
}

function movedEnd({ unit }: Question, keys: Keys, from: string, end: string, shift: Shift): string {
  if (unit === undefined) return endBack(end, shift, isMonthStart(from));
  const period = spanOf(unit, keys[unit] as string) as { from: string; to: string };
  const start = back(period.from, shift);
  if (unit === 'day' || unit === 'week') return back(start, { seconds: -secondsBetween(period.from, end) });
  if (from === period.from && end === period.to) return spanOf(unit, labelOf(unit, start)).to!;
  return endBack(end, shift, isMonthStart(from));
}

const MONTHS: Readonly<Record<string, number>> = { MONTH: 1, QUARTER: 3, YEAR: 12 };
const DAYS: Readonly<Record<string, number>> = { DAY: 1, WEEK: 7 };

function shiftOf({ unit, range }: Question, { to, shift }: Comparison): Shift {
  const by = (count: number, name: string): Shift => {
    if (unit === 'week' && name === 'YEAR') return { seconds: count * 52 * 7 * 86_400 };
    return name in MONTHS ? { months: count * MONTHS[name]! } : { seconds: count * DAYS[name]! * 86_400 };
  };
  if (shift) return by(shift.count, shift.unit);
  if (to === 'YEAR_BEFORE') return by(1, 'YEAR');
  if (unit !== undefined) return by(1, unit.toUpperCase());
  const [from, end] = [range.from!, range.to!];
  const months = (at: string) => Number(at.slice(0, 4)) * 12 + Number(at.slice(5, 7));
  const isFirst = (at: string) => at.endsWith('-01T00:00:00');
  return isFirst(from) && isFirst(end)
    ? { months: months(end) - months(from) }
    : { seconds: secondsBetween(from, end) };
}

/** The base rows of a window that ends with the group's own time. */
export function rollingScope(question: Question, keys: Keys, { trailing, toDate }: Rolling): Scope {
  const unit = question.unit!;
  const label = keys[unit] as string;
  const start = toDate ? labelOf(grainOf(toDate), midnight(label)) : step(unit, label, 1 - trailing!);
  const time = { from: midnight(start), to: sliceOf(question, keys).to };
  return { ...elsewhere(question, keys), time, whole: time };
}

/** Whether a window starts in a period before that of the first event. */
function isBeforeData({ unit = 'day' as Grain, firstEvent }: Question, { whole }: Scope): boolean {
  return labelOf(unit, whole.from!) < labelOf(unit, firstEvent);
}

export function isComparisonPartial(question: Question, keys: Keys, scope: Scope): boolean {
  return isPartial(question, keys) || isBeforeData(question, scope);
}

export function isRollingPartial(question: Question, keys: Keys, scope: Scope): boolean {
  const { to } = spanOf(question.unit!, keys[question.unit!] as string);
  return isBeforeData(question, scope) || scope.time.to! < to! || to! > question.data.asOf;
}
