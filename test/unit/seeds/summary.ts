import { daysFrom, weekday } from '../../../seeds/calendar.ts';
import { generateEvents, type SeedEvent, type SeedOptions } from '../../../seeds/generate.ts';

/** The events' figures, counted one by one with nothing of the generator's own arithmetic. */
export interface Summary {
  events: number;
  typeShares: Record<string, number>;
  meanDocs: number;
  meanFeedback: number;
  weekdayShare: number;
  workingHoursShare: number;
  /** `YYYY-MM` → distinct users. */
  activeUsers: Map<string, number>;
  /** Events per user, most first. */
  perUser: number[];
  /** Events per firm, most first. */
  perFirm: number[];
  /** `month user` of each user-month with more than one firm. */
  inTwoFirms: string[];
}

export function summarise(options: SeedOptions = {}): Summary {
  const events = [...generateEvents(options)];
  const userMonths = group(events, (event) => `${event.created.slice(0, 7)} ${event.userId}`);
  const share = (isCounted: (event: SeedEvent) => boolean) => events.filter(isCounted).length / events.length;
  const mean = (value: (event: SeedEvent) => number) =>
    events.reduce((sum, event) => sum + value(event), 0) / events.length;
  return {
    events: events.length,
    typeShares: shares(events),
    meanDocs: mean((event) => event.numDocs),
    meanFeedback: mean((event) => event.feedbackScore),
    weekdayShare: share((event) => weekday(daysFrom(event.created.slice(0, 10))) < 5),
    workingHoursShare: share(
      (event) => event.created.slice(11) >= '08:00' && event.created.slice(11) < '19:00',
    ),
    activeUsers: counts([...userMonths.keys()].map((key) => key.slice(0, 7))),
    perUser: descending(counts(events.map((event) => event.userId))),
    perFirm: descending(counts(events.map((event) => event.firmId))),
    inTwoFirms: [...userMonths]
      .filter(([, of]) => new Set(of.map((event) => event.firmId)).size > 1)
      .map(([key]) => key),
  };
}

function shares(events: SeedEvent[]): Record<string, number> {
  const perType = counts(events.map((event) => event.eventType));
  return Object.fromEntries([...perType].map(([type, count]) => [type, count / events.length]));
}

function group<T>(items: T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

function counts<Key>(keys: Key[]): Map<Key, number> {
  const counted = new Map<Key, number>();
  for (const key of keys) counted.set(key, (counted.get(key) ?? 0) + 1);
  return counted;
}

function descending(counted: Map<unknown, number>): number[] {
  return [...counted.values()].sort((a, b) => b - a);
}

export function sum(numbers: number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
