import { dateText, monthStart } from './calendar.ts';
import { firstMonthWeights, samplingTable, TITLE_WEIGHTS, TITLES, type Title } from './distributions.ts';
import type { FirmPlan } from './firms.ts';
import type { ResolvedSeedOptions } from './options.ts';
import { below, createRandom, fraction, type Random, STREAMS, shuffle } from './random.ts';

/** One row of users.csv. */
export interface SeedUser {
  /** 32 lower-case hexadecimal characters. */
  id: string;
  /** `YYYY-MM-DD`, before the user's first event and not before the firm. */
  created: string;
  title: Title;
}

/** All users, an array per attribute: about 30 bytes each. */
export interface Population {
  /** Index of the firm among the planned firms. */
  firm: Int32Array;
  createdDay: Int32Array;
  title: Uint8Array;
  /** Month, counted from the first, of the first event. */
  firstMonth: Uint16Array;
  /** Chance of having events in a later month, times 2³². */
  loyalty: Uint32Array;
  /** Relative number of events; a few users have most of it. */
  weight: Float64Array;
}

const TITLE_TABLE = samplingTable(4096, TITLE_WEIGHTS);
const FIRST_MONTH_SLOTS = 4096;

/** Places the users in the firms and draws who they are. */
export function planUsers(options: ResolvedSeedOptions, firms: readonly FirmPlan[]): Population {
  const population = emptyPopulation(options.users);
  population.firm = placeUsers(options, firms);
  const random = createRandom(options.seed, STREAMS.users);
  const firstMonths = firstMonthTables(options.months, firms);
  for (let user = 0; user < options.users; user++) {
    const firm = firms[population.firm[user]!]!;
    const table = firstMonths.get(firm.firstMonth)!;
    const monthsIn = table[random() >>> 20]!;
    population.firstMonth[user] = firm.firstMonth + monthsIn;
    population.title[user] = TITLE_TABLE[random() >>> 20]!;
    population.createdDay[user] = drawCreatedDay(options, random, firm, monthsIn);
    drawHabits(random, population, user, monthsIn === 0 ? firm.intensity : 0.6 * firm.intensity);
  }
  return population;
}

function emptyPopulation(users: number): Population {
  return {
    firm: new Int32Array(0),
    createdDay: new Int32Array(users),
    title: new Uint8Array(users),
    firstMonth: new Uint16Array(users),
    loyalty: new Uint32Array(users),
    weight: new Float64Array(users),
  };
}

function placeUsers(options: ResolvedSeedOptions, firms: readonly FirmPlan[]): Int32Array {
  const places = new Int32Array(options.users);
  let next = 0;
  for (const [index, firm] of firms.entries()) {
    places.fill(index, next, next + firm.users);
    next += firm.users;
  }
  shuffle(createRandom(options.seed, STREAMS.placement), places);
  return places;
}

function firstMonthTables(months: number, firms: readonly FirmPlan[]): Map<number, Uint16Array> {
  const starts = new Set(firms.filter((firm) => firm.users > 0).map((firm) => firm.firstMonth));
  const table = (start: number) => samplingTable(FIRST_MONTH_SLOTS, firstMonthWeights(months - start));
  return new Map([...starts].map((start) => [start, table(start)]));
}

/** Users of a firm's first months came with the firm; later ones in the sixty days before their first event. */
function drawCreatedDay(options: ResolvedSeedOptions, random: Random, firm: FirmPlan, monthsIn: number) {
  const firstMonthDay = monthStart(options.from, firm.firstMonth + monthsIn);
  if (monthsIn < 3) {
    const beforeFirstEvent = monthStart(options.from, firm.firstMonth) - firm.createdDay;
    return firm.createdDay + below(random, Math.min(30, beforeFirstEvent));
  }
  return Math.max(firm.createdDay, firstMonthDay - 1 - below(random, 60));
}

/** Three in four users are as loyal as they are heavy; for the others the two have nothing to do with each other. */
function drawHabits(random: Random, population: Population, user: number, pace: number): void {
  const lightness = fraction(random);
  const ownLoyalty = random();
  const isHeavyLoyal = random() < 3 * 2 ** 30;
  population.loyalty[user] = 0.93 * (isHeavyLoyal ? (1 - lightness) * 0xffff_ffff : ownLoyalty);
  population.weight[user] = ((1 - lightness) / (lightness + 0.035)) * pace;
}

/** The users' ids in order, without end. */
export function* userIds(seed: number): Generator<string, never> {
  const random = createRandom(seed, STREAMS.userIds);
  const word = () => random().toString(16).padStart(8, '0');
  for (;;) yield word() + word() + word() + word();
}

/** The rows of users.csv, one at a time. */
export function* toSeedUsers(options: ResolvedSeedOptions, population: Population): Generator<SeedUser> {
  const ids = userIds(options.seed);
  for (let user = 0; user < options.users; user++) {
    const created = dateText(population.createdDay[user]!);
    yield { id: ids.next().value, created, title: TITLES[population.title[user]!]! };
  }
}
