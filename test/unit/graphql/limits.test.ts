import { buildSchema, getIntrospectionQuery, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../src/config.ts';
import { limitsRule } from '../../../src/graphql/limits.ts';

const schema = buildSchema('type Query { a: Query, n: Int }');
const LIMITS = { maxDepth: 3, maxRootFields: 4, maxFields: 10 };

const told = (source: string, limits = LIMITS) =>
  validate(schema, parse(source), [limitsRule(limits)]).map(({ extensions: { reason, given } }) => [
    reason,
    given,
  ]);

describe('an operation', () => {
  it.each([
    ['{ a { a { n } } }', []],
    ['{ a { a { a { n } } } }', [['TOO_DEEP', 4]]],
    ['{ a { ...A } } fragment A on Query { a { ... on Query { a { n } } } }', [['TOO_DEEP', 4]]],
    ['{ a: n b: n c: n ...D } fragment D on Query { d: n }', []],
    ['{ a: n b: n c: n ...D } fragment D on Query { d: n e: n }', [['TOO_MANY_ROOT_FIELDS', 5]]],
    ['{ a { ...N m: n } b: a { ...N } } fragment N on Query { x: n y: n z: n }', []],
    [
      '{ a { ...N m: n } b: a { ...N } c: n } fragment N on Query { x: n y: n z: n w: n }',
      [['TOO_MANY_FIELDS', 12]],
    ],
    ['query A { n } query B { a { a { a { n } } } }', [['TOO_DEEP', 4]]],
    ['{ ...A } fragment A on Query { n a { ...A } }', []],
    ['{ ...None }', []],
  ])('%s', (source, expected) => {
    expect(told(source)).toEqual(expected);
  });

  it('of fragments that double each other is measured without being written out', () => {
    const doubled = Array.from(
      { length: 60 },
      (_, n) => `fragment F${n} on Query { a { ...F${n + 1} } b: a { ...F${n + 1} } }`,
    );
    const source = `{ ...F0 } ${doubled.join(' ')} fragment F60 on Query { n }`;
    const given = told(source, { ...LIMITS, maxDepth: 100 });
    expect(given).toEqual([['TOO_MANY_FIELDS', expect.any(Number)]]);
    expect(given[0]![1]).toBeGreaterThan(2 ** 60);
  });

  it('of the introspection that tools send passes with the default limits', () => {
    expect(told(getIntrospectionQuery({ inputValueDeprecation: true }), readConfig({}))).toEqual([]);
  });
});
