import { describe, expect, it } from 'vitest';
import type { TimeDimension } from '../../../src/query/model/model.ts';
import { type Slot, slotsOf } from '../../../src/query/time/slots.ts';
import type { Grain } from '../../../src/query/time/time.ts';
import { normalWall } from '../../../src/query/time/wall.ts';
import {
  comparedWindow,
  ownLength,
  shiftBy,
  startsBefore,
  stretchesOf,
  toDateWindow,
  trailingWindow,
  type Window,
} from '../../../src/query/time/windows.ts';

const period = (grain: Grain): TimeDimension => ({
  ...{ kind: 'time', name: grain, grain },
  ...{ label: grain, description: grain },
});

/** The slot of a grain that starts at a label, cut by a range. */
function slot(grain: Grain, label: string, range: { from?: string; to?: string } = {}): Slot {
  const walls = Object.fromEntries(Object.entries(range).map(([end, text]) => [end, normalWall(text)]));
  const extent = { firstEvent: normalWall(label), asOf: normalWall(label), includesAsOf: true };
  const { from = normalWall(label), to } = walls as { from?: string; to?: string };
  return slotsOf([period(grain)], { from, ...(to !== undefined && { to }) }, extent, 1)![0]!;
}

/** Without fractions and midnights, for reading. */
function shown({ from, to }: Window): string {
  const short = (wall: string) => wall.replace(/\.000000$/, '').replace(/T00:00:00$/, '');
  return `${short(from)} – ${short(to)}`;
}

describe('the compared period', () => {
  it.each<[Grain, string, number, Grain, string]>([
    ['month', '2024-03-01', 1, 'month', '2024-02-01 – 2024-03-01'],
    ['month', '2024-02-01', 1, 'year', '2023-02-01 – 2023-03-01'],
    ['month', '2024-05-01', 1, 'quarter', '2024-02-01 – 2024-03-01'],
    ['quarter', '2024-04-01', 1, 'quarter', '2024-01-01 – 2024-04-01'],
    ['week', '2024-12-30', 1, 'year', '2024-01-01 – 2024-01-08'],
    ['week', '2024-03-04', 14, 'day', '2024-02-19 – 2024-02-26'],
    // A day that the earlier month has not is compared with that month's last.
    ['day', '2024-03-31', 1, 'month', '2024-02-29 – 2024-03-01'],
    ['day', '2024-03-29', 1, 'month', '2024-02-29 – 2024-03-01'],
    ['day', '2024-04-30', 1, 'month', '2024-03-30 – 2024-03-31'],
    // A leap day is compared with the last of February.
    ['day', '2024-02-29', 1, 'year', '2023-02-28 – 2023-03-01'],
    ['day', '2024-03-01', 1, 'day', '2024-02-29 – 2024-03-01'],
  ])('of the %s %s, %i %s before, is %s', (unit, label, count, by, expected) => {
    const shift = shiftBy(count, by, unit)!;
    expect(shown(comparedWindow(slot(unit, label), shift, unit, undefined))).toBe(expected);
  });

  it.each<[string, Grain, string, string, string]>([
    ['on a day that the earlier month has', 'month', '2024-06-01', '2024-06-27', '2024-05-01 – 2024-05-27'],
    ['at a time', 'month', '2024-06-01', '2024-06-26T13:45:10', '2024-05-01 – 2024-05-26T13:45:10'],
    [
      'after the last day of the earlier month',
      'month',
      '2024-03-01',
      '2024-03-31',
      '2024-02-01 – 2024-03-01',
    ],
    ['at a time of a day it has not', 'month', '2024-03-01', '2024-03-30T12:00', '2024-02-01 – 2024-03-01'],
    ['at the first of a month', 'quarter', '2024-04-01', '2024-05-01', '2024-01-01 – 2024-02-01'],
    ['within a day', 'day', '2024-03-10', '2024-03-10T08:00', '2024-03-09 – 2024-03-09T08:00:00'],
    ['within a week', 'week', '2024-03-04', '2024-03-06T08:00', '2024-02-26 – 2024-02-28T08:00:00'],
  ])('to date, as-of %s', (_, unit, label, asOf, expected) => {
    const made = comparedWindow(slot(unit, label), shiftBy(1, unit, unit)!, unit, normalWall(asOf));
    expect(shown(made)).toBe(expected);
  });

  it('is cut where the range cuts the row', () => {
    const cut = slot('month', '2024-03-01', { from: '2024-03-10', to: '2024-03-31' });
    expect(shown(comparedWindow(cut, { months: 1 }, 'month', undefined))).toBe('2024-02-10 – 2024-03-01');
    const day = slot('day', '2024-03-31', { from: '2024-03-31T06:00', to: '2024-03-31T12:00' });
    expect(shown(comparedWindow(day, { months: 1 }, 'day', undefined))).toBe(
      '2024-02-29T06:00:00 – 2024-02-29T12:00:00',
    );
  });

  it('of a part of a quarter that is of whole months is the same months of the earlier one', () => {
    const part = slot('quarter', '2024-01-01', { from: '2024-02-01', to: '2024-04-01' });
    expect(shown(comparedWindow(part, { months: 3 }, 'quarter', undefined))).toBe('2023-11-01 – 2024-01-01');
  });

  it.each([
    // From the first of a month to the last of one these are whole months, however long; else each day is moved.
    ['2024-02-01', '2024-03-01', 1, '2024-01-01 – 2024-02-01'],
    ['2024-04-30', '2024-05-01', 1, '2024-03-30 – 2024-03-31'],
    ['2024-04-10', '2024-05-01', 1, '2024-03-10 – 2024-03-31'],
    ['2025-02-28', '2025-03-01', 12, '2024-02-28 – 2024-02-29'],
    ['2024-03-31', '2024-04-01', 1, '2024-02-29 – 2024-03-01'],
  ])('of a range from %s to %s, %i months before, is %s', (from, to, months, expected) => {
    const range = { from: normalWall(from), to: normalWall(to) };
    const whole = { labels: [], start: range.from, end: range.to, ...range };
    expect(shown(comparedWindow(whole, { months }, undefined, undefined))).toBe(expected);
    const label = `${from.slice(0, 7)}-01`;
    expect(shown(comparedWindow(slot('month', label, { from, to }), { months }, 'month', undefined))).toBe(
      expected,
    );
  });

  it.each([
    ['2024-03-01', '2024-06-01', '2023-12-01 – 2024-03-01'],
    ['2024-03-11', '2024-03-21', '2024-03-01 – 2024-03-11'],
    ['2024-03-11T06:00', '2024-03-11T18:00', '2024-03-10T18:00:00 – 2024-03-11T06:00:00'],
  ])('of a range alone from %s to %s is as long: %s', (from, to, expected) => {
    const range = { from: normalWall(from), to: normalWall(to) };
    const whole = { labels: [], start: range.from, end: range.to, ...range };
    expect(shown(comparedWindow(whole, ownLength(range), undefined, undefined))).toBe(expected);
  });

  it.each<[number, Grain, Grain]>([
    [1, 'month', 'week'],
    [10, 'day', 'week'],
    [1, 'day', 'month'],
    [1, 'month', 'quarter'],
    [6, 'month', 'year'],
  ])('%i %s before does not move whole %ss', (count, by, unit) => {
    expect(shiftBy(count, by, unit)).toBeUndefined();
  });
});

describe('rolling windows', () => {
  it('hold the last periods, or those since a longer one began, up to the end of the row', () => {
    const may = slot('month', '2024-05-01', { from: '2024-05-10', to: '2024-05-20' });
    expect(shown(trailingWindow(may, 3, 'month'))).toBe('2024-03-01 – 2024-05-20');
    expect(shown(toDateWindow(slot('month', '2024-05-01'), 'quarter', 1))).toBe('2024-04-01 – 2024-06-01');
    expect(shown(toDateWindow(slot('month', '2024-05-01'), 'year', 4))).toBe('2024-04-01 – 2024-06-01');
    expect(shown(toDateWindow(slot('month', '2024-03-01'), 'year', 4))).toBe('2023-04-01 – 2024-04-01');
  });

  it('are partial while they begin in a period before that of the first event', () => {
    const first = normalWall('2024-04-02T08:00');
    const begins = (count: number, label: string) =>
      startsBefore(trailingWindow(slot('month', label), count, 'month'), 'month', first, 1);
    expect([begins(1, '2024-04-01'), begins(2, '2024-04-01'), begins(2, '2024-05-01')]).toEqual([
      false,
      true,
      false,
    ]);
  });
});

describe('the periods of an answer', () => {
  const extent = {
    firstEvent: normalWall('2024-01-30T10:00'),
    asOf: normalWall('2024-02-01'),
    includesAsOf: false,
  };
  const starts = (grains: Grain[], range = {}, of = extent) =>
    slotsOf(grains.map(period), range, of, 1)!.map(({ labels }) => labels.join(' '));

  it('run from the first event to as-of, which is in only when something can have happened then', () => {
    expect(starts(['day'])).toEqual(['2024-01-30', '2024-01-31']);
    expect(starts(['day'], {}, { ...extent, includesAsOf: true })).toEqual([
      '2024-01-30',
      '2024-01-31',
      '2024-02-01',
    ]);
  });

  it('run through the range where there is one', () => {
    expect(starts(['month'], { from: normalWall('2023-12-31'), to: normalWall('2024-02-01') })).toEqual([
      '2023-12-01',
      '2024-01-01',
    ]);
  });

  it('are what weeks and months have in common where both are grouped', () => {
    expect(
      starts(['week', 'month'], { from: normalWall('2024-01-29'), to: normalWall('2024-02-12') }),
    ).toEqual(['2024-01-29 2024-01-01', '2024-01-29 2024-02-01', '2024-02-05 2024-02-01']);
  });

  it('are not listed beyond ten thousand, and end with the calendar', () => {
    const all = { from: normalWall('0001-01-01'), to: normalWall('9999-12-31T23:00') };
    expect(slotsOf([period('day')], all, undefined, 1)).toBeUndefined();
    expect(slotsOf([period('year')], all, undefined, 1)).toHaveLength(9999);
  });
});

describe('the stretches of time that windows lie in', () => {
  const extent = { firstEvent: normalWall('2024-01-10'), asOf: normalWall('2024-12-20'), includesAsOf: true };
  const stretches = (...windows: readonly (readonly [string, string])[]) =>
    stretchesOf(
      windows.map(([from, to]) => ({ from: normalWall(from), to: normalWall(to) })),
      extent,
    ).map(({ from, to }) => [from?.slice(0, 10), to?.slice(0, 10)]);

  it('are one for windows that touch or overlap, in any order', () => {
    expect(stretches(['2024-03-01', '2024-04-01'], ['2024-02-01', '2024-03-01'])).toEqual([
      ['2024-02-01', '2024-04-01'],
    ]);
    expect(stretches(['2024-02-01', '2024-06-01'], ['2024-03-01', '2024-04-01'])).toEqual([
      ['2024-02-01', '2024-06-01'],
    ]);
  });

  it('are few', () => {
    const months = ['02', '04', '06', '08'].map((month) => [`2024-${month}-01`, `2024-${month}-20`] as const);
    expect(stretches(...months.slice(0, 3))).toHaveLength(3);
    expect(stretches(...months)).toEqual([['2024-02-01', '2024-08-20']]);
    expect(stretches()).toEqual([]);
  });

  it('are open where the data begin and end within them', () => {
    expect(stretches(['2024-01-10', '2024-12-20'])).toEqual([[undefined, '2024-12-20']]);
    expect(stretches(['2024-01-11', '2024-12-21'])).toEqual([['2024-01-11', undefined]]);
  });
});
