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
    ['53300', 'SERVICE_UNAVAILABLE'],
    ['ECONNREFUSED', 'SERVICE_UNAVAILABLE'],
    ['P1001', 'SERVICE_UNAVAILABLE'],
    ['P2010', 'INTERNAL_SERVER_ERROR'],
    ['42P01', 'INTERNAL_SERVER_ERROR'],
  ])('of the code %s is %s, and it is reported', (code, shown) => {
    expect(codeOf(Object.assign(new Error('secret'), { code }))).toEqual([shown, 1]);
  });

  it('of a connection that ends in the middle of a statement is that the database is away', () => {
    expect(codeOf(new Error('Connection terminated unexpectedly'))).toEqual(['SERVICE_UNAVAILABLE', 1]);
  });

  it.each([
    ['57P01', ['SERVICE_UNAVAILABLE', 1]],
    ['57014', ['TIMEOUT', 0]],
    ['23505', ['INTERNAL_SERVER_ERROR', 1]],
  ])('of %s below an error of Prisma is the same', (originalCode, shown) => {
    const meta = { driverAdapterError: Object.assign(new Error('x'), { cause: { originalCode } }) };
    expect(codeOf(Object.assign(new Error('Raw query failed'), { code: 'P2010', meta }))).toEqual(shown);
  });

  it('of a time-out is its name, without a report', () => {
    expect(codeOf(Object.assign(new Error('canceling'), { code: '57014' }))).toEqual(['TIMEOUT', 0]);
  });
});
