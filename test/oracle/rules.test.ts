import { describe, expect, it } from 'vitest';
import { type DataSet, type EventRow, midnight } from './data.ts';
import { evaluate } from './evaluate.ts';
import { toNumber } from './fraction.ts';
import { questionOf } from './question.ts';
import type { Comparison, Request } from './request.ts';
import { back, endBack } from './shift.ts';
import { comparedWindows } from './windows.ts';

/** Rules that are easily got wrong, with figures worked out by hand. */
const at = (created: string, more: Partial<EventRow> = {}): EventRow => ({
  created: created.length > 10 ? `${created}.000000` : midnight(created),
  firm: 1,
  user: 'a',
  type: 'VAULT',
  docs: 2,
  feedback: 4,
  ...more,
});
const dataOf = (...events: EventRow[]): DataSet => ({
  events,
  users: ['a', 'b'].map((id) => ({ id, created: midnight('2023-01-15'), title: 'PARTNER' })),
  firms: [1, 2, 3].map((id) => ({
    id,
    created: midnight('2023-01-01'),
    size: 10 * id,
    arrInThousands: 75 * id,
  })),
});
const figures = (data: DataSet, request: Request, ...fields: string[]) =>
  evaluate(data, request).rows.map((row) => [
    ...Object.values(row.keys),
    row.kind,
    ...fields.map((field) => toNumber(row.metric(field))),
  ]);

describe('moving time back', () => {
  it.each([
    ['2024-03-31 12:00:00.000000', 1, '2024-02-29 12:00:00.000000'],
    ['2024-02-29 00:00:00.000000', 12, '2023-02-28 00:00:00.000000'],
    ['2024-01-15 23:59:59.999999', 3, '2023-10-15 23:59:59.999999'],
  ])('takes %s by %i months to the same day or the last', (wall, months, expected) => {
    expect(back(wall, { months })).toBe(expected);
  });

  it.each([
    ['2024-03-01 00:00:00.000000', 1, '2024-02-01 00:00:00.000000'],
    ['2024-03-31 00:00:00.000000', 1, '2024-03-01 00:00:00.000000'],
    ['2024-03-16 00:00:00.000000', 1, '2024-02-16 00:00:00.000000'],
    ['2024-02-29 00:00:00.000000', 12, '2023-03-01 00:00:00.000000'],
    ['2024-03-31 12:00:00.000000', 1, '2024-03-01 00:00:00.000000'],
    ['2024-03-30 12:00:00.000000', 12, '2023-03-30 12:00:00.000000'],
  ])('takes the end %s by %i months to the end of a day', (wall, months, expected) => {
    expect(endBack(wall, { months }, true)).toBe(expected);
  });

  it.each([
    ['2024-05-01 00:00:00.000000', 1, '2024-03-31 00:00:00.000000'],
    ['2025-03-01 00:00:00.000000', 12, '2024-02-29 00:00:00.000000'],
  ])('takes the end %s by %i months to the end of a day, where no month begins', (wall, months, expected) => {
    expect(endBack(wall, { months }, false)).toBe(expected);
  });
});

describe('the time that is compared', () => {
  const window = (
    data: DataSet,
    request: Request,
    keys: Record<string, string>,
    comparison: Partial<Comparison>,
  ) => {
    const { events, whole } = comparedWindows(questionOf(data, request, 1), keys, {
      key: 'x',
      ...comparison,
    });
    return [events, whole].map(({ from, to }) => [from, to].map((wall) => wall!.slice(0, 16)).join(' → '));
  };
  const until = (created: string) => dataOf(at('2023-01-05'), at(created));

  it('ends at the same point of the earlier month as the data do', () => {
    expect(window(until('2024-05-30'), { groupBy: ['MONTH'] }, { month: '2024-05-01' }, {})).toEqual([
      '2024-04-01 00:00 → 2024-05-01 00:00',
      '2024-04-01 00:00 → 2024-05-01 00:00',
    ]);
    expect(window(until('2024-05-10'), { groupBy: ['MONTH'] }, { month: '2024-05-01' }, {})).toEqual([
      '2024-04-01 00:00 → 2024-04-11 00:00',
      '2024-04-01 00:00 → 2024-05-01 00:00',
    ]);
  });

  it('is a whole earlier period where the row has one', () => {
    const data = until('2024-12-31');
    expect(window(data, { groupBy: ['MONTH'] }, { month: '2024-03-01' }, {})[0]).toBe(
      '2024-02-01 00:00 → 2024-03-01 00:00',
    );
    expect(window(data, { groupBy: ['DAY'] }, { day: '2024-02-29' }, { to: 'YEAR_BEFORE' })[0]).toBe(
      '2023-02-28 00:00 → 2023-03-01 00:00',
    );
    expect(window(data, { groupBy: ['WEEK'] }, { week: '2024-12-02' }, { to: 'YEAR_BEFORE' })[0]).toBe(
      '2023-12-04 00:00 → 2023-12-11 00:00',
    );
  });

  it('is as long as the range where no period is grouped', () => {
    const range = (from: string, to: string): Request => ({
      groupBy: [],
      timeRange: { between: { from, to } },
    });
    const data = until('2024-12-31');
    expect(window(data, range('2024-03-01', '2024-05-01'), {}, {})[0]).toBe(
      '2024-01-01 00:00 → 2024-03-01 00:00',
    );
    expect(window(data, range('2024-03-02', '2024-03-05'), {}, {})[0]).toBe(
      '2024-02-28 00:00 → 2024-03-02 00:00',
    );
    expect(window(data, range('2024-03-01T06:00:00', '2024-03-01T12:00:00Z'), {}, {})[0]).toBe(
      '2024-03-01 00:00 → 2024-03-01 06:00',
    );
  });
});

describe('rows without events', () => {
  const data = dataOf(at('2024-01-10'), at('2024-03-10', { firm: 2, user: 'b' }), at('2024-03-11'));

  it('are filled between the first event and as-of', () => {
    expect(
      figures(data, { groupBy: ['MONTH'], fill: true }, 'numQueries', 'avgFeedback', 'churnedUsers'),
    ).toEqual([
      ['2024-01-01', 'GROUP', 1, 4, 0],
      ['2024-02-01', 'FILLED', 0, null, 1],
      ['2024-03-01', 'GROUP', 2, 4, 0],
    ]);
  });

  it('appear for members that pass the filter as far as they tell', () => {
    const request: Request = {
      groupBy: ['FIRM', 'ARR_BAND'],
      emptyGroups: true,
      where: {
        or: [{ firm: { gt: '1' } }, { title: { eq: 'ASSOCIATE' } }],
        not: { arrBand: { eq: 'FROM_150K_TO_300K' } },
      },
    };
    expect(figures(data, request, 'numQueries')).toEqual([[1, 'FROM_75K_TO_150K', 'EMPTY', 0]]);
  });

  it('appear for groups of the compared period only', () => {
    const request: Request = { groupBy: ['MONTH', 'FIRM'], compare: [{ key: 'x', to: 'PREVIOUS_PERIOD' }] };
    expect(figures(data, request, 'numQueries')).toEqual([
      ['2024-01-01', 1, 'GROUP', 1],
      ['2024-02-01', 1, 'EMPTY', 0],
      ['2024-03-01', 1, 'GROUP', 1],
      ['2024-03-01', 2, 'GROUP', 1],
    ]);
  });
});

describe('rows that are folded together', () => {
  it('are computed from their base rows, and come after what they were beside', () => {
    const data = dataOf(
      at('2024-01-10', { firm: 2 }),
      at('2024-01-10', { firm: 2 }),
      at('2024-01-11'),
      at('2024-01-12', { firm: 3 }),
    );
    const request: Request = {
      groupBy: ['MONTH', 'FIRM'],
      orderBy: [{ metric: { name: 'NUM_QUERIES', direction: 'DESC' } }],
      limitBy: { n: 1, per: ['MONTH'], other: true },
    };
    expect(figures(data, request, 'numQueries', 'activeUsers', 'seats')).toEqual([
      ['2024-01-01', 2, 'GROUP', 2, 1, 20],
      ['2024-01-01', null, 'OTHER', 2, 1, 40],
    ]);
  });
});

describe('time zones', () => {
  it('take an event to the day that its zone shows', () => {
    const data = dataOf(at('2024-03-31 00:30:00'), at('2024-03-31 23:30:00'));
    const days = (timeZone: string) => figures(data, { groupBy: ['DAY'], timeZone }, 'numQueries');
    expect(days('America/New_York')).toEqual([
      ['2024-03-30', 'GROUP', 1],
      ['2024-03-31', 'GROUP', 1],
    ]);
    expect(days('Europe/Berlin')).toEqual([
      ['2024-03-31', 'GROUP', 1],
      ['2024-04-01', 'GROUP', 1],
    ]);
  });
});

describe('fiscal years', () => {
  it('begin, and their quarters, with the month that is set', () => {
    const request: Request = { groupBy: ['YEAR', 'QUARTER'] };
    const { rows } = evaluate(dataOf(at('2024-01-31'), at('2024-02-01')), request, { fiscalStart: 2 });
    expect(rows.map(({ keys }) => [keys.year, keys.quarter])).toEqual([
      ['2023-02-01', '2023-11-01'],
      ['2024-02-01', '2024-02-01'],
    ]);
  });
});
