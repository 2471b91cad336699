import { model } from '../../../src/model/index.ts';
import { camelCase, screamingCase } from '../../../src/query/model/names.ts';
import { at, type Case, hinted } from './case.ts';

const { metrics, dimensions } = model.model;

const OF_USER_MONTHS = [
  ...['MONTH', 'QUARTER', 'YEAR', 'FIRM', 'FIRM_SIZE_BAND', 'ARR_BAND', 'FIRM_COHORT_MONTH', 'USER'],
  ...['TITLE', 'USER_COHORT_MONTH', 'ENGAGEMENT_LEVEL', 'INTERACTION_TYPES_USED', 'POWER_USER'],
];
const OF_FIRMS = [
  ...['DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR', 'FIRM', 'FIRM_SIZE_BAND', 'ARR_BAND', 'FIRM_COHORT_MONTH'],
];

/** What leaves a metric without a meaning. */
export const METRICS = {
  METRIC_NOT_AT_DIMENSION: [
    hinted(at('(groupBy: [DAY]) { rows { m: numPowerUsers } }', 'rows', 'm'), OF_USER_MONTHS),
    hinted(
      at('(where: {eventType: {eq: VAULT}}) { totals { engagementScore } }', 'totals', 'engagementScore'),
      OF_USER_MONTHS,
    ),
    hinted(at('(groupBy: [USER]) { rows { arr } }', 'rows', 'arr'), OF_FIRMS),
    hinted(
      at(
        '(groupBy: [USER], orderBy: [{metric: {name: NUM_QUERIES}}, {metric: {name: SEATS}}]) { totalCount }',
        'orderBy',
        1,
      ),
      OF_FIRMS,
    ),
    hinted(
      at('(groupBy: [USER], having: {or: [{arr: {gt: 1}}]}) { totalCount }', 'having', 'or', 0, 'arr'),
      OF_FIRMS,
    ),
    hinted(
      at(
        '(groupBy: [USER], custom: [{key: "c", ratio: {of: {metric: ARR}, by: {metric: NUM_QUERIES}}}]) { rows { custom(key: "c") } }',
        'custom',
        0,
        'ratio',
        'of',
      ),
      OF_FIRMS,
    ),
    hinted(
      at(
        '(custom: [{key: "c", filtered: {metric: ARR, where: {title: {eq: PARTNER}}}}]) { totals { custom(key: "c") } }',
        'custom',
        0,
        'filtered',
      ),
      OF_FIRMS,
    ),
    // Nothing asks for it, and it could be asked nowhere.
    hinted(
      at(
        '(custom: [{key: "c", filtered: {metric: ARR, where: {title: {eq: PARTNER}}}}]) { totalCount }',
        ...['custom', 0, 'filtered'],
      ),
      OF_FIRMS,
    ),
    hinted(
      at(
        '(groupBy: [MONTH, USER], compare: [{key: "k"}]) { rows { comparison(key: "k") { arr { delta } } } }',
        'rows',
        'comparison',
        'arr',
      ),
      OF_FIRMS,
    ),
    hinted(
      at(
        '(groupBy: [MONTH, USER], rolling: [{key: "k", trailing: 2}]) { rows { rolling(key: "k") { arr } } }',
        'rows',
        'rolling',
        'arr',
      ),
      OF_FIRMS,
    ),
    hinted(
      at(
        '(groupBy: [USER, MONTH]) { subtotals(by: [USER]) { rows { seats } } }',
        'subtotals',
        'rows',
        'seats',
      ),
      OF_FIRMS,
    ),
    hinted(
      at('(groupBy: [USER], having: {numQueries: {gt: 1}}) { totals { seats } }', 'totals', 'seats'),
      OF_FIRMS,
    ),
  ],
  METRIC_NEEDS_PERIOD_OF_FILTER: [
    at('(where: {month: {eq: "2024-01-01"}}) { totals { arr } }', 'totals', 'arr'),
    at('(groupBy: [YEAR], where: {not: {month: {eq: "2024-01-01"}}}) { rows { seats } }', 'rows', 'seats'),
  ],
  NEEDS_WHOLE_PERIODS: [
    {
      ask: 'powerUsers(timeRange: {between: {from: "2024-01-02", to: "2024-02-01"}}) { totalCount }',
      path: ['powerUsers', 'timeRange'],
    },
  ],
  NOT_A_FILTER: [
    hinted(
      {
        ask: 'powerUsers(where: {or: [{firm: {eq: "1"}}, {not: {day: {eq: "2024-01-02"}}}]}) { totalCount }',
        path: ['powerUsers', 'where', 'or', 1, 'not', 'day'],
      },
      OF_USER_MONTHS.map((name) => camelCase(name.toLowerCase())),
    ),
  ],
  UNKNOWN_NAME: [
    hinted(
      { ask: 'catalog { m: metric(name: "num_querys") { label } }', path: ['catalog', 'm', 'name'] },
      metrics.map(({ name }) => name),
      'num_queries',
    ),
    hinted(
      { ask: 'catalog { dimension(name: "FRIM") { label } }', path: ['catalog', 'dimension', 'name'] },
      dimensions.map(({ name }) => screamingCase(name)),
      'FIRM',
    ),
    hinted(
      { ask: 'catalog { dimension(name: "eventTyp") { label } }', path: ['catalog', 'dimension', 'name'] },
      dimensions.map(({ name }) => camelCase(name)),
      'eventType',
    ),
  ],
  METRIC_NEEDS_WHOLE_PERIODS: [
    at(
      '(timeRange: {between: {from: "2024-01-02", to: "2024-02-01"}}) { totals { engagementScore } }',
      'totals',
      'engagementScore',
    ),
    at('(timeRange: {last: {count: 1, unit: DAY}}) { totals { numPowerUsers } }', 'totals', 'numPowerUsers'),
  ],
  METRIC_NEEDS_GROUP: [
    at('(groupBy: [FIRM]) { rows { newUsers } }', 'rows', 'newUsers'),
    at('(groupBy: [MONTH]) { totals { churnedUsers } }', 'totals', 'churnedUsers'),
    at(
      '(custom: [{key: "k", sum: [{metric: NUM_DOCS}, {metric: NEW_USERS}]}]) { totalCount }',
      ...['custom', 0, 'sum', 1],
    ),
    at(
      '(groupBy: [MONTH, FIRM]) { subtotals(by: [FIRM]) { rows { retentionRate } } }',
      'subtotals',
      'rows',
      'retentionRate',
    ),
    at(
      '(groupBy: [MONTH, FIRM], limitBy: {n: 1, per: [FIRM], other: true}) { rows { newUsers } }',
      'rows',
      'newUsers',
    ),
  ],
  METRIC_NOT_IN_TIME_ZONE: [
    at('(timeZone: "Europe/Berlin") { totals { engagementScore } }', 'totals', 'engagementScore'),
    at('(timeZone: "Europe/Berlin", groupBy: [MONTH]) { rows { arr } }', 'rows', 'arr'),
    at(
      '(timeZone: "Europe/Berlin", custom: [{key: "k", sum: [{metric: ARR}]}]) { totalCount }',
      ...['custom', 0, 'sum', 0],
    ),
  ],
  METRIC_NEEDS_WHOLE_WINDOWS: [
    at(
      '(timeRange: {between: {from: "2024-02-01", to: "2024-03-01"}}, compare: [{key: "k", shift: {count: 1, unit: DAY}}]) { rows { c: comparison(key: "k") { engagementScore { delta } } } }',
      ...['rows', 'c', 'engagementScore'],
    ),
  ],
} satisfies Record<string, readonly Case[]>;
