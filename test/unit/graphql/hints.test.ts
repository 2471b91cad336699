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
      ['metrics', 'groupBy', 1],
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

describe('a value that cannot be taken', () => {
  it.each([
    ['{ metrics(first: "x") { totalCount } }', ['metrics', 'first'], undefined],
    ['{ metrics(timeZone: "Mars") { totalCount } }', ['metrics', 'timeZone'], undefined],
    [
      '{ metrics(where: {or: [{day: {eq: "2024-02-30"}}]}) { totalCount } }',
      ...([['metrics', 'where', 'or', 0, 'day', 'eq'], undefined] as const),
    ],
    [
      '{ metrics(timeRange: {between: {from: 5, to: "2024-02-30"}}) { totalCount } }',
      ...([['metrics', 'timeRange', 'between', 'from'], undefined] as const),
    ],
    [
      '{ metrics(where: {channel: {eq: 1}}) { totalCount } }',
      ...([
        ['metrics', 'where', 'channel', 'eq'],
        ['WEB', 'SHOP', 'PHONE'],
      ] as const),
    ],
  ])('%s is told of with its path', (source, path, allowed) => {
    const [own] = extensionsOf(source);
    expect(own).toMatchObject({ code: 'GRAPHQL_VALIDATION_FAILED', reason: 'INVALID_VALUE', path });
    expect(own!.allowed).toEqual(allowed);
  });

  it('has its place in the document', () => {
    const [error] = validate(schema, parse('{ metrics(timeZone: "Mars") { totalCount } }'));
    expect(error!.locations).toEqual([{ line: 1, column: 21 }]);
  });
});

describe('the value of a variable', () => {
  const WHERE = 'query ($w: MetricsWhere) { m: metrics(where: $w) { totalCount } }';
  const told = async (source: string, variables: Record<string, unknown>) => {
    const { errors } = await ask(source, { variables });
    return errors!.map((error) => formatError(error.toJSON(), error, expect.unreachable, schema).extensions);
  };
  const code = 'BAD_USER_INPUT';

  it('has the hints of a literal, with the path of both', async () => {
    const w = { stoer: { eq: '1' }, and: [{ channel: { in: ['WEB', 'PHNE'] } }] };
    expect(await told(WHERE, { w })).toMatchObject([
      {
        ...{ code, reason: 'UNKNOWN_ENUM_VALUE', suggestion: 'PHONE', allowed: ['WEB', 'SHOP', 'PHONE'] },
        path: ['m', 'where', 'and', 0, 'channel', 'in', 1],
        variable: ['w', 'and', 0, 'channel', 'in', 1],
      },
      {
        ...{ code, reason: 'UNKNOWN_INPUT_FIELD', suggestion: 'store' },
        path: ['m', 'where', 'stoer'],
        variable: ['w', 'stoer'],
      },
    ]);
  });

  it.each<[string, unknown, readonly (string | number)[]]>([
    ['MetricsWhere', { day: { eq: '2024-02-30' } }, ['v', 'day', 'eq']],
    ['MetricsWhere', { and: { day: { in: 'x' } } }, ['v', 'and', 'day', 'in']],
    ['MetricsWhere', [], ['v']],
    ['MetricsWhere!', null, ['v']],
    ['MetricsWhere!', undefined, ['v']],
  ])('of %s that is %j cannot be taken', async (type, v, variable) => {
    const source = `query ($v: ${type}) { metrics(where: $v) { totalCount } }`;
    const path = ['metrics', 'where', ...variable.slice(1)];
    expect(await told(source, v === undefined ? {} : { v })).toEqual([
      { code, reason: 'INVALID_VALUE', path, variable },
    ]);
  });

  it.each([
    ['TimeZone', 'timeZone', 'Mars'],
    ['TimeRange', 'timeRange', { between: { from: '2024-13-01', to: '2024-12-01' } }],
    ['Int', 'first', 'x'],
  ])('of %s has a reason', async (type, argument, v) => {
    const source = `query ($v: ${type}) { metrics(${argument}: $v) { totalCount } }`;
    expect(await told(source, { v })).toMatchObject([{ code, reason: 'INVALID_VALUE' }]);
  });

  it('is told of for each of several variables, where each is used', async () => {
    const source = `query Other { metrics { totalCount } }
      query Q($groups: [Dimension!]!, $w: MetricsWhere, $by: Dimension!) {
        metrics(where: {not: $w}, groupBy: [DAY, $by]) { ...Own }
      }
      fragment Own on MetricsResult { subtotals(by: $groups) { totalCount } }`;
    const variables = { groups: ['DAY', 'YAER'], w: { stoer: {}, chanel: {} }, by: 'WEAK' };
    const { errors } = await ask(source, { variables, operationName: 'Q' });
    expect(errors!.map(({ extensions }) => [extensions.path, extensions.suggestion])).toEqual([
      [['subtotals', 'by', 1], 'YEAR'],
      [['metrics', 'where', 'not', 'stoer'], 'store'],
      [['metrics', 'where', 'not', 'chanel'], 'channel'],
      [['metrics', 'groupBy', 1], 'WEEK'],
    ]);
  });
});

describe('other mistakes', () => {
  it.each(['{ metrics }', '{ dimensionValues { totalCount } }'])('%s have no hint', (source) => {
    const [own] = extensionsOf(source);
    expect(own).not.toHaveProperty('reason');
  });

  it('of variables, that no value could mend, have none', async () => {
    const { errors } = await ask('query ($v: Int) { metrics { totalCount } }');
    expect(errors![0]!.extensions).not.toHaveProperty('reason');
  });

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
