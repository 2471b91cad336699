/** Gives the next of a sequence of integers, uniform over 0 … 2³² − 1. */
export type Random = () => number;

/** What a sequence is for; each purpose draws from its own, so that none disturbs another. */
export const STREAMS = {
  firms: 1,
  placement: 2,
  users: 3,
  userIds: 4,
  activity: 5,
  plan: 6,
  events: 7,
} as const;

const TWO_TO_32 = 4_294_967_296;

/**
 * Chris Doty-Humphrey's sfc32 from PractRand: 32-bit additions, shifts and a counter, so every engine and
 * machine gives the same sequence. The period is at least 2³² and 2¹²⁷ on average; it passes PractRand's
 * own tests. Seeded with three words and the 15 warm-up rounds of the original.
 */
export function createRandom(seed: number, stream: number, part = 0): Random {
  let a = seed | 0;
  let b = stream | 0;
  let c = part | 0;
  let counter = 1;
  const next = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let round = 0; round < 15; round++) next();
  return next;
}

/** A whole number from 0 to `limit` − 1. Up to a limit of 2²¹ the product is exact. */
export function below(random: Random, limit: number): number {
  return Math.floor((random() * limit) / TWO_TO_32);
}

/** A fraction in [0, 1), a multiple of 2⁻³². */
export function fraction(random: Random): number {
  return random() / TWO_TO_32;
}

/** Puts the items in random order, in place (Fisher and Yates). */
export function shuffle(random: Random, items: Int32Array): void {
  for (let last = items.length - 1; last > 0; last--) {
    const other = Math.floor(fraction(random) * (last + 1));
    const item = items[last]!;
    items[last] = items[other]!;
    items[other] = item;
  }
}
