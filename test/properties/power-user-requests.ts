import fc from 'fast-check';
import { UTC } from '../oracle/calendar.ts';
import { type DataSet, EVENT_TYPES, type EventRow, LEVELS, midnight, TITLES } from '../oracle/data.ts';
import { type Definition, NUMBERS, type NumberFilter } from '../oracle/power-user-rules.ts';
import type { OverlapRequest, PowerUserRequest, Transition } from '../oracle/power-users.ts';
import { factsOf } from '../oracle/slice.ts';
import type { World } from './cases.ts';
import { dataSets, FIRMS, someFirm, someUser, USERS } from './data-sets.ts';
import { chosen } from './generate/choices.ts';
import { USER_MONTHS } from './generate/dimensions.ts';
import { rangeOf } from './generate/time.ts';
import { type Aim, whereOf } from './generate/where.ts';

const busyEvent: fc.Arbitrary<EventRow> = fc.record({
  created: fc.constantFrom(
    ...['2023-12-31', '2024-01-01', '2024-01-31', '2024-02-29', '2024-03-01', '2024-04-01'].map(midnight),
  ),
  firm: fc.constantFrom(...FIRMS.slice(0, 2)),
  user: fc.constantFrom(...USERS.slice(0, 5)),
  type: fc.constantFrom(...EVENT_TYPES),
  docs: fc.integer({ min: 0, max: 3 }),
  feedback: fc.integer({ min: 1, max: 5 }),
});

/**
 * Few users who are active in most of some months on end, where the general data sets are full of gaps. With times of
 * day or without, the last event is often that of a month's first instant.
 */
const busyDataSets: fc.Arbitrary<DataSet> = fc
  .tuple(fc.array(busyEvent, { minLength: 20, maxLength: 60, size: 'max' }), fc.boolean())
  .map(([[first, ...rest], hasTimes]) => ({
    events: [{ ...first!, ...(hasTimes && { created: '2023-12-31 11:30:00.000000' }) }, ...rest],
    users: USERS.map((id) => ({ ...someUser(id), title: TITLES[id.length % TITLES.length]! })),
    firms: FIRMS.map(someFirm),
  }));

export const powerUserDataSets = fc.oneof(dataSets, { weight: 2, arbitrary: busyDataSets });

/** Numbers that user-months of the data sets often have, and thirds that are none to 12 decimals. */
const VALUES = [0, 0.1, 0.333333333333, 0.5, 0.6, 0.666666666667, 1, 1.5, 2, 2.5, 3, 4, 5, 7, 2_147_483_647];
/** Percent ranks around those of small populations. */
const RANKS = [
  0, 0.2, 0.25, 0.3, 0.333333333333, 0.333333333334, 0.5, 0.666666666666, 0.666666666667, 0.8, 0.9, 1,
];

const value = fc.constantFrom(...VALUES);
const list = fc.array(value, { minLength: 1, maxLength: 4 });
const numberFilter: fc.Arbitrary<NumberFilter> = fc.oneof(
  fc.record({ eq: value }),
  fc.record({ neq: value }),
  fc.record({ in: list }),
  fc.record({ notIn: list }),
  fc.record({ lt: value }),
  fc.record({ lte: value }),
  fc.record({ gt: value }),
  fc.record({ gte: value }),
  fc.record({ gte: value, lt: value }),
  fc.tuple(value, value).map((ends) => {
    const [from, to] = ends.sort((a, b) => a - b) as [number, number];
    return { between: { from, to } };
  }),
  fc.record({ isNull: fc.boolean() }),
);

const userMonth = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...Object.keys(NUMBERS)), numberFilter), {
    selector: ([name]) => name,
    maxLength: 2,
  })
  .map((conditions) => Object.fromEntries(conditions));

const levelMonths = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
  .map(([a, b]) => ({ atLeast: Math.min(a, b), ofLast: Math.max(a, b) }));

const rules = {
  minLevel: fc.constantFrom(...LEVELS),
  minPercentRank: fc.constantFrom(...RANKS),
  levelMonths,
  consecutiveMonths: fc.integer({ min: 1, max: 3 }),
  minInteractionTypes: fc.integer({ min: 1, max: 3 }),
  interactionTypes: fc.array(fc.constantFrom(...EVENT_TYPES), { minLength: 1, maxLength: 2 }),
  userMonth,
};

/** Holds of every user-month. */
const ANYBODY: Definition = { minLevel: 'LOW', consecutiveMonths: 1, minInteractionTypes: 1 };

/** A definition with up to three rules of its own. */
const mixedDefinitions: fc.Arbitrary<Definition> = fc
  .tuple(
    fc.constantFrom<Definition>({}, { named: 'USUAL' }, { named: 'HIGH_IN_TWO_OF_THREE' }, ANYBODY),
    fc.record(rules),
    fc.subarray(Object.keys(rules), { maxLength: 3 }),
  )
  .map(([base, all, kept]) => ({
    ...base,
    ...Object.fromEntries(Object.entries(all).filter(([name]) => kept.includes(name))),
  }));

/** Often nothing but conditions on the month's numbers, which other rules would leave little to decide. */
const definitions = fc.oneof(
  { weight: 2, arbitrary: mixedDefinitions },
  userMonth.map((conditions): Definition => ({ ...ANYBODY, userMonth: conditions })),
);

/** Filters and ranges that keep months whole. */
function slicesOf(data: DataSet): fc.Arbitrary<Pick<PowerUserRequest, 'where' | 'timeRange'>> {
  const world: World = { data, fiscalStart: 1 };
  return chosen((choices) => {
    const anchor = choices.one(factsOf(data));
    const aim: Aim = { world, calendar: UTC, dimensions: USER_MONTHS.dimensions, anchor };
    return {
      ...(choices.chance(0.4) && { where: whereOf(choices, aim) }),
      ...(choices.chance(0.4) && { timeRange: rangeOf(choices, world, UTC, USER_MONTHS, anchor) }),
    };
  });
}

const SORTS = ['MONTH', 'USER', 'ENGAGEMENT_SCORE', 'AVG_DOCS_PER_QUERY', 'NUM_DOCS', 'NUM_ACTIVE_DAYS'];
const orderBy = fc.uniqueArray(
  fc.record({ by: fc.constantFrom(...SORTS), direction: fc.constantFrom('ASC' as const, 'DESC' as const) }),
  { selector: ({ by }) => by, maxLength: 3 },
);

export interface AskedPowerUsers {
  readonly request: PowerUserRequest;
  readonly transition: Transition | null;
  readonly orderBy: readonly { readonly by: string; readonly direction: 'ASC' | 'DESC' }[];
  readonly first: number;
}

export function powerUserRequests(data: DataSet): fc.Arbitrary<AskedPowerUsers> {
  return fc.record({
    request: fc.tuple(slicesOf(data), definitions).map(([slice, definition]) => ({ ...slice, definition })),
    transition: fc.constantFrom(null, 'KEPT' as const, 'GAINED' as const, 'LOST' as const),
    orderBy,
    first: fc.integer({ min: 1, max: 5 }),
  });
}

export function overlapRequests(data: DataSet): fc.Arbitrary<OverlapRequest> {
  return fc
    .tuple(slicesOf(data), fc.option(definitions), definitions)
    .map(([slice, a, b]) => ({ ...slice, ...(a && { a }), b }));
}
