import { firmKeys, userKeys } from './attributes.ts';
import { asOfIn, type Calendar, periodAfter, periodAt, periodsOf, UTC, wallClock } from './calendar.ts';
import {
  addDays,
  type DataSet,
  dateOf,
  type EventRow,
  instant,
  isMidnight,
  midnight,
  onceEach,
} from './data.ts';
import type { Key, Keys } from './keys.ts';
import { previousPeriod, type Unit } from './periods.ts';
import { isPowerUser, type UserMonth, userMonths } from './user-months.ts';
import { judge, type Where } from './where.ts';

export type { Filter, Where } from './where.ts';
export { named } from './where.ts';

/** An event with everything that it can be grouped and filtered by. */
export interface Fact {
  readonly event: EventRow;
  /** When it was, by the calendar's clock. */
  readonly at: string;
  /** Of the UTC month. */
  readonly userMonth: UserMonth;
  readonly keys: Keys;
}

export type TimeRange =
  | { readonly between: { readonly from: string; readonly to: string } }
  | { readonly last: { readonly count: number; readonly unit: string; readonly completeOnly?: boolean } };

/** Every event of a data set. */
export const factsOf = onceEach((data: DataSet, calendar: Calendar = UTC): readonly Fact[] => {
  const users = new Map(data.users.map((user) => [user.id, userKeys(user)]));
  const firms = new Map(data.firms.map((firm) => [firm.id, firmKeys(firm)]));
  return userMonths(data).flatMap((userMonth) =>
    userMonth.events.map((event) => {
      const at = wallClock(event.created, calendar);
      const keys = {
        ...periodsOf(calendar, dateOf(at)),
        ...users.get(event.user)!,
        ...firms.get(event.firm)!,
        eventType: event.type,
        engagementLevel: userMonth.level,
        interactionTypesUsed: userMonth.types,
        powerUser: isPowerUser(userMonth),
      };
      return { event, at, userMonth, keys };
    }),
  );
});

/** Whether a filter holds of a base row, of which every dimension that the filter names is known. */
export function passes(where: Where | undefined, { keys }: { readonly keys: Keys }): boolean {
  return where === undefined || judge(where, (name) => known(keys, name)) === true;
}

/** @throws where a base row does not have the dimension: the request should not have been asked */
export function known(keys: Keys, name: string): Key {
  const key = keys[name];
  if (key === undefined) throw new Error(`A base row has ${Object.keys(keys).join(', ')}, not ${name}.`);
  return key;
}

/** Half open, by the calendar's clock; an open end is missing. */
export interface Span {
  readonly from?: string;
  readonly to?: string;
}

export function spanOf(data: DataSet, range: TimeRange | undefined, calendar: Calendar = UTC): Span {
  if (!range) return {};
  if ('between' in range) return { from: instant(range.between.from), to: instant(range.between.to) };
  const until = asOfIn(data, calendar);
  if (until === undefined) return {};
  const { count, completeOnly } = range.last;
  const unit = range.last.unit.toLowerCase() as Unit;
  const before = (label: string) => previousPeriod(unit, label, calendar.fiscalStart);
  // The period of the last moment before as-of, unless it must be over and is not.
  let first = periodAt(calendar, unit, lastDayBefore(until));
  let end = periodAfter(calendar, unit, first);
  if (completeOnly && midnight(end) > until) [first, end] = [before(first), first];
  for (let step = 1; step < count; step++) first = before(first);
  return { from: midnight(first), to: midnight(end) };
}

function lastDayBefore(wall: string): string {
  return isMidnight(wall) ? addDays(dateOf(wall), -1) : dateOf(wall);
}

export function isIn({ from, to }: Span, wall: string): boolean {
  return (from === undefined || wall >= from) && (to === undefined || wall < to);
}

export function isWithin(span: Span, { at }: { readonly at: string }): boolean {
  return isIn(span, at);
}
