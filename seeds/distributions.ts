/**
 * The shape of the reference distribution, as integer weights. Sampling is one look-up in a table whose
 * slots are shared out in proportion, so no logarithm or power (whose last bits differ) is ever taken.
 */

/** Event types by share: 45 % ASSISTANT, 30 % VAULT, 25 % WORKFLOW (reference 44.7, 29.6 and 25.7 %). */
export const EVENT_TYPES = ['ASSISTANT', 'VAULT', 'WORKFLOW'] as const;
export type EventType = (typeof EVENT_TYPES)[number];
export const EVENT_TYPE_WEIGHTS = [45, 30, 25];

/** Users' titles by share in the reference: 45, 29, 19 and 7 %. */
export const TITLES = ['Junior Associate', 'Associate', 'Senior Associate', 'Partner'] as const;
export type Title = (typeof TITLES)[number];
export const TITLE_WEIGHTS = [45, 29, 19, 7];

/** Feedback scores 1 to 5, mean 4.08. */
export const FEEDBACK_WEIGHTS = [39, 40, 124, 398, 399];

/** Documents 1 to 50 of an assistant or workflow query: three in four take one, the tail is thin; mean 1.9. */
const FEW_DOCS_WEIGHTS = Array.from({ length: 50 }, (_, index) => {
  const head = [7620, 1160, 380, 200, 160, 90, 60, 37, 31, 32, 23, 22, 20, 12, 12, 11];
  return head[index] ?? (index < 30 ? 5 : 2);
});

/** Documents 1 to 50 of a vault query: any number, more often up to ten, 10 and 30 favoured; mean 22.9. */
const MANY_DOCS_WEIGHTS = Array.from({ length: 50 }, (_, index) => {
  const docs = index + 1;
  if (docs === 10) return 50;
  if (docs === 30) return 34;
  return docs < 10 ? 28 : 17;
});

export const DOCS_WEIGHTS: Readonly<Record<EventType, readonly number[]>> = {
  ASSISTANT: FEW_DOCS_WEIGHTS,
  VAULT: MANY_DOCS_WEIGHTS,
  WORKFLOW: FEW_DOCS_WEIGHTS,
};

/** Days Monday to Sunday: 92 % of the events fall on weekdays. */
export const WEEKDAY_WEIGHTS = [172, 216, 198, 188, 150, 27, 49];

/** Hours 0 to 23 (UTC): nine in ten events between 8 and 19, a dip at noon. */
export const HOUR_WEIGHTS = [
  2, 1, 1, 1, 1, 3, 8, 25, 65, 95, 110, 100, 70, 85, 105, 100, 90, 70, 40, 20, 12, 10, 7, 4,
];

/** Per mille of a firm's users whose first event falls in its first, second and third month. */
const FIRST_MONTH_WEIGHTS = [467, 329, 204];

/** Weights of the month, counted from the firm's first, in which a user has a first event. */
export function firstMonthWeights(months: number): number[] {
  const later = Math.min(100, 560 / Math.max(1, months - 3));
  return Array.from({ length: months }, (_, month) => FIRST_MONTH_WEIGHTS[month] ?? later);
}

/** Shares `total` out in proportion to the weights, in whole numbers that add up to it exactly. */
export function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  let cumulated = 0;
  let given = 0;
  return weights.map((weight) => {
    cumulated += weight;
    const share = Math.floor(total * (cumulated / sum)) - given;
    given += share;
    return share;
  });
}

/** A table of `size` slots in which index i stands in proportion to weight i; drawing a slot samples it. */
export function samplingTable(size: number, weights: readonly number[]): Uint16Array {
  return Uint16Array.from(apportion(size, weights).flatMap((slots, index) => Array(slots).fill(index)));
}
