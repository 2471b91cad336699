import { monthStart, weekday } from './calendar.ts';
import { apportion, samplingTable, WEEKDAY_WEIGHTS } from './distributions.ts';
import type { ResolvedSeedOptions } from './options.ts';
import { createRandom, fraction, type Random, STREAMS } from './random.ts';
import type { Population } from './users.ts';

/** Who is active in one month, how much and when: parallel arrays, one entry per active user. */
export interface MonthActivity {
  firstDay: number;
  numDays: number;
  /** Index of each active user, ascending. */
  users: Int32Array;
  /** The user's number of events in the month. */
  events: Int32Array;
  /** Bit d is set when the user has events on day d of the month (0 is the first). */
  days: Int32Array;
}

/** A user's events of one month fall into at most this many sittings. */
const MOST_SITTINGS = 24;
/** Chance that a further event of the month is in another sitting. */
const SITTING_RATE = 0.56;

/** Plans the months one after the other; the events of all months add up to exactly `options.events`. */
export function* planMonths(options: ResolvedSeedOptions, population: Population): Generator<MonthActivity> {
  const sizes = Array.from({ length: options.months }, (_, m) => activeUsers(options, population, m).length);
  const extraEvents = apportion(options.events - options.users, sizes);
  for (const [month, extra] of extraEvents.entries()) {
    const random = createRandom(options.seed, STREAMS.plan, month);
    const { users, spare } = keepAffordable(random, population, month, {
      users: activeUsers(options, population, month),
      spare: extra,
    });
    const firstDay = monthStart(options.from, month);
    const numDays = monthStart(options.from, month + 1) - firstDay;
    const events = shareEvents(random, population, users, spare);
    yield { firstDay, numDays, users, events, days: drawDays(random, events, firstDay, numDays) };
  }
}

/** The users active in a month: all whose first it is, and of the earlier ones each by its own loyalty. */
function activeUsers(options: ResolvedSeedOptions, population: Population, month: number): Int32Array {
  const random = createRandom(options.seed, STREAMS.activity, month);
  const { firstMonth, loyalty } = population;
  const active = new Int32Array(options.users);
  let count = 0;
  for (let user = 0; user < options.users; user++) {
    const first = firstMonth[user]!;
    if (first > month || (first < month && random() >= loyalty[user]!)) continue;
    active[count++] = user;
  }
  return active.slice(0, count);
}

interface Affordable {
  users: Int32Array;
  /** Events of the month beyond the first of each of its users. */
  spare: number;
}

/** A first event is always there; when too few events are spare for all who return, an even choice of them stays. */
function keepAffordable(random: Random, population: Population, month: number, all: Affordable): Affordable {
  const isReturning = (user: number) => population.firstMonth[user]! < month;
  let returning = 0;
  for (const user of all.users) if (isReturning(user)) returning++;
  if (all.spare >= returning) return { users: all.users, spare: all.spare - returning };
  let places = all.spare;
  const users = all.users.filter((user) => {
    if (!isReturning(user)) return true;
    const stays = fraction(random) * returning-- < places;
    if (stays) places--;
    return stays;
  });
  return { users, spare: 0 };
}

/** One event each, and the spare ones in proportion to weight, varied from month to month. */
function shareEvents(random: Random, population: Population, users: Int32Array, spare: number): Int32Array {
  const cumulated = new Float64Array(users.length);
  let sum = 0;
  for (let i = 0; i < users.length; i++) {
    const mood = fraction(random);
    sum += population.weight[users[i]!]! * (0.1 + mood * mood);
    cumulated[i] = sum;
  }
  let given = 0;
  return Int32Array.from(users, (_, i) => {
    const upTo = Math.floor(spare * (cumulated[i]! / sum));
    const share = upTo - given;
    given = upTo;
    return 1 + share;
  });
}

/** Draws the days of each user's sittings: mostly weekdays, never more than there are events. */
function drawDays(random: Random, events: Int32Array, firstDay: number, numDays: number): Int32Array {
  const weights = Array.from({ length: numDays }, (_, day) => WEEKDAY_WEIGHTS[weekday(firstDay + day)]!);
  const table = samplingTable(4096, weights);
  return events.map((count) => {
    const wanted = 1 + Math.floor((count - 1) * SITTING_RATE + fraction(random));
    let days = 0;
    for (let left = Math.min(wanted, count, MOST_SITTINGS); left > 0; left--)
      days |= 1 << table[random() >>> 20]!;
    return days;
  });
}
