import { at, type Case } from './case.ts';

/** What is wrong with comparisons, windows and filling, which go by periods. */
export const PERIODS = {
  NEEDS_PERIOD: [
    at('(groupBy: [FIRM], rolling: [{key: "k", trailing: 1}]) { totalCount }', 'rolling', 0),
    at('(groupBy: [FIRM], fill: true) { totalCount }', 'fill'),
  ],
  NEEDS_RANGE: [at('(groupBy: [FIRM], compare: [{key: "k"}]) { totalCount }', 'compare', 0)],
  PERIODS_NOT_NESTED: [
    at('(groupBy: [WEEK, MONTH], compare: [{key: "k"}]) { totalCount }', 'compare', 0),
    at('(groupBy: [WEEK, YEAR], rolling: [{key: "k", trailing: 1}]) { totalCount }', 'rolling', 0),
    at('(groupBy: [QUARTER, WEEK], fill: true) { totalCount }', 'fill'),
  ],
  SHIFT_CUTS_PERIODS: [
    at(
      '(groupBy: [MONTH], compare: [{key: "k", shift: {count: 30, unit: DAY}}]) { totalCount }',
      'compare',
      0,
      'shift',
    ),
    at(
      '(groupBy: [WEEK], compare: [{key: "k", shift: {count: 8, unit: DAY}}]) { totalCount }',
      'compare',
      0,
      'shift',
    ),
    at(
      '(groupBy: [WEEK], compare: [{key: "k", shift: {count: 1, unit: MONTH}}]) { totalCount }',
      'compare',
      0,
      'shift',
    ),
    at(
      '(groupBy: [QUARTER], compare: [{key: "k", shift: {count: 4, unit: MONTH}}]) { totalCount }',
      'compare',
      0,
      'shift',
    ),
  ],
  TO_DATE_CUTS_PERIODS: [
    at('(groupBy: [WEEK], rolling: [{key: "k", toDate: MONTH}]) { totalCount }', 'rolling', 0, 'toDate'),
    at('(groupBy: [MONTH], rolling: [{key: "k", toDate: WEEK}]) { totalCount }', 'rolling', 0, 'toDate'),
  ],
  PERIOD_FILTER_NOT_GROUPED: [
    at(
      '(groupBy: [MONTH], where: {day: {gte: "2024-01-02"}}, compare: [{key: "k"}]) { totalCount }',
      'where',
    ),
    at(
      '(groupBy: [MONTH], where: {not: {week: {eq: "2024-01-01"}}}, rolling: [{key: "k", trailing: 2}]) { totalCount }',
      'where',
    ),
  ],
  TOO_MANY_PERIODS: [
    at(
      '(groupBy: [DAY], fill: true, timeRange: {between: {from: "1990-01-01", to: "2020-01-01"}}) { totalCount }',
      'timeRange',
    ),
  ],
  TOO_MANY_EMPTY_GROUPS: [
    at(
      '(groupBy: [DAY, USER, FIRM], fill: true, emptyGroups: true, timeRange: {between: {from: "2020-01-01", to: "2024-01-01"}}) { totalCount }',
      'emptyGroups',
    ),
    // 801 users with each of the 2 firms that have events, on 883 days.
    at('(groupBy: [DAY, USER, FIRM], fill: true, emptyGroups: true) { totalCount }', 'emptyGroups'),
  ],
  WINDOWS_TOO_LONG: [
    at(
      '(groupBy: [DAY], rolling: [{key: "k", trailing: 10000}], timeRange: {between: {from: "2020-01-01", to: "2045-01-01"}}) { totalCount }',
      'rolling',
      0,
    ),
  ],
} satisfies Record<string, readonly Case[]>;
