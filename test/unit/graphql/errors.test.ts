import { buildSchema, GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { formatError } from '../../../src/graphql/errors.ts';

const schema = buildSchema('type Query { version: Int }');

function codeOf(original: Error): [unknown, number] {
  let reported = 0;
  const error = new GraphQLError(original.message, { originalError: original });
  const formatted = formatError(error.toJSON(), error, () => reported++, schema);
  return [formatted.extensions?.code, reported];
}

describe('what a client sees of an error', () => {
  it.each([
    ['08006', 'SERVICE_UNAVAILABLE'],
    ['57P01', 'SERVICE_UNAVAILABLE'],
    ['57P03', 'SERVICE_UNAVAILABLE'],
    ['ECONNREFUSED', 'SERVICE_UNAVAILABLE'],
    ['42P01', 'INTERNAL_SERVER_ERROR'],
  ])('of the code %s is %s, and it is reported', (code, shown) => {
    expect(codeOf(Object.assign(new Error('secret'), { code }))).toEqual([shown, 1]);
  });

  it('of a connection that ends in the middle of a statement is that the database is away', () => {
    expect(codeOf(new Error('Connection terminated unexpectedly'))).toEqual(['SERVICE_UNAVAILABLE', 1]);
  });

  it('of a time-out is its name, without a report', () => {
    expect(codeOf(Object.assign(new Error('canceling'), { code: '57014' }))).toEqual(['TIMEOUT', 0]);
  });
});
