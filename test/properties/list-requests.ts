import type fc from 'fast-check';
import type { Calendar } from '../oracle/calendar.ts';
import { LISTED } from '../oracle/keys.ts';
import { factsOf, type TimeRange, type Where } from '../oracle/slice.ts';
import type { World } from './cases.ts';
import { type Choices, chosen } from './generate/choices.ts';
import { DIMENSION_FIELDS, enumOf, type Family } from './generate/dimensions.ts';
import { rangeOf, timeZoneOf } from './generate/time.ts';
import { FRAGMENTS } from './generate/values.ts';
import { whereOf } from './generate/where.ts';

/** Lists of events go by every dimension, and may begin and end at any moment. */
const EVENTS: Family = { dimensions: DIMENSION_FIELDS, wholeMonths: false, isSnapshot: false };

/** Some of the events, by groups too, and on how many pages they are asked. */
export interface AskedSlice {
  readonly groupBy: readonly string[];
  readonly where?: Where;
  readonly timeRange?: TimeRange;
  readonly timeZone?: string;
  readonly pages: number;
}

export function slicesOf(world: World): fc.Arbitrary<AskedSlice> {
  return chosen((choices) => {
    const timeZone = timeZoneOf(choices, world, EVENTS);
    const calendar = { fiscalStart: world.fiscalStart, ...(timeZone !== undefined && { timeZone }) };
    const anchor = choices.one(factsOf(world.data, calendar));
    return {
      groupBy: choices.some(DIMENSION_FIELDS, 0, 2).map(enumOf),
      ...whereIn(choices, world, calendar),
      ...(choices.chance(0.5) && { timeRange: rangeOf(choices, world, calendar, EVENTS, anchor) }),
      ...(timeZone !== undefined && { timeZone }),
      pages: choices.whole(1, 3),
    };
  });
}

/** The values of a dimension, and on how many pages they are asked. */
export interface AskedValues {
  readonly dimension: string;
  readonly where?: Where;
  readonly search?: string;
  readonly pages: number;
}

export function valuesRequestsOf(world: World): fc.Arbitrary<AskedValues> {
  return chosen((choices) => {
    const field = choices.one(DIMENSION_FIELDS);
    return {
      dimension: enumOf(field),
      ...whereIn(choices, world, { fiscalStart: world.fiscalStart }),
      ...(choices.chance(0.4) && { search: searchOf(choices, field) }),
      pages: choices.whole(1, 3),
    };
  });
}

function whereIn(choices: Choices, world: World, calendar: Calendar): { readonly where?: Where } {
  const anchor = choices.one(factsOf(world.data, calendar));
  const aim = { world, calendar, anchor, dimensions: DIMENSION_FIELDS };
  return choices.chance(0.7) ? { where: whereOf(choices, aim) } : {};
}

/** Part of a name in another case, its words apart; or what ids and dates have in them. */
function searchOf(choices: Choices, field: string): string {
  const [name] = choices.some(LISTED[field] ?? [], 1, 1);
  if (name === undefined) return choices.one([...FRAGMENTS, '2024', '-0', 'TRUE']);
  const from = choices.whole(0, name.length - 2);
  return name
    .slice(from, from + choices.whole(2, 8))
    .toLowerCase()
    .replaceAll('_', choices.one(['_', ' ']));
}
