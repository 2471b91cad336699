import { asOf, type DataSet, type EventRow, instant, midnight, onceEach, type Title } from './data.ts';
import { nextPeriod, periodOf, previousPeriod, UNITS, type Unit } from './periods.ts';
import { type UserMonth, userMonths } from './user-months.ts';

/** An event with everything that it can be grouped and filtered by. */
export interface Fact {
  readonly event: EventRow;
  readonly userMonth: UserMonth;
  readonly keys: Readonly<Record<string, string | number>>;
}

/** A filter on one dimension, as GraphQL takes it. */
export interface Filter {
  readonly eq?: string;
  readonly neq?: string;
  readonly in?: readonly string[];
  readonly notIn?: readonly string[];
  readonly lt?: string;
  readonly lte?: string;
  readonly gt?: string;
  readonly gte?: string;
  readonly between?: { readonly from: string; readonly to: string };
  readonly isNull?: boolean;
}

export interface Where {
  readonly and?: readonly Where[];
  readonly or?: readonly Where[];
  readonly not?: Where;
  readonly [dimension: string]: Filter | Where | readonly Where[] | undefined;
}

export type TimeRange =
  | { readonly between: { readonly from: string; readonly to: string } }
  | { readonly last: { readonly count: number; readonly unit: string; readonly completeOnly?: boolean } };

/** Every event of a data set. */
export const factsOf = onceEach((data: DataSet): readonly Fact[] => {
  const titles = new Map<string, Title>(data.users.map(({ id, title }) => [id, title]));
  return userMonths(data).flatMap((userMonth) =>
    userMonth.events.map((event) => {
      const date = event.created.slice(0, 10);
      const periods = Object.fromEntries(UNITS.map((unit) => [unit, periodOf(unit, date)]));
      const title = titles.get(event.user)!;
      const { firm, user, type: eventType } = event;
      return {
        event,
        userMonth,
        keys: { ...periods, firm, user, title, eventType, engagementLevel: userMonth.level },
      };
    }),
  );
});

export function passes(where: Where | undefined, fact: Fact): boolean {
  return Object.entries(where ?? {}).every(([name, value]) => {
    if (value === undefined) return true;
    if (name === 'and') return (value as readonly Where[]).every((each) => passes(each, fact));
    if (name === 'or') return (value as readonly Where[]).some((each) => passes(each, fact));
    if (name === 'not') return !passes(value as Where, fact);
    return holds(value as Filter, String(fact.keys[name]));
  });
}

/** Every operator that is given holds. Dates compare as text; no key of an event is missing. */
function holds(filter: Filter, key: string): boolean {
  const { eq, neq, notIn, lt, lte, gt, gte, between, isNull } = filter;
  return (
    (eq === undefined || key === eq) &&
    (neq === undefined || key !== neq) &&
    (filter.in === undefined || filter.in.includes(key)) &&
    (notIn === undefined || !notIn.includes(key)) &&
    (lt === undefined || key < lt) &&
    (lte === undefined || key <= lte) &&
    (gt === undefined || key > gt) &&
    (gte === undefined || key >= gte) &&
    (between === undefined || (between.from <= key && key <= between.to)) &&
    isNull !== true
  );
}

/** Half open, as instants; an open end is missing. */
export interface Span {
  readonly from?: string;
  readonly to?: string;
}

export function spanOf(data: DataSet, range: TimeRange | undefined): Span {
  if (!range) return {};
  if ('between' in range) return { from: instant(range.between.from), to: instant(range.between.to) };
  const until = asOf(data);
  if (until === undefined) return {};
  const { count, completeOnly } = range.last;
  const unit = range.last.unit.toLowerCase() as Unit;
  const date = until.slice(0, 10);
  // The period of the last moment before as-of, unless it must be over and is not.
  let first = until === midnight(date) ? previousPeriodOfDay(unit, date) : periodOf(unit, date);
  let end = nextPeriod(unit, first);
  if (completeOnly && midnight(end) > until) {
    end = first;
    first = previousPeriod(unit, first);
  }
  for (let step = 1; step < count; step++) first = previousPeriod(unit, first);
  return { from: midnight(first), to: midnight(end) };
}

/** The period of the day before a date. */
function previousPeriodOfDay(unit: Unit, date: string): string {
  return periodOf(unit, previousPeriod('day', date));
}

export function isWithin({ from, to }: Span, { event }: Fact): boolean {
  return (from === undefined || event.created >= from) && (to === undefined || event.created < to);
}

/** The dimensions that a filter names, however deep. */
export function named(where: Where | undefined): readonly string[] {
  return Object.entries(where ?? {}).flatMap(([name, value]) => {
    if (name === 'and' || name === 'or') return (value as readonly Where[]).flatMap(named);
    return name === 'not' ? named(value as Where) : [name];
  });
}
