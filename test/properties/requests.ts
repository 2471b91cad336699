import fc from 'fast-check';
import { EVENT_TYPES, LEVELS, TITLES } from '../oracle/data.ts';
import { fieldOf } from '../oracle/metrics.ts';
import { periodOf, UNITS, type Unit } from '../oracle/periods.ts';
import type { Filter, TimeRange, Where } from '../oracle/slice.ts';
import { DATES, FIRMS, USERS } from './data-sets.ts';

const PERIODS = UNITS.map((unit) => unit.toUpperCase());
const WHOLE_MONTHS = ['MONTH', 'QUARTER', 'YEAR', 'FIRM', 'TITLE', 'ENGAGEMENT_LEVEL', 'USER'];

/** Values to filter by, some of which no event has. */
function valuesOf(dimension: string): readonly string[] {
  if (PERIODS.includes(dimension)) {
    const unit = dimension.toLowerCase() as Unit;
    return [...new Set([...DATES, '2024-05-15'].map((date) => periodOf(unit, date)))];
  }
  const values: Readonly<Record<string, readonly string[]>> = {
    FIRM: [...FIRMS.map(String), '77'],
    TITLE: TITLES,
    EVENT_TYPE: EVENT_TYPES,
    ENGAGEMENT_LEVEL: LEVELS,
    USER: [...USERS, 'nobody'],
  };
  return values[dimension]!;
}

function filterOf(dimension: string): fc.Arbitrary<Filter> {
  const value = fc.constantFrom(...valuesOf(dimension));
  const list = fc.array(value, { minLength: 1, maxLength: 4 });
  const equality: fc.Arbitrary<Filter>[] = [
    fc.record({ eq: value }),
    fc.record({ neq: value }),
    fc.record({ in: list }),
    fc.record({ notIn: list }),
    fc.record({ isNull: fc.boolean() }),
  ];
  if (!PERIODS.includes(dimension)) return fc.oneof(...equality);
  return fc.oneof(
    ...equality,
    fc.record({ lt: value }),
    fc.record({ lte: value }),
    fc.record({ gt: value }),
    fc.record({ gte: value }),
    fc.record({ gte: value, lt: value }),
    fc.record({ between: fc.record({ from: value, to: value }) }),
  );
}

function leafOf(dimensions: readonly string[]): fc.Arbitrary<Where> {
  return fc
    .constantFrom(...dimensions)
    .chain((name) => filterOf(name).map((filter) => ({ [fieldOf(name)]: filter })));
}

function whereOf(dimensions: readonly string[]): fc.Arbitrary<Where> {
  const leaf = leafOf(dimensions);
  const several = (of: fc.Arbitrary<Where>) => fc.array(of, { minLength: 0, maxLength: 3 });
  const shallow = fc.oneof(
    { weight: 4, arbitrary: leaf },
    fc.record({ not: leaf }),
    fc.record({ or: several(leaf) }),
  );
  return fc.oneof(
    { weight: 3, arbitrary: leaf },
    fc.tuple(leaf, leaf).map(([one, other]) => ({ ...one, ...other })),
    fc.record({ or: several(shallow) }),
    fc.record({ and: several(shallow) }),
    fc.record({ not: shallow }),
    fc.tuple(leaf, several(shallow), shallow).map(([own, or, not]) => ({ ...own, or, not })),
  );
}

const MONTH_STARTS = ['2023-11-01', '2024-01-01', '2024-02-01', '2024-03-01', '2024-04-01', '2025-02-01'];

function between(ends: readonly string[]): fc.Arbitrary<TimeRange> {
  return fc
    .tuple(fc.nat(ends.length - 1), fc.nat(ends.length - 1))
    .filter(([from, to]) => from !== to)
    .map(([one, other]) => {
      const sorted = [...ends].sort();
      return { between: { from: sorted[Math.min(one, other)]!, to: sorted[Math.max(one, other)]! } };
    });
}

function last(units: readonly string[]): fc.Arbitrary<TimeRange> {
  const parts = fc.record({
    count: fc.integer({ min: 1, max: 4 }),
    unit: fc.constantFrom(...units),
    completeOnly: fc.boolean(),
  });
  return fc.record({ last: parts });
}

/** Definitions of power users, with filters and ranges that keep months whole. */
export const powerUserRequests = fc.record(
  {
    where: whereOf(WHOLE_MONTHS),
    timeRange: fc.oneof(between(MONTH_STARTS), last(['MONTH', 'QUARTER', 'YEAR'])),
    definition: fc.record(
      {
        minLevel: fc.constantFrom(...LEVELS),
        consecutiveMonths: fc.integer({ min: 1, max: 3 }),
        minInteractionTypes: fc.integer({ min: 1, max: 3 }),
        levelMonths: fc
          .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
          .map(([a, b]) => ({ atLeast: Math.min(a, b), ofLast: Math.max(a, b) })),
      },
      { requiredKeys: ['minLevel', 'consecutiveMonths', 'minInteractionTypes'] },
    ),
  },
  { requiredKeys: ['definition'] },
);
