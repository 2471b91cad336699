import { asOfIn, type Calendar, firstEventIn, periodAfter, periodAt } from './calendar.ts';
import { type DataSet, dateOf, includesAsOf, midnight } from './data.ts';
import { fieldOf, isPeriod, type Keys } from './keys.ts';
import { UNITS, type Unit } from './periods.ts';
import type { Request } from './request.ts';
import { type Fact, factsOf, type Span, spanOf } from './slice.ts';

/** A request with what it is asked of. */
export interface Question {
  readonly data: DataSet;
  readonly request: Request;
  readonly calendar: Calendar;
  /** Every event, by the calendar. */
  readonly facts: readonly Fact[];
  /** The range asked. */
  readonly span: Span;
  /** By the calendar's clock, as the next. */
  readonly asOf: string | undefined;
  readonly firstEvent: string | undefined;
  /** The grouped dimensions, as fields. */
  readonly dimensions: readonly string[];
  /** The finest grouped period. */
  readonly unit: Unit | undefined;
}

export function questionOf(data: DataSet, request: Request, fiscalStart: number): Question {
  const { timeZone, timeRange, groupBy } = request;
  const calendar = { fiscalStart, ...(timeZone !== undefined && { timeZone }) };
  const dimensions = groupBy.map(fieldOf);
  return {
    data,
    request,
    calendar,
    facts: factsOf(data, calendar),
    span: spanOf(data, timeRange, calendar),
    asOf: asOfIn(data, calendar),
    firstEvent: firstEventIn(data, calendar),
    dimensions,
    unit: UNITS.find((unit) => dimensions.includes(unit)),
  };
}

/** The grouped periods among some keys. */
export function periodKeys(keys: Keys): Partial<Record<Unit, string>> {
  return Object.fromEntries(Object.entries(keys).filter(([name]) => isPeriod(name)));
}

export function otherKeys(keys: Keys): Keys {
  return Object.fromEntries(Object.entries(keys).filter(([name]) => !isPeriod(name)));
}

export interface Bounds {
  readonly start: string;
  readonly end: string;
}

export function boundsOf({ calendar }: Question, unit: Unit, label: string): Bounds {
  return { start: midnight(label), end: midnight(periodAfter(calendar, unit, label)) };
}

/** The time that is both in every period of the keys and in the range. */
export function sliceOf(question: Question, keys: Keys): Span {
  const periods = Object.entries(periodKeys(keys)).map(([unit, label]) =>
    boundsOf(question, unit as Unit, label!),
  );
  const starts = [...periods.map(({ start }) => start), question.span.from].filter(
    (each) => each !== undefined,
  );
  const ends = [...periods.map(({ end }) => end), question.span.to].filter((each) => each !== undefined);
  const [from, to] = [starts.sort().at(-1), ends.sort()[0]];
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

/** Whether the time of a row ends after as-of, or is cut by the range: that of its periods, or else the range. */
export function isPartial(question: Question, keys: Keys): boolean {
  const { from, to } = question.span;
  const whole = sliceOf({ ...question, span: {} }, keys);
  const end = whole.to ?? to;
  if (end !== undefined && isAfterAsOf(question, end)) return true;
  const isCutBefore = from !== undefined && whole.from !== undefined && from > whole.from;
  const isCutAfter = to !== undefined && whole.to !== undefined && to < whole.to;
  return isCutBefore || isCutAfter;
}

export function isAfterAsOf({ asOf }: Question, wall: string): boolean {
  return asOf !== undefined && wall > asOf;
}

/**
 * Labels of the periods of the finest grouped grain that rows may be of: those that meet the range, or without one
 * those from the first event to as-of.
 */
export function candidatePeriods(question: Question): readonly string[] {
  const { calendar, unit, span, firstEvent, asOf } = question;
  const from = span.from ?? firstEvent;
  const until = span.to ?? asOf;
  if (unit === undefined || from === undefined || until === undefined) return [];
  const isOpen = span.to === undefined && includesAsOf(question.data);
  const labels: string[] = [];
  let label = periodAt(calendar, unit, dateOf(from));
  while (midnight(label) < until || (isOpen && midnight(label) === until)) {
    labels.push(label);
    label = periodAfter(calendar, unit, label);
  }
  return labels;
}
