import { beforeAll, describe, expect, it } from 'vitest';
import { requireReference, skipReference } from '../support/reference.ts';
import type { DataSet } from './data.ts';
import { evaluate } from './evaluate.ts';
import { toNumber } from './fraction.ts';
import { readReference } from './reference.ts';
import type { Request } from './request.ts';
import type { Row } from './row.ts';

const round6 = (value: number | null) => value && Math.round(value * 1e6) / 1e6;

describe.skipIf(skipReference)('the naive evaluation of the reference data', () => {
  let data: DataSet;
  const rowsOf = (request: Request) => evaluate(data, request).rows;
  const numbers = (row: Pick<Row, 'metric'>, ...fields: string[]) =>
    fields.map((field) => round6(toNumber(row.metric(field))));

  beforeAll(() => {
    data = readReference(requireReference());
  });

  it('gives the months', () => {
    const fields = ['numQueries', 'numDocs', 'avgFeedback', 'engagementScore', 'activeUsers'];
    const rows = rowsOf({ groupBy: ['MONTH'] });
    expect(rows.map((row) => [row.keys.month, row.isPartial, ...numbers(row, ...fields)])).toEqual([
      ['2024-04-01', false, 5960, 48147, 4.071477, 0.428166, 1378],
      ['2024-05-01', false, 7254, 60209, 4.087262, 0.425911, 1735],
      ['2024-06-01', true, 5618, 46276, 4.074226, 0.416169, 1596],
    ]);
  });

  it('gives the totals', () => {
    const { totals } = evaluate(data, { groupBy: ['MONTH'] });
    const counts = ['numQueries', 'numDocs', 'activeUsers', 'activeFirms', 'activeDays'];
    expect(numbers(totals, ...counts)).toEqual([18832, 154632, 2948, 30, 86]);
    const ranked = ['engagementScore', 'numPowerUsers', 'numHighEngagementUsers'];
    expect(numbers(totals, ...ranked)).toEqual([0.423269, 356, 674]);
    expect(numbers(totals, 'arr', 'seats')).toEqual([5_405_000, 4630]);
  });

  it('gives the levels of each month', () => {
    const rows = rowsOf({ groupBy: ['MONTH', 'ENGAGEMENT_LEVEL'] });
    expect(rows.map((row) => [row.keys.engagementLevel, ...numbers(row, 'activeUsers')])).toEqual([
      ...[
        ['LOW', 414],
        ['MEDIUM', 688],
        ['HIGH', 276],
      ],
      ...[
        ['LOW', 521],
        ['MEDIUM', 867],
        ['HIGH', 347],
      ],
      ...[
        ['LOW', 479],
        ['MEDIUM', 797],
        ['HIGH', 320],
      ],
    ]);
  });

  it('gives the titles', () => {
    const rows = rowsOf({ groupBy: ['TITLE', 'MONTH'] });
    expect(rows.map((row) => [row.keys.title, ...numbers(row, 'numQueries', 'engagementScore')])).toEqual([
      ...[
        ['JUNIOR_ASSOCIATE', 2713, 0.430806],
        ['JUNIOR_ASSOCIATE', 3211, 0.42468],
        ['JUNIOR_ASSOCIATE', 2487, 0.417105],
      ],
      ...[
        ['ASSOCIATE', 1709, 0.431584],
        ['ASSOCIATE', 2166, 0.441252],
        ['ASSOCIATE', 1573, 0.414673],
      ],
      ...[
        ['SENIOR_ASSOCIATE', 983, 0.417972],
        ['SENIOR_ASSOCIATE', 1345, 0.400709],
        ['SENIOR_ASSOCIATE', 1188, 0.40763],
      ],
      ...[
        ['PARTNER', 555, 0.423383],
        ['PARTNER', 532, 0.435232],
        ['PARTNER', 370, 0.440013],
      ],
    ]);
  });

  it('gives a firm and a day', () => {
    const [firm] = rowsOf({ groupBy: ['FIRM'], where: { firm: { eq: '1068' } } });
    const ofFirm = ['numQueries', 'numDocs', 'activeUsers', 'activeDays', 'arr', 'seats'];
    expect(numbers(firm!, ...ofFirm)).toEqual([3019, 23906, 580, 86, 1_000_000, 640]);
    expect(toNumber(firm!.metric('avgFeedback'))).toBeCloseTo(4.0851, 4);
    expect(toNumber(firm!.metric('arrPerActiveUser'))).toBeCloseTo(1724.14, 2);
    const [day] = rowsOf({ groupBy: ['DAY'], where: { day: { eq: '2024-05-15' } } });
    expect(numbers(day!, 'numQueries', 'activeUsers', 'activeFirms', 'numDocs')).toEqual([
      304, 172, 27, 2286,
    ]);
    expect(toNumber(day!.metric('avgFeedback'))).toBeCloseTo(4.1118, 4);
  });

  it('gives the movements', () => {
    const fields = ['newUsers', 'retainedUsers', 'churnedUsers', 'resurrectedUsers'];
    const rows = rowsOf({ groupBy: ['MONTH'] });
    expect(rows.map((row) => numbers(row, ...fields, 'numPowerUsers'))).toEqual([
      [1378, 0, 0, 0, 0],
      [970, 765, 613, 0, 222],
      [600, 834, 901, 162, 229],
    ]);
    expect(rows.map((row) => numbers(row, 'retentionRate'))).toEqual([
      [null],
      [round6(765 / 1378)],
      [round6(834 / 1735)],
    ]);
  });

  it('counts the ARR and seats of firms created before the end of a month', () => {
    const [, , june] = rowsOf({ groupBy: ['MONTH'] });
    expect(numbers(june!, 'arr', 'seats', 'seatUtilization')).toEqual([4_905_000, 4180, round6(1596 / 4180)]);
  });

  it('attributes the queries of the user of two firms to the firm of each event', () => {
    const rows = rowsOf({
      groupBy: ['MONTH', 'FIRM'],
      where: { user: { eq: '633c06694d118c8578aac99bfd96d5a7' } },
    });
    const figures = rows.map((row) => [
      row.keys.month,
      row.keys.firm,
      ...numbers(row, 'numQueries', 'numDocs'),
    ]);
    expect(figures.slice(0, 4)).toEqual([
      ['2024-04-01', 1022, 17, 353],
      ['2024-04-01', 1024, 18, 345],
      ['2024-05-01', 1022, 2, 4],
      ['2024-05-01', 1024, 1, 45],
    ]);
  });

  it('counts each user once in a total', () => {
    const { rows, totals } = evaluate(data, { groupBy: ['FIRM'], emptyGroups: true });
    const users = rows.map((row) => toNumber(row.metric('activeUsers'))!);
    expect([
      users.length,
      users.reduce((all, each) => all + each),
      toNumber(totals.metric('activeUsers')),
    ]).toEqual([32, 2949, 2948]);
    expect(rows.filter(({ kind }) => kind === 'EMPTY').map(({ keys }) => keys.firm)).toEqual([1102, 11175]);
  });
});
