import { describe, expect, test } from 'vitest';
import { monthStart } from '../../../seeds/calendar.ts';
import {
  generateEvents,
  generateFirms,
  generateUsers,
  resolveSeedOptions,
  type SeedOptions,
} from '../../../seeds/generate.ts';
import { summarise } from './summary.ts';

const SETS: [string, SeedOptions][] = [
  ['the default set', {}],
  ['another seed', { seed: 99 }],
  ['a long history', { events: 50_000, users: 3_000, firms: 80, months: 24, seed: 7 }],
  ['a year end', { events: 5_000, users: 900, firms: 10, months: 4, from: '2023-11-01', seed: 3 }],
  ['as many events as users', { events: 500, users: 500, firms: 20, months: 6 }],
];

describe.each(SETS)('%s', (_, options) => {
  const { events: numEvents, months, from, ...size } = resolveSeedOptions(options);
  const firms = generateFirms(options);
  const users = [...generateUsers(options)];
  const events = [...generateEvents(options)];

  test('has exactly the numbers asked for, each id once', () => {
    expect(events).toHaveLength(numEvents);
    expect(new Set(users.map((user) => user.id)).size).toBe(size.users);
    expect(new Set(firms.map((firm) => firm.id)).size).toBe(size.firms);
    expect(users.every((user) => /^[0-9a-f]{32}$/.test(user.id))).toBe(true);
  });

  test('has an event of every user and of every firm but two', () => {
    expect(new Set(events.map((event) => event.userId))).toEqual(new Set(users.map((user) => user.id)));
    const active = new Set(events.map((event) => event.firmId));
    expect(firms.filter((firm) => !active.has(firm.id))).toHaveLength(2);
  });

  test('has users created before their events and firms before both', () => {
    const firmCreated = new Map(firms.map((firm) => [firm.id, firm.created]));
    const userCreated = new Map(users.map((user) => [user.id, user.created]));
    const isLate = events.filter(
      (event) =>
        event.created.slice(0, 10) <= userCreated.get(event.userId)! ||
        event.created < firmCreated.get(event.firmId)!,
    );
    expect(isLate).toEqual([]);
    const firmsOf = homeFirms(events);
    const early = users.filter((user) => user.created < firmCreated.get(firmsOf.get(user.id)!)!);
    expect(early).toEqual([]);
  });

  test('is in order of days, all of them in the months asked for', () => {
    const days = events.map((event) => Date.parse(`${event.created.slice(0, 10)}T00:00:00Z`) / 86_400_000);
    expect(days.every((day, i) => i === 0 || day >= days[i - 1]!)).toBe(true);
    expect(days[0]).toBeGreaterThanOrEqual(monthStart(from, 0));
    expect(days.at(-1)).toBeLessThan(monthStart(from, months));
  });

  test('has values in range', () => {
    const isInRange = ({ created, numDocs, feedbackScore }: (typeof events)[number]) =>
      /^\d{4}-\d\d-\d\d ([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(created) &&
      numDocs >= 1 &&
      numDocs <= 50 &&
      feedbackScore >= 1 &&
      feedbackScore <= 5;
    expect(events.filter((event) => !isInRange(event))).toEqual([]);
    expect(firms.every((firm) => firm.firmSize % 10 === 0 && firm.arrInThousands > 0)).toBe(true);
  });
});

/** Each user's firm with the most events: the other is a second firm. */
function homeFirms(events: Iterable<{ userId: string; firmId: number }>): Map<string, number> {
  const homes = new Map<string, number>();
  for (const { userId, firmId } of events) if (!homes.has(userId)) homes.set(userId, firmId);
  return homes;
}

test.each(SETS.slice(0, 4))('%s has exactly one user in two firms, in one month', (_, options) => {
  expect(summarise(options).inTwoFirms).toHaveLength(1);
});

test('no user-month is spread over two firms when every user has one event', () => {
  expect(summarise({ events: 500, users: 500, firms: 20, months: 6 }).inTwoFirms).toEqual([]);
});
