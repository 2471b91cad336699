import { dateText, monthStart } from './calendar.ts';
import { apportion } from './distributions.ts';
import type { ResolvedSeedOptions } from './options.ts';
import { below, createRandom, type Random, STREAMS } from './random.ts';

/** One row of firms.csv. */
export interface SeedFirm {
  id: number;
  /** `YYYY-MM-DD`, before the firm's first user. */
  created: string;
  /** Provisioned seats, a multiple of ten. */
  firmSize: number;
  /** Thousands of USD a year. */
  arrInThousands: number;
}

/** A firm with what the rest of the generator needs of it. */
export interface FirmPlan {
  id: number;
  createdDay: number;
  firmSize: number;
  arrInThousands: number;
  /** Number of users; none means no events. */
  users: number;
  /** Month, counted from the first, from which its users have events. */
  firstMonth: number;
  /** How busy its users are; 1 is usual. */
  intensity: number;
}

/** How many months before the first event the firms of the first month signed, in three waves. */
const SIGNING_WAVES = [8, 5, 3, 3];

/** Every firm, the biggest first and those without events last. */
export function planFirms(options: ResolvedSeedOptions): FirmPlan[] {
  const random = createRandom(options.seed, STREAMS.firms);
  const active = options.firms >= 4 ? options.firms - 2 : options.firms;
  const seats = apportion(options.users - active, firmWeights(active)).map((users) => users + 1);
  let id = 1000;
  return Array.from({ length: options.firms }, (_, index) => {
    id += 1 + below(random, 40);
    return planFirm(options, random, { id, index, users: seats[index] ?? 0 });
  });
}

/** The biggest firm has a fifth of the users; the others run down evenly to a fifth of the second. */
function firmWeights(count: number): number[] {
  const others = Array.from({ length: count - 1 }, (_, index) => 2 - (1.6 * index) / count);
  const biggest = Math.max(3, others.reduce((a, b) => a + b, 0) / 4);
  return [biggest, ...others];
}

function planFirm(
  options: ResolvedSeedOptions,
  random: Random,
  { id, index, users }: { id: number; index: number; users: number },
): FirmPlan {
  const firstMonth = users === 0 ? options.months : drawFirstMonth(options.months, index, random);
  const createdDay = drawCreatedDay(options, random, firstMonth, index);
  const firmSize = drawSeats(random, index, users);
  const arrInThousands = 5 * Math.max(1, Math.floor((firmSize * (60 + below(random, 110))) / 500));
  const intensity = drawIntensity(random, index);
  return { id, createdDay, firmSize, arrInThousands, users, firstMonth, intensity };
}

/** In a history longer than five months, four firms in ten join on the way, none in the last two. */
function drawFirstMonth(months: number, index: number, random: Random): number {
  const joinsLater = below(random, 10) < 4 && index > 1 && months > 5;
  return joinsLater ? 3 + below(random, months - 5) : 0;
}

function drawCreatedDay(options: ResolvedSeedOptions, random: Random, firstMonth: number, index: number) {
  const start = monthStart(options.from, firstMonth);
  if (firstMonth === options.months) return start + below(random, 28);
  if (firstMonth > 0) return start - 10 - below(random, 50);
  const wave = index === 0 ? 8 : SIGNING_WAVES[below(random, 4)]!;
  return monthStart(options.from, -wave) + below(random, 28);
}

/** The biggest firm is used a little less per head; one firm in thirty is used far more. */
function drawIntensity(random: Random, index: number): number {
  const usual = (60 + below(random, 100)) / 100;
  if (index === 0) return 0.7;
  return index % 30 === 1 ? 3.5 : usual;
}

/** The biggest firm uses nearly all of its seats. */
function drawSeats(random: Random, index: number, users: number): number {
  if (users === 0) return 100 + 10 * below(random, 21);
  return 10 * Math.ceil((users * (104 + below(random, index === 0 ? 8 : 76))) / 1000);
}

/** The row of firms.csv of a planned firm. */
export function toSeedFirm({ id, createdDay, firmSize, arrInThousands }: FirmPlan): SeedFirm {
  return { id, created: dateText(createdDay), firmSize, arrInThousands };
}
