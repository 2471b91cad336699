import { describe, expect, it } from 'vitest';
import { DateTimeScalar, TimePointScalar } from '../../../src/graphql/scalars.ts';
import { TimeZoneScalar } from '../../../src/graphql/time-zone.ts';

describe('a point in time', () => {
  it.each([
    ['2024-06-30', '2024-06-30T00:00:00'],
    ['2024-06-30T12:30', '2024-06-30T12:30:00'],
    ['2024-06-30 12:30:15.123456', '2024-06-30T12:30:15.123456'],
    ['2024-06-30T12:30:15.000', '2024-06-30T12:30:15'],
    ['2024-06-30T12:30Z', '2024-06-30T12:30:00Z'],
    ['2024-06-30T01:30+02:00', '2024-06-29T23:30:00Z'],
    ['2024-06-30T23:30:00.000001-0130', '2024-07-01T01:00:00.000001Z'],
  ])('%s keeps whether it has an offset', (given, expected) => {
    expect(TimePointScalar.parseValue(given)).toBe(expected);
  });

  it.each([
    '2024-02-30',
    '2024-06-30T25:00',
    '2024-13-01',
    '0000-01-01',
    'today',
    '2024-06-30T12:00+',
    20240630,
  ])('%s is none', (given) => {
    expect(() => TimePointScalar.parseValue(given)).toThrow(/Expected a time such as/);
  });

  it('as an instant is in UTC where nothing else is said', () => {
    expect(DateTimeScalar.parseValue('2024-06-30T12:30')).toBe('2024-06-30T12:30:00Z');
    expect(DateTimeScalar.parseValue('2024-06-30T12:30+02:00')).toBe('2024-06-30T10:30:00Z');
  });
});

describe('an instant', () => {
  it.each([
    ['2024-06-30T12:30:00Z', '2024-06-30T12:30:00Z'],
    ['2024-06-30T12:30:00.000Z', '2024-06-30T12:30:00Z'],
    ['2024-06-30T12:30:10.500Z', '2024-06-30T12:30:10.5Z'],
    ['2024-06-30T12:30:10.000001Z', '2024-06-30T12:30:10.000001Z'],
  ])('%s is printed with the digits that say something', (given, expected) => {
    expect(DateTimeScalar.serialize(given)).toBe(expected);
  });
});

describe('a time zone', () => {
  it.each([
    ['Europe/Berlin', 'Europe/Berlin'],
    ['europe/berlin', 'Europe/Berlin'],
    ['ASIA/CALCUTTA', 'Asia/Kolkata'],
    ['Asia/Kolkata', 'Asia/Kolkata'],
    ['utc', 'UTC'],
  ])('%s has one name', (given, expected) => {
    expect(TimeZoneScalar.parseValue(given)).toBe(expected);
  });

  it.each(['+01:00', '-0500', 'Berlin', '', 'Europe/Berlin; drop', 1, null])('%s is none', (given) => {
    expect(() => TimeZoneScalar.parseValue(given)).toThrow(/IANA name/);
  });
});
