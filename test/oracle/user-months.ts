import { type DataSet, EVENT_TYPES, type EventRow, LEVELS, type Level, onceEach } from './data.ts';
import { sum } from './measures.ts';
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
  readonly activeDays: number;
  /** Months in a row with activity, up to and with this one. */
  readonly streak: number;
}

/** The usual definition: high, active the month before, at least two event types. */
export function isPowerUser({ level, streak, types }: UserMonth): boolean {
  return level === 'HIGH' && streak >= 2 && types >= 2;
}

/** By month, then by user: the events of each. */
type Activity = ReadonlyMap<string, ReadonlyMap<string, readonly EventRow[]>>;

export const userMonths = onceEach(({ events }: DataSet): readonly UserMonth[] => {
  const activity = activityOf(events);
  return [...activity.keys()].flatMap((month) => rankedMonth(activity, month));
});

function activityOf(events: readonly EventRow[]): Activity {
  const activity = new Map<string, Map<string, EventRow[]>>();
  for (const event of events) {
    const month = periodOf('month', event.created.slice(0, 10));
    const users = activity.get(month) ?? new Map<string, EventRow[]>();
    activity.set(month, users);
    users.set(event.user, [...(users.get(event.user) ?? []), event]);
  }
  return activity;
}

function rankedMonth(activity: Activity, month: string): UserMonth[] {
  const users = [...activity.get(month)!].map(([user, mine]) => {
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
    activeDays: new Set(mine.map(({ created }) => created.slice(0, 10))).size,
    streak: streakOf(activity, user, month),
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

function streakOf(activity: Activity, user: string, month: string): number {
  let [count, at] = [0, month];
  while (activity.get(at)?.has(user)) [count, at] = [count + 1, previousPeriod('month', at)];
  return count;
}

export function isAtLeast(level: Level, least: Level): boolean {
  return LEVELS.indexOf(level) >= LEVELS.indexOf(least);
}
