import { type MonthActivity, planMonths } from './activity.ts';
import {
  DOCS_WEIGHTS,
  EVENT_TYPE_WEIGHTS,
  EVENT_TYPES,
  type EventType,
  FEEDBACK_WEIGHTS,
  HOUR_WEIGHTS,
  samplingTable,
} from './distributions.ts';
import type { FirmPlan } from './firms.ts';
import type { ResolvedSeedOptions } from './options.ts';
import { below, createRandom, type Random, STREAMS } from './random.ts';
import type { Population } from './users.ts';

/** Some events of one user in one firm on one day. The generator reuses the object: read it at once. */
export interface Burst {
  day: number;
  user: number;
  firm: number;
  events: number;
}

/** What an event is, apart from who and when. */
export interface EventKind {
  eventType: EventType;
  numDocs: number;
  feedbackScore: number;
}

const MOST_DOCS = 50;
const MOST_FEEDBACK = 5;
const KINDS_PER_TYPE = MOST_DOCS * MOST_FEEDBACK;

/** Every kind of event there is, in the order that {@link drawKind} numbers them. */
export const EVENT_KINDS: readonly EventKind[] = Array.from(
  { length: EVENT_TYPES.length * KINDS_PER_TYPE },
  (_, kind) => ({
    eventType: EVENT_TYPES[Math.floor(kind / KINDS_PER_TYPE)]!,
    numDocs: 1 + (Math.floor(kind / MOST_FEEDBACK) % MOST_DOCS),
    feedbackScore: 1 + (kind % MOST_FEEDBACK),
  }),
);

const TYPE_TABLE = samplingTable(1024, EVENT_TYPE_WEIGHTS);
const FEEDBACK_TABLE = samplingTable(1024, FEEDBACK_WEIGHTS);
const DOCS_TABLES = EVENT_TYPES.map((type) => samplingTable(4096, DOCS_WEIGHTS[type]));
const HOUR_TABLE = samplingTable(4096, HOUR_WEIGHTS);

/** Draws an index into {@link EVENT_KINDS} from the 32 bits of one number: 10 for type, 12 for docs, 10 for score. */
export function drawKind(random: Random): number {
  const bits = random();
  const type = TYPE_TABLE[bits >>> 22]!;
  const docs = DOCS_TABLES[type]![(bits >>> 10) & 4095]!;
  return type * KINDS_PER_TYPE + docs * MOST_FEEDBACK + FEEDBACK_TABLE[bits & 1023]!;
}

/** Draws a second of the day (0 to 86,399), mostly in working hours. */
export function drawSecond(random: Random): number {
  const bits = random();
  const withinHour = ((bits & 0xf_ffff) * 3600) / 0x10_0000;
  return HOUR_TABLE[bits >>> 20]! * 3600 + Math.floor(withinHour);
}

/** The bursts of all months, day after day; within a day, user after user. */
export function* bursts(
  options: ResolvedSeedOptions,
  firms: readonly FirmPlan[],
  population: Population,
): Generator<Burst> {
  const random = createRandom(options.seed, STREAMS.events);
  let guest: Guest | undefined;
  for (const [month, activity] of numbered(planMonths(options, population))) {
    if (month === 0) guest = findGuest(firms, population, activity);
    for (const burst of monthBursts(random, population, activity)) {
      if (month === 0 && guest?.user === burst.user) yield* alternate(burst, guest);
      else yield burst;
    }
  }
}

function* numbered<T>(items: Iterable<T>): Generator<[number, T]> {
  let index = 0;
  for (const item of items) yield [index++, item];
}

function* monthBursts(random: Random, population: Population, activity: MonthActivity): Generator<Burst> {
  const { firstDay, numDays, users, days } = activity;
  const left = activity.events.slice();
  const burst: Burst = { day: 0, user: 0, firm: 0, events: 0 };
  for (let day = 0; day < numDays; day++) {
    burst.day = firstDay + day;
    for (let i = 0; i < users.length; i++) {
      if (((days[i]! >>> day) & 1) === 0) continue;
      burst.user = users[i]!;
      burst.firm = population.firm[burst.user]!;
      burst.events = takeShare(random, left[i]!, countBits(days[i]! >>> day));
      left[i]! -= burst.events;
      yield burst;
    }
  }
}

/** How many of the `left` events fall on the first of `daysLeft` days: about an even share, at least one each. */
function takeShare(random: Random, left: number, daysLeft: number): number {
  if (daysLeft === 1) return left;
  const spare = left - daysLeft;
  return 1 + Math.min(spare, below(random, 1 + 2 * Math.ceil(spare / daysLeft)));
}

function countBits(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** The user who works for a second firm in the first month, and that firm. */
interface Guest {
  user: number;
  secondFirm: number;
  atSecondFirm: boolean;
}

/** The busiest user of the first month, if there is a second firm by then and more than one event. */
function findGuest(
  firms: readonly FirmPlan[],
  population: Population,
  first: MonthActivity,
): Guest | undefined {
  let busiest = 0;
  for (let i = 1; i < first.users.length; i++) if (first.events[i]! > first.events[busiest]!) busiest = i;
  const user = first.users[busiest];
  if (user === undefined || first.events[busiest]! < 2) return undefined;
  const secondFirm = firms.findIndex(
    (firm, index) => firm.firstMonth === 0 && index !== population.firm[user],
  );
  return secondFirm < 0 ? undefined : { user, secondFirm, atSecondFirm: false };
}

/** Splits a burst into single events, in turn in the one firm and the other. */
function* alternate({ day, user, firm, events }: Burst, guest: Guest): Generator<Burst> {
  for (let event = 0; event < events; event++) {
    yield { day, user, firm: guest.atSecondFirm ? guest.secondFirm : firm, events: 1 };
    guest.atSecondFirm = !guest.atSecondFirm;
  }
}
