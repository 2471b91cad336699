import { at, type Case } from './case.ts';

/** What is wrong with values of filters, ranges and pages. */
export const VALUES = {
  NOT_A_PERIOD_START: [
    at('(where: {month: {eq: "2024-01-02"}}) { totalCount }', 'where', 'month', 'eq'),
    at(
      '(where: {or: [{week: {in: ["2024-01-01", "2024-01-02"]}}]}) { totalCount }',
      'where',
      'or',
      0,
      'week',
      'in',
      1,
    ),
    at(
      '(where: {quarter: {between: {from: "2024-01-01", to: "2024-02-01"}}}) { totalCount }',
      'where',
      'quarter',
      'between',
      'to',
    ),
    at('(where: {firmCohortMonth: {gte: "2024-01-31"}}) { totalCount }', 'where', 'firmCohortMonth', 'gte'),
  ],
  INVALID_ID: [
    at('(where: {not: {firm: {eq: "1 or 1=1"}}}) { totalCount }', 'where', 'not', 'firm', 'eq'),
    at('(where: {firm: {in: ["1", "9007199254740993"]}}) { totalCount }', 'where', 'firm', 'in', 1),
    at('(where: {user: {startsWith: "\\u0000"}}) { totalCount }', 'where', 'user', 'startsWith'),
  ],
  INVALID_TEXT: [
    {
      ask: 'dimensionValues(dimension: USER, search: "\\u0000") { totalCount }',
      path: ['dimensionValues', 'search'],
    },
  ],
  NOT_FINITE: [
    at('(having: {numDocs: {gt: 1e999}}) { totalCount }', 'having', 'numDocs', 'gt'),
    at('(having: {not: {arr: {in: [1, -1e999]}}}) { totalCount }', 'having', 'not', 'arr', 'in', 1),
    at(
      '(custom: [{key: "k", sum: [{metric: NUM_DOCS}]}], having: {custom: {key: "k", between: {from: 0, to: 1e309}}}) { totalCount }',
      ...['having', 'custom', 'between', 'to'],
    ),
    {
      ask: 'powerUsers(definition: {userMonth: {numDocs: {lt: 1e999}}}) { totalCount }',
      path: ['powerUsers', 'definition', 'userMonth', 'numDocs', 'lt'],
    },
  ],
  EMPTY_RANGE: [
    at(
      '(timeRange: {between: {from: "2024-02-01", to: "2024-02-01"}}) { totalCount }',
      'timeRange',
      'between',
    ),
    ...[
      ['month', 'from: "2024-02-01", to: "2024-01-01"'],
      ['firm', 'from: "10", to: "9"'],
      // By code point, which is not the order of UTF-16.
      ['user', 'from: "😀", to: "Ａ"'],
      ['title', 'from: PARTNER, to: ASSOCIATE'],
      ['arrBand', 'from: FROM_300K, to: BELOW_75K'],
      ['interactionTypesUsed', 'from: 10, to: 9'],
    ].map(([field, ends]) =>
      at(
        `(where: {and: [{${field}: {between: {${ends}}}}]}) { totalCount }`,
        'where',
        'and',
        0,
        field!,
        'between',
      ),
    ),
    at('(having: {numDocs: {between: {from: 10, to: 9}}}) { totalCount }', 'having', 'numDocs', 'between'),
    {
      ask: 'powerUsers(definition: {userMonth: {numDocs: {between: {from: 1.5, to: 1}}}}) { totalCount }',
      path: ['powerUsers', 'definition', 'userMonth', 'numDocs', 'between'],
    },
    {
      ask: 'userEngagement(where: {engagementLevel: {between: {from: HIGH, to: LOW}}}) { rows { id } }',
      path: ['userEngagement', 'where', 'engagementLevel', 'between'],
    },
  ],
  NULL_OPERATOR: [
    at('(where: {title: {eq: null, neq: PARTNER}}) { totalCount }', 'where', 'title', 'eq'),
    at('(where: {not: {powerUser: {neq: null}}}) { totalCount }', 'where', 'not', 'powerUser', 'neq'),
    at('(where: {or: [{user: {in: null}}]}) { totalCount }', 'where', 'or', 0, 'user', 'in'),
    ...['notIn', 'lt', 'lte', 'gt', 'gte', 'between', 'contains', 'startsWith', 'isNull'].map((operator) =>
      at(`(where: {user: {eq: "u1", ${operator}: null}}) { totalCount }`, 'where', 'user', operator),
    ),
    at('(having: {numDocs: {gt: 1, lt: null}}) { totalCount }', 'having', 'numDocs', 'lt'),
    at(
      '(groupBy: [DAY], compare: [{key: "k"}], having: {compare: {key: "k", metric: NUM_DOCS, gt: null}}) { totalCount }',
      ...['having', 'compare', 'gt'],
    ),
    {
      ask: 'powerUsers(definition: {userMonth: {numDocs: {gte: null}}}) { totalCount }',
      path: ['powerUsers', 'definition', 'userMonth', 'numDocs', 'gte'],
    },
    { ask: 'dailyActivity(day: {eq: null}) { rows { id } }', path: ['dailyActivity', 'day', 'eq'] },
  ],
  EMPTY_FILTER: [
    at('(where: {title: {}}) { totalCount }', 'where', 'title'),
    at('(having: {not: {numDocs: {}}}) { totalCount }', 'having', 'not', 'numDocs'),
    at(
      '(groupBy: [DAY], compare: [{key: "k"}], having: {compare: {key: "k", metric: NUM_DOCS}}) { totalCount }',
      'having',
      'compare',
    ),
    at(
      '(custom: [{key: "k", sum: [{metric: NUM_DOCS}]}], having: {custom: {key: "k"}}) { totalCount }',
      'having',
      'custom',
    ),
  ],
  EMPTY_LIST: [
    at('(where: {user: {in: []}}) { totalCount }', 'where', 'user', 'in'),
    at('(having: {numDocs: {notIn: []}}) { totalCount }', 'having', 'numDocs', 'notIn'),
    at('(custom: [{key: "k", sum: []}]) { totalCount }', 'custom', 0, 'sum'),
    {
      ask: 'powerUsers(definition: {interactionTypes: []}) { totalCount }',
      path: ['powerUsers', 'definition', 'interactionTypes'],
    },
    {
      ask: 'comparePowerUserDefinitions(b: {named: USUAL, interactionTypes: []}) { id }',
      path: ['comparePowerUserDefinitions', 'b', 'interactionTypes'],
    },
  ],
  FIRST_OUT_OF_RANGE: [
    at('(first: 0) { totalCount }', 'first'),
    at('(first: 10001) { totalCount }', 'first'),
    at('{ s: subtotals(by: [], first: -1) { totalCount } }', 's', 'first'),
    at('(groupBy: [DAY]) { rows { sourceRows(first: 0) { id } } }', 'rows', 'sourceRows', 'first'),
    { ask: 'sourceRows(first: 0) { id }', path: ['sourceRows', 'first'] },
  ],
  NUMBER_OUT_OF_RANGE: [
    at('(timeRange: {last: {count: 0, unit: DAY}}) { totalCount }', 'timeRange', 'last', 'count'),
    at(
      '(groupBy: [DAY], compare: [{key: "k", shift: {count: 10001, unit: DAY}}]) { totalCount }',
      'compare',
      0,
      'shift',
      'count',
    ),
    at('(groupBy: [DAY], rolling: [{key: "k", trailing: 0}]) { totalCount }', 'rolling', 0, 'trailing'),
    at('(groupBy: [DAY], limitBy: {n: 0}) { totalCount }', 'limitBy', 'n'),
  ],
  NOT_WALL_CLOCK: [
    {
      ask: 'sourceRows(timeZone: "Europe/Berlin", timeRange: {between: {from: "2024-01-01T00:00:00Z", to: "2024-02-01"}}) { id }',
      path: ['sourceRows', 'timeRange', 'between', 'from'],
    },
    at(
      '(timeZone: "Europe/Berlin", timeRange: {between: {from: "2024-01-01T00:00:00Z", to: "2024-02-01"}}) { totalCount }',
      'timeRange',
      'between',
      'from',
    ),
    at(
      '(timeZone: "Europe/Berlin", timeRange: {between: {from: "2024-01-01", to: "2024-02-01T00:00:00+01:00"}}) { totalCount }',
      'timeRange',
      'between',
      'to',
    ),
  ],
  CURSOR_UNREADABLE: [
    at('(after: "x") { totalCount }', 'after'),
    at('(after: "") { totalCount }', 'after'),
    at('{ subtotals(by: [], after: "WzEsMl0") { totalCount } }', 'subtotals', 'after'),
    at('{ subtotals(by: [], after: "") { totalCount } }', 'subtotals', 'after'),
    { ask: 'sourceRows(after: "") { id }', path: ['sourceRows', 'after'] },
    { ask: 'dimensionValues(dimension: FIRM, after: "") { totalCount }', path: ['dimensionValues', 'after'] },
    { ask: 'powerUsers(after: "") { totalCount }', path: ['powerUsers', 'after'] },
    {
      ask: 'comparePowerUserDefinitions(b: {}) { users(which: BOTH, after: "") { rows { id } } }',
      path: ['comparePowerUserDefinitions', 'users', 'after'],
    },
  ],
} satisfies Record<string, readonly Case[]>;
