import { dateText, TIME_TEXTS } from './calendar.ts';
import type { EventType } from './distributions.ts';
import { bursts, drawKind, drawSecond, EVENT_KINDS } from './events.ts';
import { planFirms, type SeedFirm, toSeedFirm } from './firms.ts';
import { type ResolvedSeedOptions, resolveSeedOptions, type SeedOptions } from './options.ts';
import { createRandom, STREAMS } from './random.ts';
import { planUsers, type SeedUser, toSeedUsers, userIds } from './users.ts';

export type { EventType, Title } from './distributions.ts';
export type { SeedFirm } from './firms.ts';
export {
  type ResolvedSeedOptions,
  resolveSeedOptions,
  type SeedOptions,
} from './options.ts';
export type { SeedUser } from './users.ts';

/** One row of events.csv: one user query. */
export interface SeedEvent {
  /** `YYYY-MM-DD HH:MM:SS`, UTC. */
  created: string;
  firmId: number;
  userId: string;
  eventType: EventType;
  /** 1 to 50. */
  numDocs: number;
  /** 1 to 5. */
  feedbackScore: number;
}

/**
 * The firms, the biggest first and those without events last.
 * @throws RangeError when an option is out of range.
 */
export function generateFirms(options: SeedOptions = {}): SeedFirm[] {
  return planFirms(resolveSeedOptions(options)).map(toSeedFirm);
}

/**
 * The users, one at a time.
 * @throws RangeError when an option is out of range.
 */
export function generateUsers(options: SeedOptions = {}): Iterable<SeedUser> {
  const resolved = resolveSeedOptions(options);
  return toSeedUsers(resolved, planUsers(resolved, planFirms(resolved)));
}

/**
 * The events, one at a time, ordered by day. Memory grows with the number of users (about 300 bytes each),
 * not of events.
 * @throws RangeError when an option is out of range.
 */
export function generateEvents(options: SeedOptions = {}): Iterable<SeedEvent> {
  const resolved = resolveSeedOptions(options);
  return mapEvents(resolved, {
    user: (firmId, userId) => ({ firmId, userId }),
    event: (date, second, { firmId, userId }, kind) => {
      const { eventType, numDocs, feedbackScore } = EVENT_KINDS[kind]!;
      const created = `${date} ${TIME_TEXTS[second]}`;
      return { created, firmId, userId, eventType, numDocs, feedbackScore };
    },
  });
}

/** How to show an event: first who, made once per user and day, then the whole. */
export interface EventShape<Who, Row> {
  user(firmId: number, userId: string): Who;
  event(date: string, second: number, who: Who, kind: number): Row;
}

/** The events in the given shape; `kind` is an index into `EVENT_KINDS`. */
export function* mapEvents<Who, Row>(
  options: ResolvedSeedOptions,
  shape: EventShape<Who, Row>,
): Generator<Row> {
  const firms = planFirms(options);
  const ids = takeIds(options);
  const random = createRandom(options.seed, STREAMS.events, 1);
  let day = Number.NaN;
  let date = '';
  for (const burst of bursts(options, firms, planUsers(options, firms))) {
    if (burst.day !== day) date = dateText(burst.day);
    day = burst.day;
    const who = shape.user(firms[burst.firm]!.id, ids[burst.user]!);
    for (let left = burst.events; left > 0; left--)
      yield shape.event(date, drawSecond(random), who, drawKind(random));
  }
}

function takeIds({ seed, users }: ResolvedSeedOptions): string[] {
  const ids = userIds(seed);
  return Array.from({ length: users }, () => ids.next().value);
}
