import { describe, expect, it } from 'vitest';
import { DateScalar, DateTimeScalar } from '../../src/graphql/scalars.ts';

describe('a date', () => {
  it.each(['0001-01-01', '2024-02-29', '9999-12-31'])('%s is taken', (text) => {
    expect(DateScalar.parseValue(text)).toBe(text);
  });

  it.each([
    '0000-01-01',
    '0000-12-31',
    '2023-02-29',
    '2024-13-01',
    '2024-00-10',
    '10000-01-01',
    '-0001-01-01',
    '2024-1-1',
    '',
    20240101,
    null,
  ])('%j is refused', (text) => {
    expect(() => DateScalar.parseValue(text)).toThrow('Expected a date such as "2024-06-30"');
  });
});

describe('an instant', () => {
  it.each([
    ['0001-01-01', '0001-01-01T00:00:00Z'],
    ['0001-01-01T02:00:00+02:00', '0001-01-01T00:00:00Z'],
    ['9999-12-31T23:59:59.999999Z', '9999-12-31T23:59:59.999999Z'],
    ['9999-12-31T21:59:59-02:00', '9999-12-31T23:59:59Z'],
    ['2024-06-30 12:00', '2024-06-30T12:00:00Z'],
    ['2024-06-30T12:00:00.000000Z', '2024-06-30T12:00:00Z'],
  ])('%s is %s', (text, expected) => {
    expect(DateTimeScalar.parseValue(text)).toBe(expected);
  });

  it.each([
    '0000-06-30',
    '0000-12-31T23:59:59Z',
    '0001-01-01T01:59:59+02:00',
    '9999-12-31T22:00:00-02:00',
    '2024-02-30T00:00:00Z',
    '2024-06-30T25:00:00Z',
    '2024-06-30T12:00:00+25:00',
    '2024-06-30T12',
    'today',
    1_719_705_600,
  ])('%j is refused', (text) => {
    expect(() => DateTimeScalar.parseValue(text)).toThrow(
      'Expected a time such as "2024-06-30T12:00:00Z" or a date',
    );
  });
});
