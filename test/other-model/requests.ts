import { type Case, COMBINED } from './combined.ts';

/** What depends on the grouping. */
const OWN: readonly Case[] = [
  {
    name: 'the best store of each month, and the rest',
    request: {
      groupBy: ['MONTH', 'STORE'],
      orderBy: [
        { dimension: { name: 'MONTH', direction: 'DESC' } },
        { metric: { name: 'REVENUE', direction: 'DESC' } },
      ],
      limitBy: { n: 1, per: ['MONTH'], other: true },
      compare: [{ key: 'before' }],
      rolling: [{ key: 'two', trailing: 2 }],
    },
    subtotals: [['MONTH']],
  },
  {
    name: 'the best month of each store, and the rest',
    request: {
      groupBy: ['MONTH', 'STORE'],
      orderBy: [{ metric: { name: 'NUM_LINES', direction: 'DESC' } }],
      limitBy: { n: 1, per: ['STORE'], other: true },
      compare: [{ key: 'before' }],
      rolling: [{ key: 'two', trailing: 2 }],
      having: { numLines: { gt: 0 } },
    },
    subtotals: [['STORE']],
  },
  {
    name: 'empty groups of two entities',
    request: { groupBy: ['STORE', 'CATEGORY', 'PRODUCT'], emptyGroups: true, where: { store: { lt: '4' } } },
    subtotals: [['STORE'], ['CATEGORY']],
  },
  {
    name: 'windows to date',
    request: {
      groupBy: ['MONTH', 'OUTLET'],
      rolling: [
        { key: 'quarter', toDate: 'QUARTER' },
        { key: 'year', toDate: 'YEAR' },
      ],
      fill: true,
    },
    subtotals: [['MONTH'], ['OUTLET']],
  },
  {
    name: 'periods filtered by, with windows that look elsewhere',
    request: {
      groupBy: ['MONTH', 'STORE'],
      where: {
        or: [{ month: { gte: '2024-02-01' } }, { quarter: { eq: '2023-01-01' } }],
        store: { notIn: ['2'] },
      },
      compare: [{ key: 'before' }, { key: 'eleven', shift: { count: 11, unit: 'MONTH' } }],
      rolling: [{ key: 'three', trailing: 3 }],
      fill: true,
    },
    subtotals: [['MONTH']],
  },
  {
    name: 'days beside those of other lengths of time',
    request: {
      groupBy: ['DAY'],
      compare: [
        { key: 'week', shift: { count: 1, unit: 'WEEK' } },
        { key: 'month', shift: { count: 1, unit: 'MONTH' } },
        { key: 'leap', shift: { count: 1, unit: 'YEAR' } },
      ],
    },
    subtotals: [],
  },
  {
    name: 'weeks of the year before',
    request: {
      groupBy: ['WEEK'],
      compare: [
        { key: 'year', to: 'YEAR_BEFORE' },
        { key: 'two', shift: { count: 14, unit: 'DAY' } },
      ],
    },
    subtotals: [],
  },
  {
    name: 'a cut month beside the one before',
    request: {
      groupBy: ['MONTH'],
      timeRange: { between: { from: '2024-02-10', to: '2024-03-30' } },
      compare: [{ key: 'before' }, { key: 'year', to: 'YEAR_BEFORE' }],
      rolling: [{ key: 'two', trailing: 2 }],
    },
    subtotals: [],
  },
  {
    name: 'a range of leap days',
    request: {
      timeRange: { between: { from: '2024-02-29', to: '2024-03-01' } },
      compare: [
        { key: 'before' },
        { key: 'year', to: 'YEAR_BEFORE' },
        { key: 'month', shift: { count: 1, unit: 'MONTH' } },
      ],
    },
    subtotals: [],
  },
  ...['Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'UTC'].map(
    (timeZone): Case => ({
      name: `days and months of ${timeZone}`,
      request: {
        groupBy: ['DAY', 'MONTH', 'COUNTRY'],
        timeZone,
        compare: [{ key: 'before' }],
        rolling: [{ key: 'two', trailing: 2 }],
      },
      subtotals: [['MONTH'], ['COUNTRY']],
    }),
  ),
  {
    name: 'a range of another time zone',
    request: {
      groupBy: ['WEEK', 'CATEGORY'],
      timeZone: 'America/New_York',
      timeRange: { between: { from: '2024-01-31T18:59:59', to: '2024-03-15' } },
      where: { week: { gte: '2024-02-05' } },
    },
    subtotals: [['WEEK']],
  },
];

export const CASES: readonly Case[] = [...COMBINED, ...OWN];
