import { execute, type GraphQLError, parse, validate } from 'graphql';
import { expect, it } from 'vitest';
import { Executor } from '../../src/graphql/execution/executor.ts';
import { buildApiSchema } from '../../src/graphql/schema.ts';
import { model } from '../../src/model/index.ts';
import { goldenRequests, readmeRequests } from '../golden/requests.ts';
import { event, firm, rawOf, user } from '../support/raw.ts';
import { describeServed } from '../support/serve.ts';
import { GROUPS } from './refusals/groups.ts';
import { KEYED } from './refusals/keyed.ts';
import { METRICS } from './refusals/metrics.ts';
import { PERIODS } from './refusals/periods.ts';
import { VALUES } from './refusals/values.ts';

const FIRST = ['2023-11-02', '2023-12-31', '2024-01-01', '2024-02-29', '2024-03-05', '2024-03-06'];
const EVENTS = FIRST.flatMap((date, index) => [
  event({ created: `${date}T08:00:00`, eventType: 'VAULT', numDocs: 2 ** index }),
  event({
    created: `${date}T23:59:59`,
    userId: `other${index % 2}`,
    firmId: 1 + (index % 3),
    feedbackScore: 2,
  }),
]);
const RAW = rawOf(EVENTS, { users: [user({ id: 'idle' })], firms: [firm({ id: 7 })] });

interface Asked {
  readonly source: string;
  readonly variables?: Variables;
  /** Variables that it is asked with on the same executor afterwards. */
  readonly again?: readonly Variables[];
  readonly operationName?: string;
}

type Variables = Readonly<Record<string, unknown>>;

/** Of the model, as every server makes it: what is no request of it is tested elsewhere. */
const schema = buildApiSchema(model);
const isValid = ({ source }: Asked) => {
  try {
    return validate(schema, parse(source)).length === 0;
  } catch {
    return false;
  }
};

const REFUSED = [GROUPS, METRICS, VALUES, PERIODS, KEYED].flatMap((reasons) =>
  Object.values(reasons).flatMap((cases) => cases.map(({ ask }) => ({ source: `{ ${ask} }` }))),
);

const OWN: readonly Asked[] = [
  {
    source: `query ($by: [Dimension!]!, $with: Boolean!, $first: Int = 2) {
      __typename
      a: metrics(groupBy: $by, first: $first) { ...page rows @skip(if: $with) { title } }
      b: metrics(groupBy: [MONTH]) { ...page rows { month ... @include(if: $with) { numDocs again: numDocs } } }
    }
    fragment page on MetricsResult { id totalCount pageInfo { hasNextPage endCursor } rows { numQueries } }`,
    variables: { by: ['TITLE'], with: true },
  },
  {
    source: 'query ($first: Int!) { metrics(first: $first) { rows { numQueries } } }',
    variables: { first: 'many' },
  },
  { source: 'query ($first: Int!) { metrics(first: $first) { rows { numQueries } } }' },
  {
    source: 'query A { dataset { dataVersion } } query B { metrics { totals { numQueries } } }',
    operationName: 'B',
  },
  { source: 'query A { dataset { dataVersion } } query B { metrics { totals { numQueries } } }' },
  {
    source: `{ fine: metrics { totals { numQueries } }
      wrong: metrics(first: -1) { totals { numQueries } }
      metrics(groupBy: [TITLE]) { rows { title sourceRows(first: 2) { rows { at numDocs } } } }
      other: metrics(groupBy: [MONTH]) { rows { month sourceRows(first: 1) { rows { at } } } } }`,
  },
];

/** Texts that would do harm if a document were ever made into a program. */
const HOSTILE = [
  '__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74dprocess.exit(3)',
  '__MAGIC_NAN__57f286b9_4c20_487f_b409_79804ddcb4f8',
  '\u2028\'"`);process.exit(4);//\x24{process.exit(5)}',
];

/** What a document says again is looked at with what it said before in mind. */
const AGAIN: readonly Asked[] = [
  {
    source: `query ($o: Boolean) { metrics(groupBy: [MONTH], compare: [{key: "a", toDate: $o}]) {
      rows { month comparison(key: "a") { numQueries { previous } } } } }`,
    again: [{ o: true }, { o: false }, {}],
  },
  {
    source: `query ($d: Direction) { metrics(groupBy: [MONTH], orderBy: [{dimension: {name: MONTH, direction: $d}}]) {
      rows { month } } }`,
    again: [{ d: 'DESC' }, {}, { d: null }],
  },
  {
    source: `query ($a: Date, $b: Date) { metrics(where: {month: {gte: $a, lt: $b}}) { totals { numQueries } } }`,
    again: [{ a: '2023-12-01', b: '2024-02-01' }, { a: '2024-01-01' }, { a: null }],
  },
  {
    source: `query ($p: ChangePart) { metrics(groupBy: [MONTH], compare: [{key: "a"}],
      having: {compare: {key: "a", metric: NUM_QUERIES, part: $p, gte: 2}}) { rows { month } } }`,
    again: [{}, { p: 'DELTA' }, {}],
  },
  {
    source: `query ($x: Boolean!) { a: dataset { ...F @include(if: $x) } b: dataset { ...F } c: dataset { ...F @skip(if: $x) ...F } }
      fragment F on Dataset { dataVersion }`,
    variables: { x: true },
    again: [{ x: false }, { x: true }],
  },
  {
    source: `query A ($x: Boolean!) { dataset { ...F @include(if: $x) asOf } } query B { dataset { ...F } }
      fragment F on Dataset { dataVersion }`,
    operationName: 'A',
    variables: { x: false },
    again: [{ x: true }],
  },
  {
    source: `query ($x: Boolean!) { metrics(groupBy: [MONTH]) @include(if: $x) { rows { title } }
      metrics(groupBy: [MONTH]) { rows { numQueries } } }`,
    variables: { x: true },
    again: [{ x: false }],
  },
  {
    source:
      'query ($x: Boolean!) { dataset { a: dataVersion @include(if: $x) b: dataVersion a: dataVersion } }',
    variables: { x: false },
    again: [{ x: true }],
  },
  {
    source: 'query ($x: Boolean = true) { dataset @include(if: $x) { dataVersion } }',
    again: [{ x: null }, { x: false }],
  },
  { source: 'query ($f: Int = 3) { metrics(first: $f) { totalCount } }', again: [{ f: null }, { f: 1 }] },
  { source: 'query ($d: Dimension = MONTH) { metrics(groupBy: [$d]) { totalCount } }', again: [{ d: null }] },
  { source: '{ __type(name: "Dataset") { name } __schema { types { name } } }', again: [{}] },
  {
    source: `{ subtotals_a: metrics(groupBy: [MONTH]) { totalCount }
      a: metrics(groupBy: [MONTH]) { subtotals(by: [MONTH]) { rows { month } } } }`,
    again: [{}],
  },
  { source: '{ dataset { a: dataVersion __proto__: dataVersion constructor: asOf } }', again: [{}] },
  {
    source: `query A ($s: Boolean!, $b: Boolean!, $t: Boolean!) {
        dataset @include(if: $s) { dataVersion @include(if: $b) __typename @skip(if: $t) } }
      query B ($s: String, $b: Boolean!, $t: String) { x: dimensionValues(dimension: TITLE, search: $s) { totalCount }
        dataset @include(if: $b) { dataVersion } y: dimensionValues(dimension: TITLE, search: $t) { totalCount } }`,
    operationName: 'B',
    variables: { s: 'p', b: true, t: 'q,false,r' },
    again: [{ s: 'p,true,q', b: false, t: 'r' }],
  },
  ...HOSTILE.map((each) => ({
    source: `{ metrics(where: {user: {eq: ${JSON.stringify(each)}}}) { totals { numQueries } }
      dimensionValues(dimension: USER, search: ${JSON.stringify(each)}) { totalCount } }`,
    again: [{}],
  })),
];

/** Whether a result was in memory depends on who asked first. */
const text = (data: unknown) => JSON.stringify(data)?.replaceAll(/"cacheHit":(true|false)/g, '"cacheHit":…');
const shown = (errors: readonly GraphQLError[] | undefined) =>
  errors?.map((error) => [error.toJSON(), error.originalError?.constructor.name, error.nodes?.length]);

describeServed('what the executor runs', RAW, (_, served) => {
  const asked: readonly Asked[] = [
    ...[...goldenRequests(), ...readmeRequests(), ...REFUSED].filter(isValid),
    ...OWN,
    ...AGAIN,
  ];

  it.each(asked.map((each, index) => [index, each] as const))(
    '%i is answered as graphql-js does',
    async (_, { source, variables = {}, again = [], operationName }) => {
      const { schema, context } = served.api.api;
      const document = parse(source);
      expect(validate(schema, document)).toEqual([]);
      const executor = new Executor(schema);
      for (const variableValues of [variables, ...again, variables]) {
        const args = { document, variableValues, operationName };
        const expected = await execute({ ...args, schema, contextValue: await context() });
        const { data, errors } = await executor.execute({ ...args, contextValue: await context() });
        expect(text(data)).toBe(text(expected.data));
        expect(shown(errors)).toEqual(shown(expected.errors));
      }
    },
  );
});
