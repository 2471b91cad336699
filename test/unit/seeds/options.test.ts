import { expect, test } from 'vitest';
import {
  generateEvents,
  generateFirms,
  generateUsers,
  resolveSeedOptions,
  type SeedOptions,
} from '../../../seeds/generate.ts';
import { summarise } from './summary.ts';

const INVALID: [SeedOptions, RegExp][] = [
  [{ events: 0 }, /events is 0, expected a whole number from 1 to/],
  [{ events: 1.5 }, /events is 1.5/],
  [{ events: Number.NaN }, /events is NaN/],
  [{ events: 2_999 }, /events is 2999, expected at least the number of users \(3000\)/],
  [{ users: 31 }, /users is 31, expected at least the number of firms \(32\)/],
  [{ firms: 0 }, /firms is 0/],
  [{ months: 0 }, /months is 0/],
  [{ seed: -1 }, /seed is -1, expected a whole number from 0 to 4294967295/],
  [{ from: '2024-04-02' }, /from is "2024-04-02", expected the first day of a month/],
  [{ from: '4/1/2024' }, /from is "4\/1\/2024"/],
  [{ from: '2024-13-01' }, /from is "2024-13-01"/],
];

test.each(INVALID)('%o is refused at once, by name', (options, message) => {
  for (const generate of [resolveSeedOptions, generateFirms, generateUsers, generateEvents])
    expect(() => generate(options)).toThrow(message);
});

test('all problems are told together', () => {
  expect(() => resolveSeedOptions({ months: 0, seed: 0.5 })).toThrow(/months is 0.*seed is 0.5/);
});

test('an option given as undefined takes its default', () => {
  expect(resolveSeedOptions({ events: undefined, users: 50 })).toMatchObject({ events: 19_000, users: 50 });
});

const SMALL: SeedOptions[] = [
  { events: 1, users: 1, firms: 1, months: 1 },
  { events: 1, users: 1, firms: 1, months: 24 },
  { events: 2, users: 2, firms: 2, months: 1 },
  { events: 3, users: 3, firms: 3, months: 3 },
  { events: 4, users: 4, firms: 4, months: 3 },
  { events: 1_000, users: 1, firms: 1, months: 1 },
  { events: 999, users: 5, firms: 5, months: 7, from: '2024-02-01' },
  { events: 5_001, users: 5_000, firms: 500, months: 12 },
];

test.each(SMALL)('%o gives exactly that', (options) => {
  const firms = generateFirms(options);
  const summary = summarise(options);
  expect(summary.events).toBe(options.events);
  expect(summary.perUser).toHaveLength(options.users!);
  expect(firms).toHaveLength(options.firms!);
  expect(summary.perFirm).toHaveLength(firms.length >= 4 ? firms.length - 2 : firms.length);
});

test('every number of events near a number of users comes out exactly', () => {
  for (let events = 40; events < 140; events++)
    expect(summarise({ events, users: 40, firms: 6, months: 5, seed: events }).events).toBe(events);
});
