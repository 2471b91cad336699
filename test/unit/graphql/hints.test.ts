import { type GraphQLError, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { formatError } from '../../../src/graphql/errors.ts';
import { buildApiSchema } from '../../../src/graphql/schema.ts';
import { ask } from './ask.ts';
import { shop } from './shop.ts';

const schema = buildApiSchema(shop);

/** The extensions of every error of a document, as a client gets them. */
const extensionsOf = (source: string) =>
  validate(schema, parse(source)).map(
    (error) => formatError(error.toJSON(), error, expect.unreachable, schema).extensions!,
  );

describe('a misspelt name', () => {
  it.each([
    ['{ metrics { rows { ordres } } }', 'UNKNOWN_FIELD', 'orders', ['metrics', 'rows', 'ordres']],
    ['{ a: metrics { totals { n: revenu } } }', 'UNKNOWN_FIELD', 'revenue', ['a', 'totals', 'n']],
    ['{ metrcs { totalCount } }', 'UNKNOWN_FIELD', 'metrics', ['metrcs']],
    ['{ metrics(groupby: [DAY]) { totalCount } }', 'UNKNOWN_ARGUMENT', 'groupBy', ['metrics', 'groupby']],
    [
      '{ metrics(groupBy: [DAY, MOUNTH]) { totalCount } }',
      'UNKNOWN_ENUM_VALUE',
      'MONTH',
      ['metrics', 'groupBy'],
    ],
    [
      '{ metrics(where: {channel: {eq: "PHNE"}}) { totalCount } }',
      ...(['UNKNOWN_ENUM_VALUE', 'PHONE', ['metrics', 'where', 'channel', 'eq']] as const),
    ],
    [
      '{ metrics(where: {not: {stoer: {eq: 1}}}) { totalCount } }',
      ...(['UNKNOWN_INPUT_FIELD', 'store', ['metrics', 'where', 'not', 'stoer']] as const),
    ],
    [
      'query ($where: MetricWhere) { metrics(where: $where) { totalCount } }',
      ...(['UNKNOWN_TYPE', 'MetricsWhere', []] as const),
    ],
    [
      'fragment Row on MetricsRow { ordres } query { metrics { rows { ...Row } } }',
      ...(['UNKNOWN_FIELD', 'orders', ['ordres']] as const),
    ],
  ])('%s is %s', (source, reason, suggestion, path) => {
    const [own] = extensionsOf(source);
    expect(own).toMatchObject({ code: 'GRAPHQL_VALIDATION_FAILED', reason, suggestion, path });
    expect(own!.allowed).toContain(suggestion);
  });

  it('has no suggestion where nothing is near, and still says what is allowed', () => {
    const [own] = extensionsOf('{ metrics(groupBy: [SOMETHING_ELSE]) { totalCount } }');
    expect(own).not.toHaveProperty('suggestion');
    expect(own!.allowed).toEqual([
      ...[
        'DAY',
        'WEEK',
        'MONTH',
        'QUARTER',
        'YEAR',
        'STORE',
        'CHANNEL',
        'PRICE_BAND',
        'LOYAL',
        'ITEMS',
        'COHORT',
      ],
    ]);
  });

  it('is told of beside others', () => {
    const all = extensionsOf('{ metrics(groupBy: [DAYS]) { rows { mont store { id nam } } } }');
    expect(all.map(({ suggestion }) => suggestion)).toEqual(['DAY', 'month', undefined]);
    expect(all.map(({ reason }) => reason)).toEqual(['UNKNOWN_ENUM_VALUE', 'UNKNOWN_FIELD', 'UNKNOWN_FIELD']);
  });
});

describe('other mistakes', () => {
  it.each(['{ metrics }', '{ metrics(first: "x") { totalCount } }', '{ dimensionValues { totalCount } }'])(
    '%s have no hint',
    (source) => {
      const [own] = extensionsOf(source);
      expect(own).not.toHaveProperty('reason');
    },
  );

  it('a request cannot take exactly two of the alternatives', () => {
    const message = (source: string) => validate(schema, parse(source)).map((error) => error.message);
    const range = '{between: {from: "2024-01-01", to: "2024-02-01"}, last: {count: 1, unit: DAY}}';
    expect(message(`{ metrics(timeRange: ${range}) { totalCount } }`)).toEqual([
      'OneOf Input Object "TimeRange" must specify exactly one key.',
    ]);
  });

  it('of the value of a variable are the client’s', async () => {
    const { errors } = await ask('query ($n: Int = 1) { metrics(first: $n) { totalCount } }', {
      variables: { n: null },
    });
    const [error] = errors as [GraphQLError];
    const { extensions } = formatError(error.toJSON(), error, expect.unreachable, schema);
    expect(extensions).toEqual({ code: 'BAD_USER_INPUT' });
  });
});
