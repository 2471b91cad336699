import { type DataSet, EVENT_TYPES, type EventRow, LEVELS, type Level, onceEach } from './data.ts';
import { periodOf, previousPeriod } from './periods.ts';

/** A user in a month with at least one event, ranked among all users active in that month. */
export interface UserMonth {
  readonly user: string;
  readonly month: string;
  readonly events: readonly EventRow[];
  /** In units of 10^-12, rounded half up. */
  readonly score: bigint;
  readonly level: Level;
  readonly types: number;
  /** Months in a row with activity, up to and with this one. */
  readonly streak: number;
}

/** The usual definition: high, active the month before, at least two event types. */
export function isPowerUser({ level, streak, types }: UserMonth): boolean {
  return level === 'HIGH' && streak >= 2 && types >= 2;
}

export const userMonths = onceEach(({ events }: DataSet): readonly UserMonth[] => {
  const months = [...new Set(events.map(({ created }) => periodOf('month', created.slice(0, 10))))];
  return months.flatMap((month) => rankedMonth(events, month));
});

function eventsIn(events: readonly EventRow[], month: string): readonly EventRow[] {
  return events.filter(({ created }) => periodOf('month', created.slice(0, 10)) === month);
}

function rankedMonth(events: readonly EventRow[], month: string): UserMonth[] {
  const own = eventsIn(events, month);
  const users = [...new Set(own.map(({ user }) => user))].map((user) => {
    const mine = own.filter((event) => event.user === user);
    const docs = sum(mine.map((event) => event.docs));
    const feedback = sum(mine.map((event) => event.feedback));
    return { user, mine, queries: mine.length, docs, feedback };
  });
  // The number of users strictly below is rank() - 1; averages compare as fractions of whole numbers.
  const k = users.map((one) => {
    const below = (isBelow: (other: (typeof users)[number]) => boolean) => users.filter(isBelow).length;
    return (
      6 * below((other) => other.queries < one.queries) +
      3 * below((other) => other.docs < one.docs) +
      below((other) => other.feedback * one.queries < one.feedback * other.queries)
    );
  });
  const others = users.length - 1;
  return users.map(({ user, mine }, index) => ({
    user,
    month,
    events: mine,
    score: scoreOf(k[index]!, others),
    level: levelOf(k.filter((each) => each < k[index]!).length, others),
    types: EVENT_TYPES.filter((type) => mine.some((event) => event.type === type)).length,
    streak: streakOf(events, user, month),
  }));
}

function scoreOf(k: number, others: number): bigint {
  if (others === 0) return 0n;
  const divisor = BigInt(10 * others);
  return (2n * BigInt(k) * 10n ** 12n + divisor) / (2n * divisor);
}

function levelOf(below: number, others: number): Level {
  if (others === 0) return 'LOW';
  if (below * 10 >= others * 8) return 'HIGH';
  return below * 10 < others * 3 ? 'LOW' : 'MEDIUM';
}

function streakOf(events: readonly EventRow[], user: string, month: string): number {
  let [count, at] = [0, month];
  while (eventsIn(events, at).some((event) => event.user === user)) {
    count++;
    at = previousPeriod('month', at);
  }
  return count;
}

export function isAtLeast(level: Level, least: Level): boolean {
  return LEVELS.indexOf(level) >= LEVELS.indexOf(least);
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
