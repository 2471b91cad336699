import { expect, it } from 'vitest';
import { camelCase, screamingCase } from '../../../src/query/model/names.ts';

it('writes names in the case of each place', () => {
  expect(camelCase('num_power_users')).toBe('numPowerUsers');
  expect(camelCase('used_2plus')).toBe('used2plus');
  expect(screamingCase('num_power_users')).toBe('NUM_POWER_USERS');
});
