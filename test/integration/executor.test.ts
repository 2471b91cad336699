import {
  type DocumentNode,
  execute,
  type GraphQLError,
  getOperationAST,
  getVariableValues,
  parse,
  validate,
} from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import { expect, it } from 'vitest';
import { Executor, isLarge } from '../../src/graphql/executor.ts';
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
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
}

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

/** Whether a result was in memory depends on who asked first. */
const text = (data: unknown) => JSON.stringify(data)?.replaceAll(/"cacheHit":(true|false)/g, '"cacheHit":…');
/** All but large ones, and those whose operation or variables cannot be used. */
function canBeMade(document: DocumentNode, { variables = {}, operationName }: Asked) {
  const operation = getOperationAST(document, operationName);
  if (!operation || isLarge(operation, document)) return false;
  return !getVariableValues(schema, operation.variableDefinitions ?? [], variables).errors;
}

const shown = (errors: readonly GraphQLError[] | undefined) =>
  errors?.map((error) => [error.toJSON(), error.originalError?.constructor.name, error.nodes?.length]);

describeServed('what is run as code made of its document', RAW, (_, served) => {
  const asked: readonly Asked[] = [
    ...[...goldenRequests(), ...readmeRequests(), ...REFUSED].filter(isValid),
    ...OWN,
  ];

  it.each(asked.map((each, index) => [index, each] as const))(
    '%i answers as graphql-js does',
    async (_, each) => {
      const { schema, context } = served.api.api;
      const document = parse(each.source);
      expect(validate(schema, document)).toEqual([]);
      const { variables: variableValues = {}, operationName } = each;
      const args = { document, variableValues, operationName };
      const expected = await execute({ ...args, schema, contextValue: await context() });
      const made: boolean[] = [];
      const executor = new Executor(schema, (...given) => {
        const compiled = compileQuery(...given);
        made.push(isCompiledQuery(compiled));
        return compiled;
      });
      const first = await executor.execute({ ...args, contextValue: await context() });
      const again = await executor.execute({ ...args, contextValue: await context() });
      expect(made).toEqual(canBeMade(document, each) ? [true] : []);
      for (const { data, errors } of [first, again]) {
        expect(text(data)).toBe(text(expected.data));
        expect(shown(errors)).toEqual(shown(expected.errors));
      }
    },
  );
});
