import { expect, it } from 'vitest';
import { nearest } from '../../src/nearest.ts';

const NAMES = ['num_queries', 'num_docs', 'active_users', 'VAULT', 'ID'];

it.each([
  ['num_querys', 'num_queries'],
  ['NUM_DOC', 'num_docs'],
  ['vualt', 'VAULT'],
  ['volt', 'VAULT'],
  ['id', 'ID'],
  ['IT', undefined],
  ['e', undefined],
  ['revenue_per_seat', undefined],
  ['X1', undefined],
  ['', undefined],
  ['x'.repeat(101), undefined],
])('the name nearest to %s is %s', (given, expected) => {
  expect(nearest(given, NAMES)).toBe(expected);
});

it('nothing is near where there are no names', () => {
  expect(nearest('a', [])).toBeUndefined();
});
