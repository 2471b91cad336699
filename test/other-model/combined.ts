import type { Request } from './oracle/request.ts';

export interface Case {
  readonly name: string;
  readonly request: Request;
  readonly subtotals: readonly (readonly string[])[];
}

const MONTHS = { between: { from: '2024-01-01', to: '2024-04-01' } };
const DAYS = { between: { from: '2024-01-15', to: '2024-03-16' } };
const INSTANTS = { between: { from: '2024-01-31T12:00:00', to: '2024-03-20T15:30:00' } };

/** Groupings, each with levels to sum it up by. */
const GROUPINGS: readonly {
  readonly groupBy: readonly string[];
  readonly subtotals: readonly (readonly string[])[];
}[] = [
  { groupBy: [], subtotals: [[]] },
  { groupBy: ['MONTH'], subtotals: [[], ['MONTH']] },
  { groupBy: ['MONTH', 'STORE'], subtotals: [['MONTH'], ['STORE']] },
  { groupBy: ['STORE', 'QUARTER', 'MONTH'], subtotals: [['QUARTER'], ['MONTH', 'STORE'], ['STORE']] },
  { groupBy: ['DAY', 'AREA_BAND'], subtotals: [['AREA_BAND'], ['DAY']] },
  { groupBy: ['WEEK'], subtotals: [[]] },
  { groupBy: ['QUARTER', 'COUNTRY'], subtotals: [['QUARTER'], ['COUNTRY']] },
  { groupBy: ['YEAR', 'CATEGORY', 'PRODUCT'], subtotals: [['CATEGORY'], ['YEAR', 'PRODUCT']] },
  { groupBy: ['CATEGORY'], subtotals: [[]] },
  { groupBy: ['OUTLET', 'OPENING_YEAR', 'STORE'], subtotals: [['OUTLET'], ['OPENING_YEAR']] },
  { groupBy: ['UNITS', 'LAUNCH_QUARTER'], subtotals: [['UNITS'], ['LAUNCH_QUARTER']] },
];

interface Feature {
  readonly name: string;
  readonly request: Request;
  /** What a grouping must have for it. */
  readonly needs?: 'period' | 'group' | 'entity' | 'range';
}

const CUSTOM: Request['custom'] = [
  { key: 'vegan', filtered: { metric: 'REVENUE', where: { category: { neq: 'DAIRY' } } } },
  { key: 'share', ratio: { of: { custom: 'vegan' }, by: { metric: 'REVENUE' } } },
  { key: 'rest', difference: { of: { metric: 'REVENUE' }, by: { custom: 'vegan' } } },
  { key: 'all', sum: [{ metric: 'NUM_LINES' }, { metric: 'NUM_ORDERS' }, { metric: 'MEDIAN_PRICE' }] },
  { key: 'bulk', product: [{ metric: 'BULK_LINES' }, { custom: 'share' }] },
];

const COMPARE: Request['compare'] = [
  { key: 'before' },
  { key: 'whole', to: 'PREVIOUS_PERIOD', toDate: false },
  { key: 'year', to: 'YEAR_BEFORE' },
];

const FEATURES: readonly Feature[] = [
  { name: 'nothing more', request: {} },
  { name: 'a range of days', request: { timeRange: DAYS } },
  { name: 'a range that cuts days', request: { timeRange: INSTANTS } },
  {
    name: 'a filter on a store',
    request: { where: { areaBand: { gte: 'MEDIUM' }, not: { outlet: { eq: true } } } },
  },
  {
    name: 'a nested filter',
    request: {
      where: {
        or: [
          { category: { in: ['FRUIT', 'DAIRY'] } },
          { product: { isNull: true } },
          { product: { startsWith: 'tr' } },
        ],
        not: { and: [{ country: { eq: 'FR' } }, { units: { gt: 1 } }] },
      },
    },
  },
  {
    name: 'filters on missing keys',
    request: { where: { or: [{ category: { notIn: ['FRUIT'] } }, { launchQuarter: { lt: '2023-10-01' } }] } },
  },
  {
    name: 'filters on numbers and ids',
    request: {
      where: {
        units: { between: { from: 1, to: 3 } },
        store: { in: ['1', '2', '77'] },
        product: { contains: 'e' },
      },
    },
  },
  { name: 'having', request: { having: { numLines: { gte: 2 }, not: { revenue: { lt: 5 } } } } },
  {
    name: 'having of what may be missing',
    request: {
      having: { or: [{ medianPrice: { between: { from: 1, to: 5 } } }, { avgUnitPrice: { isNull: true } }] },
    },
  },
  { name: 'custom metrics', request: { custom: CUSTOM, having: { custom: { key: 'share', gt: 0.1 } } } },
  {
    name: 'an order',
    request: {
      custom: CUSTOM,
      orderBy: [
        { custom: { key: 'share', nulls: 'FIRST' } },
        { metric: { name: 'NUM_LINES', direction: 'DESC' } },
      ],
    },
    needs: 'group',
  },
  { name: 'comparisons', request: { compare: COMPARE }, needs: 'period' },
  { name: 'comparisons of a range', request: { compare: COMPARE, timeRange: MONTHS }, needs: 'range' },
  {
    name: 'comparisons of a range that cuts days',
    request: { compare: COMPARE, timeRange: INSTANTS },
    needs: 'range',
  },
  {
    name: 'a filtered comparison, sorted and had',
    request: {
      compare: [{ key: 'before' }],
      where: { country: { in: ['DE', 'NL'] } },
      having: { compare: { key: 'before', metric: 'NUM_LINES', part: 'DELTA', neq: 0 } },
      orderBy: [
        { compare: { key: 'before', metric: 'REVENUE', part: 'RELATIVE_CHANGE', direction: 'DESC' } },
      ],
    },
    needs: 'period',
  },
  {
    name: 'rolling windows',
    request: {
      rolling: [
        { key: 'three', trailing: 3 },
        { key: 'one', trailing: 1 },
      ],
    },
    needs: 'period',
  },
  {
    name: 'rolling windows in a range',
    request: { rolling: [{ key: 'two', trailing: 2 }], timeRange: DAYS, where: { store: { neq: '3' } } },
    needs: 'period',
  },
  {
    name: 'filled periods',
    request: { fill: true, timeRange: MONTHS, compare: [{ key: 'before' }] },
    needs: 'period',
  },
  { name: 'empty groups', request: { emptyGroups: true }, needs: 'entity' },
  {
    name: 'empty groups that pass, filled',
    request: { emptyGroups: true, fill: true, timeRange: MONTHS, where: { areaBand: { neq: 'LARGE' } } },
    needs: 'period',
  },
  {
    name: 'a limit',
    request: { limitBy: { n: 2 }, orderBy: [{ metric: { name: 'REVENUE', direction: 'DESC' } }] },
    needs: 'group',
  },
  {
    name: 'a limit with the rest',
    request: {
      limitBy: { n: 1, other: true },
      orderBy: [{ metric: { name: 'NUM_ORDERS', direction: 'DESC' } }],
      custom: CUSTOM,
    },
    needs: 'group',
  },
];

const PERIODS = ['DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR'];

function meets(groupBy: readonly string[], needs: Feature['needs']): boolean {
  const hasPeriod = groupBy.some((name) => PERIODS.includes(name));
  switch (needs) {
    case 'period':
      return hasPeriod;
    case 'range':
    case undefined:
      return true;
    case 'group':
      return groupBy.length > 0;
    case 'entity':
      return groupBy.includes('STORE') || groupBy.includes('PRODUCT');
  }
}

/** Each feature at each grouping that it has a meaning at. */
export const COMBINED: readonly Case[] = GROUPINGS.flatMap(({ groupBy, subtotals }) =>
  FEATURES.filter(({ needs }) => meets(groupBy, needs)).map(({ name, request }) => ({
    name: `by ${groupBy.join(', ') || 'nothing'}: ${name}`,
    request: { groupBy, ...request },
    subtotals,
  })),
);
