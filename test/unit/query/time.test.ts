import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  contains,
  daysBetween,
  GRAINS,
  monthsBetween,
  moveDay,
  shift,
  startOf,
} from '../../../src/query/time/time.ts';
import { isBoundary, midnight } from '../../../src/query/time/wall.ts';

const DAY_MS = 86_400_000;
const dates = fc
  .integer({ min: Date.UTC(1900, 0, 1) / DAY_MS, max: Date.UTC(2999, 11, 31) / DAY_MS })
  .map((day) => new Date(day * DAY_MS).toISOString().slice(0, 10));
const grains = fc.constantFrom(...GRAINS);

describe('periods of the calendar', () => {
  it('hold their dates: the start is at or before, the next start after', () => {
    const property = fc.property(grains, dates, (grain, date) => {
      const start = startOf(grain, date);
      expect(start <= date && date < shift(grain, start, 1)).toBe(true);
      expect(startOf(grain, start)).toBe(start);
      expect(isBoundary(grain, midnight(start), 1)).toBe(true);
      expect(isBoundary(grain, midnight(date), 1)).toBe(start === date);
    });
    fc.assert(property);
  });

  it('shift there and back, and one by one', () => {
    const property = fc.property(grains, dates, fc.integer({ min: -50, max: 50 }), (grain, date, count) => {
      const start = startOf(grain, date);
      expect(shift(grain, shift(grain, start, count), -count)).toBe(start);
      expect(shift(grain, shift(grain, start, 1), count)).toBe(shift(grain, start, count + 1));
    });
    fc.assert(property);
  });

  it('are made of whole finer ones where contains says so', () => {
    const property = fc.property(grains, grains, dates, (coarse, fine, date) => {
      if (contains(coarse, fine)) expect(startOf(coarse, startOf(fine, date))).toBe(startOf(coarse, date));
    });
    fc.assert(property);
    expect(contains('month', 'week')).toBe(false);
    expect(contains('week', 'month')).toBe(false);
    expect(contains('week', 'day')).toBe(true);
    expect(contains('year', 'quarter')).toBe(true);
    expect(contains('month', 'quarter')).toBe(false);
    for (const grain of GRAINS) expect(contains(grain, 'instant')).toBe(true);
  });

  it.each([
    ['week', '2025-01-01', '2024-12-30'],
    ['week', '2024-12-30', '2024-12-30'],
    ['month', '2024-02-29', '2024-02-01'],
    ['quarter', '2024-02-29', '2024-01-01'],
    ['year', '2024-02-29', '2024-01-01'],
    ['month', '0050-03-04', '0050-03-01'],
  ] as const)('%s of %s starts on %s', (grain, date, start) => expect(startOf(grain, date)).toBe(start));

  it('stop at the years 1 and 9999', () => {
    expect(shift('year', '2024-01-01', -10_000)).toBe('0001-01-01');
    expect(shift('year', '9999-01-01', 1)).toBe('9999-12-31');
  });

  it('count quarters and years from the start of the fiscal year', () => {
    const property = fc.property(
      fc.constantFrom('quarter' as const, 'year' as const),
      dates,
      fc.integer({ min: 1, max: 12 }),
      (grain, date, first) => {
        const start = startOf(grain, date, first);
        expect(start <= date && date < shift(grain, start, 1)).toBe(true);
        const monthOfYear = (Number(start.slice(5, 7)) - first + 12) % 12;
        expect(monthOfYear % (grain === 'year' ? 12 : 3)).toBe(0);
      },
    );
    fc.assert(property);
    expect(startOf('year', '2024-03-31', 4)).toBe('2023-04-01');
    expect(startOf('quarter', '2024-01-15', 2)).toBe('2023-11-01');
  });

  it('keep the day when moved by months, or the last of a shorter month', () => {
    const moved = (date: string, months: number) => moveDay(date, { months });
    expect([moved('2024-03-31', -1), moved('2023-03-30', -1), moved('2024-02-29', -12)]).toEqual([
      '2024-02-29',
      '2023-02-28',
      '2023-02-28',
    ]);
    expect(moved('2024-12-31', 2)).toBe('2025-02-28');
    expect(moveDay('2024-02-28', { days: 2 })).toBe('2024-03-01');
    expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2);
    expect(monthsBetween('2023-11-30', '2024-02-01')).toBe(3);
  });
});
