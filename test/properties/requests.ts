import fc from 'fast-check';
import { EVENT_TYPES, LEVELS, TITLES } from '../oracle/data.ts';
import { fieldOf, METRIC_FIELDS, MONTHLY_FIELDS, type OrderTerm, type Request } from '../oracle/metrics.ts';
import { periodOf, UNITS, type Unit } from '../oracle/periods.ts';
import type { Filter, TimeRange, Where } from '../oracle/slice.ts';
import { DATES, FIRMS, USERS } from './data-sets.ts';

const PERIODS = UNITS.map((unit) => unit.toUpperCase());
/** Dimensions that keep months whole. */
export const WHOLE_MONTHS = ['MONTH', 'QUARTER', 'YEAR', 'FIRM', 'TITLE', 'ENGAGEMENT_LEVEL', 'USER'];
export const DIMENSIONS = [...PERIODS, 'FIRM', 'TITLE', 'EVENT_TYPE', 'ENGAGEMENT_LEVEL', 'USER'];

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

export function whereOf(dimensions: readonly string[]): fc.Arbitrary<Where> {
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

export const MONTH_STARTS = [
  '2023-11-01',
  '2024-01-01',
  '2024-02-01',
  '2024-03-01',
  '2024-04-01',
  '2025-02-01',
];
const INSTANTS = [
  ...DATES,
  '2024-02-29T11:30:00Z',
  '2024-03-31T23:59:59.999999Z',
  '2024-01-01T00:00:00.000001Z',
];

export function between(ends: readonly string[]): fc.Arbitrary<TimeRange> {
  return fc
    .tuple(fc.nat(ends.length - 1), fc.nat(ends.length - 1))
    .filter(([from, to]) => from !== to)
    .map(([one, other]) => {
      const sorted = [...ends].sort();
      return { between: { from: sorted[Math.min(one, other)]!, to: sorted[Math.max(one, other)]! } };
    });
}

export function last(units: readonly string[]): fc.Arbitrary<TimeRange> {
  const parts = fc.record({
    count: fc.integer({ min: 1, max: 4 }),
    unit: fc.constantFrom(...units),
    completeOnly: fc.boolean(),
  });
  return fc.record({ last: parts });
}

function orderOf(groupBy: readonly string[], monthly: boolean): fc.Arbitrary<readonly OrderTerm[]> {
  const direction = fc.constantFrom('ASC' as const, 'DESC' as const);
  const metrics = METRIC_FIELDS.filter((name) => monthly || !MONTHLY_FIELDS.includes(name));
  const metric = fc.record({ name: fc.constantFrom(...metrics.map(enumOf)), direction });
  const terms: fc.Arbitrary<OrderTerm>[] = [fc.record({ metric })];
  if (groupBy.length > 0) {
    terms.push(fc.record({ dimension: fc.record({ name: fc.constantFrom(...groupBy), direction }) }));
  }
  return fc.array(fc.oneof(...terms), { maxLength: 3 });
}

/** numQueries → NUM_QUERIES */
export function enumOf(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

export interface Asked {
  readonly request: Request;
  /** Two selections of metrics. */
  readonly selected: readonly string[];
  readonly other: readonly string[];
  readonly first: number;
}

/** Valid requests: half of them ask for metrics of user-months, and so keep months whole. */
export const requests: fc.Arbitrary<Asked> = fc.boolean().chain((monthly) => {
  const dimensions = monthly ? WHOLE_MONTHS : DIMENSIONS;
  const metrics = METRIC_FIELDS.filter((name) => monthly || !MONTHLY_FIELDS.includes(name));
  const units = monthly ? ['MONTH', 'QUARTER', 'YEAR'] : PERIODS;
  const ranges = [between(monthly ? MONTH_STARTS : INSTANTS), last(units)];
  return fc.subarray(dimensions, { maxLength: 4 }).chain((subset) =>
    fc.shuffledSubarray(subset, { minLength: subset.length }).chain((groupBy) =>
      fc.record({
        request: fc.record(
          {
            groupBy: fc.constant(groupBy),
            where: whereOf(dimensions),
            timeRange: fc.oneof(...ranges),
            orderBy: orderOf(groupBy, monthly),
          },
          { requiredKeys: ['groupBy'] },
        ),
        selected: fc.subarray(metrics, { minLength: 1 }),
        other: fc.subarray(metrics),
        first: fc.integer({ min: 1, max: 7 }),
      }),
    ),
  );
});
