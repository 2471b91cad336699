import { at, type Case, hinted, many } from './case.ts';

const NUMBERS = [
  ...['numQueries', 'numDocs', 'avgFeedback', 'activeUsers', 'activeFirms', 'activeDays', 'docsPerQuery'],
  ...['medianDocsPerQuery', 'p95DocsPerQuery', 'minDocsPerQuery', 'maxDocsPerQuery', 'engagementScore'],
  ...['numPowerUsers', 'powerUserRate', 'arr', 'seats'],
];

/** What is wrong with what has a key, and with how much of it there is. */
export const KEYED = {
  DUPLICATE_KEY: [
    at('(groupBy: [DAY], compare: [{key: "k"}, {key: "k"}]) { totalCount }', 'compare', 1, 'key'),
    at(
      '(groupBy: [DAY], rolling: [{key: "k", trailing: 1}, {key: "k", trailing: 2}]) { totalCount }',
      'rolling',
      1,
      'key',
    ),
    at(
      '(custom: [{key: "k", sum: [{metric: NUM_DOCS}]}, {key: "k", sum: [{metric: NUM_DOCS}]}]) { totalCount }',
      'custom',
      1,
      'key',
    ),
  ],
  INVALID_KEY: [
    at('(groupBy: [DAY], compare: [{key: ""}]) { totalCount }', 'compare', 0, 'key'),
    at('(groupBy: [DAY], rolling: [{key: "a\\nb", trailing: 1}]) { totalCount }', 'rolling', 0, 'key'),
    at('(custom: [{key: "\\u0085", sum: [{metric: NUM_DOCS}]}]) { totalCount }', 'custom', 0, 'key'),
    at(
      `(groupBy: [DAY], compare: [{key: "${'k'.repeat(100)}"}, {key: "${'k'.repeat(101)}"}]) { totalCount }`,
      ...['compare', 1, 'key'],
    ),
  ],
  UNKNOWN_KEY: [
    hinted(
      at(
        '(groupBy: [DAY], compare: [{key: "before"}]) { rows { c: comparison(key: "befor") { numDocs { delta } } } }',
        'rows',
        'c',
      ),
      ['before'],
      'before',
    ),
    hinted(
      at(
        '(groupBy: [DAY], rolling: [{key: "week", trailing: 7}]) { rows { rolling(key: "month") { numDocs } } }',
        'rows',
        'rolling',
      ),
      ['week'],
    ),
    hinted(
      at(
        '(custom: [{key: "rate", sum: [{metric: NUM_DOCS}]}]) { totals { custom(key: "rates") } }',
        'totals',
        'custom',
      ),
      ['rate'],
      'rate',
    ),
    hinted(
      at(
        '(groupBy: [DAY], compare: [{key: "before"}], having: {compare: {key: "Before", metric: NUM_DOCS, gt: 1}}) { totalCount }',
        'having',
        'compare',
        'key',
      ),
      ['before'],
      'before',
    ),
    hinted(at('(having: {custom: {key: "rate", gt: 1}}) { totalCount }', 'having', 'custom', 'key'), []),
    hinted(
      at(
        '(groupBy: [DAY], compare: [{key: "before"}], orderBy: [{compare: {key: "before_", metric: NUM_DOCS}}]) { totalCount }',
        'orderBy',
        0,
        'key',
      ),
      ['before'],
      'before',
    ),
    hinted(at('(orderBy: [{custom: {key: "rate"}}]) { totalCount }', 'orderBy', 0, 'key'), []),
    // A custom metric builds upon those before it alone.
    hinted(
      at(
        '(custom: [{key: "a", sum: [{metric: NUM_DOCS}]}, {key: "b", sum: [{custom: "a"}, {custom: "b"}]}]) { totalCount }',
        'custom',
        1,
        'sum',
        1,
      ),
      ['a'],
    ),
  ],
  NOT_EXACTLY_ONE: [
    at(
      '(groupBy: [DAY], compare: [{key: "k", to: YEAR_BEFORE, shift: {count: 1, unit: DAY}}]) { totalCount }',
      'compare',
      0,
    ),
    at('(groupBy: [DAY], rolling: [{key: "k"}]) { totalCount }', 'rolling', 0),
    at('(groupBy: [DAY], rolling: [{key: "k", trailing: 1, toDate: MONTH}]) { totalCount }', 'rolling', 0),
    at('(custom: [{key: "k"}]) { totalCount }', 'custom', 0),
    at(
      '(custom: [{key: "k", sum: [{metric: NUM_DOCS}], product: [{metric: NUM_DOCS}]}]) { totalCount }',
      'custom',
      0,
    ),
  ],
  TOO_MANY_ITEMS: [
    at(`(groupBy: [DAY], compare: [${many(21, (n) => `{key: "${n}"}`)}]) { totalCount }`, 'compare'),
    at(
      `(groupBy: [DAY], rolling: [${many(21, (n) => `{key: "${n}", trailing: 1}`)}]) { totalCount }`,
      'rolling',
    ),
    at(`(custom: [${many(21, (n) => `{key: "${n}", sum: [{metric: NUM_DOCS}]}`)}]) { totalCount }`, 'custom'),
    at(`(where: {or: [${many(300, () => '{user: {eq: "u1"}}')}]}) { totalCount }`, 'where'),
    at(`(having: {or: [${many(300, () => '{numDocs: {eq: 1}}')}]}) { totalCount }`, 'having'),
  ],
  TOO_MANY_PARTS: [
    at(`(custom: [{key: "k", sum: [${many(101, () => '{metric: NUM_DOCS}')}]}]) { totalCount }`, 'custom', 0),
  ],
  TOO_LARGE: [
    at(`(groupBy: [MONTH], compare: [${many(20, (n) => `{key: "${n}"}`)}]) {
      rows { ${many(20, (n) => `c${n}: comparison(key: "${n}") { ${NUMBERS.map((name) => `${name} { delta }`)} }`)} }
    }`),
  ],
} satisfies Record<string, readonly Case[]>;
