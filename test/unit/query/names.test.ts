import { expect, it } from 'vitest';
import { camelCase, nearest, screamingCase } from '../../../src/query/names.ts';

it('writes names in the case of each place', () => {
  expect(camelCase('num_power_users')).toBe('numPowerUsers');
  expect(camelCase('used_2plus')).toBe('used2plus');
  expect(screamingCase('num_power_users')).toBe('NUM_POWER_USERS');
});

it('finds the nearest name, if one is near', () => {
  const names = ['num_queries', 'num_docs', 'active_users'];
  expect(nearest('num_querys', names)).toBe('num_queries');
  expect(nearest('NUM_DOC', names)).toBe('num_docs');
  expect(nearest('revenue_per_seat', names)).toBeUndefined();
  expect(nearest('a', [])).toBeUndefined();
});
