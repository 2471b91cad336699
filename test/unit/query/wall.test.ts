import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addMicroseconds,
  microsecondsBetween,
  midnight,
  normalWall,
  wallOf,
} from '../../../src/query/time/wall.ts';

describe('wall-clock times', () => {
  it.each([
    ['2024-02-29', '2024-02-29T00:00:00.000000'],
    ['2024-02-29T12:30', '2024-02-29T12:30:00.000000'],
    ['2024-02-29T12:30:05.5', '2024-02-29T12:30:05.500000'],
    ['2024-02-29T12:30:05.000001Z', '2024-02-29T12:30:05.000001'],
  ])('%s is %s', (text, wall) => expect(normalWall(text)).toBe(wall));

  it('move by microseconds there and back', () => {
    const walls = fc
      .record({ day: fc.integer({ min: 0, max: 40_000 }), time: fc.integer({ min: 0, max: 86_399_999_999 }) })
      .map(({ day, time }) => addMicroseconds(midnight('1980-01-01'), day * 86_400_000_000 + time));
    const property = fc.property(walls, walls, (from, to) => {
      expect(addMicroseconds(from, microsecondsBetween(from, to))).toBe(to);
      expect(Math.sign(microsecondsBetween(from, to))).toBe(from === to ? 0 : from < to ? 1 : -1);
    });
    fc.assert(property);
  });

  it('show what clocks of a time zone show, over changes to and from summer time', () => {
    const shown = (instant: string) => wallOf(instant, 'America/New_York');
    expect(shown('2024-03-10T06:59:59.999999Z')).toBe('2024-03-10T01:59:59.999999');
    expect(shown('2024-03-10T07:00:00Z')).toBe('2024-03-10T03:00:00.000000');
    expect(shown('2024-11-03T05:30:00Z')).toBe('2024-11-03T01:30:00.000000');
    expect(shown('2024-11-03T06:30:00Z')).toBe('2024-11-03T01:30:00.000000');
    expect(wallOf('2023-12-31T18:00:00Z', 'Asia/Kathmandu')).toBe('2023-12-31T23:45:00.000000');
    expect(wallOf('2023-12-31T18:00:00.25Z', undefined)).toBe('2023-12-31T18:00:00.250000');
  });
});
