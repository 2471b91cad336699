import { at, type Case, hinted } from './case.ts';

/** What is wrong with dimensions, grouped, selected or named. */
export const GROUPS = {
  NOT_GROUPED: [
    hinted(at('(groupBy: [MONTH, TITLE]) { rows { month f: firm { id } } }', 'rows', 'f'), [
      'month',
      'title',
    ]),
    hinted(at(' { rows { day } }', 'rows', 'day'), []),
    hinted(
      at(
        '(groupBy: [MONTH, FIRM]) { s: subtotals(by: [MONTH]) { rows { firm { id } } } }',
        's',
        'rows',
        'firm',
      ),
      ['month'],
    ),
  ],
  DUPLICATE_DIMENSION: [
    at('(groupBy: [DAY, DAY]) { totalCount }', 'groupBy', 1),
    at('(groupBy: [DAY], limitBy: {n: 1, per: [DAY, DAY]}) { totalCount }', 'limitBy', 'per', 1),
    at('(groupBy: [DAY]) { subtotals(by: [DAY, DAY]) { totalCount } }', 'subtotals', 'by', 1),
    at('(groupBy: [DAY]) { rows { share(of: [DAY, DAY]) { numDocs } } }', 'rows', 'share', 'of', 1),
  ],
  DUPLICATE_ORDER: [
    at(
      '(groupBy: [DAY], orderBy: [{dimension: {name: DAY}}, {dimension: {name: DAY, direction: DESC}}]) { totalCount }',
      ...['orderBy', 1],
    ),
    at(
      '(orderBy: [{metric: {name: NUM_DOCS}}, {metric: {name: ARR}}, {metric: {name: NUM_DOCS}}]) { totalCount }',
      ...['orderBy', 2],
    ),
    at(
      '(groupBy: [DAY], compare: [{key: "k"}], orderBy: [{metric: {name: NUM_DOCS}}, {compare: {key: "k", metric: NUM_DOCS}}, {compare: {key: "k", metric: NUM_DOCS, part: CURRENT}}]) { totalCount }',
      ...['orderBy', 2],
    ),
    at(
      '(custom: [{key: "k", sum: [{metric: NUM_DOCS}]}], orderBy: [{custom: {key: "k"}}, {custom: {key: "k"}}]) { totalCount }',
      ...['orderBy', 1],
    ),
    {
      ask: 'powerUsers(orderBy: [{by: USER}, {by: NUM_DOCS}, {by: USER, direction: DESC}]) { totalCount }',
      path: ['powerUsers', 'orderBy', 2],
    },
  ],
  TOO_MANY_DIMENSIONS: [at('(groupBy: [DAY, MONTH, YEAR, FIRM, USER, TITLE]) { totalCount }', 'groupBy')],
  ORDER_NOT_GROUPED: [
    hinted(
      at(
        '(groupBy: [MONTH], orderBy: [{dimension: {name: MONTH}}, {dimension: {name: FIRM}}]) { totalCount }',
        'orderBy',
        1,
      ),
      ['MONTH'],
    ),
  ],
  NOT_A_GROUP: [
    hinted(at('(groupBy: [DAY], limitBy: {n: 1, per: [FIRM]}) { totalCount }', 'limitBy', 'per', 0), ['DAY']),
    hinted(
      at('(groupBy: [DAY, FIRM]) { subtotals(by: [DAY, MONTH]) { totalCount } }', 'subtotals', 'by', 1),
      ['DAY', 'FIRM'],
    ),
    hinted(at('(groupBy: [DAY]) { rows { share(of: [FIRM]) { numDocs } } }', 'rows', 'share', 'of', 0), [
      'DAY',
    ]),
    hinted(
      at(
        '(groupBy: [DAY, FIRM]) { subtotals(by: [DAY]) { rows { share(of: [FIRM]) { numDocs } } } }',
        'subtotals',
        'rows',
        'share',
        'of',
        0,
      ),
      ['DAY'],
    ),
  ],
  ONLY_ON_ROWS: [
    at(
      '(groupBy: [DAY], compare: [{key: "k"}]) { subtotals(by: [DAY]) { rows { c: comparison(key: "k") { numDocs { delta } } } } }',
      'subtotals',
      'rows',
      'c',
    ),
    at(
      '(groupBy: [DAY], rolling: [{key: "k", trailing: 1}]) { subtotals(by: [DAY]) { rows { rolling(key: "k") { numDocs } } } }',
      'subtotals',
      'rows',
      'rolling',
    ),
    at(
      '(groupBy: [DAY]) { subtotals(by: [DAY]) { rows { sourceRows { id } } } }',
      'subtotals',
      'rows',
      'sourceRows',
    ),
  ],
} satisfies Record<string, readonly Case[]>;
