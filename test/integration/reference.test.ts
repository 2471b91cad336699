import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build } from '../../src/pipeline/build/build.ts';
import { filesOf, importFiles } from '../../src/pipeline/import/index.ts';
import { upgrade } from '../../src/pipeline/upgrade.ts';
import { quiet } from '../../src/progress.ts';
import { openApi, type TestApi } from '../support/api.ts';
import { describeEngines } from '../support/databases.ts';
import { requireReference, skipReference } from '../support/reference.ts';
import { rollups } from '../support/rollups.ts';

const MONTHS = ['2024-04-01', '2024-05-01', '2024-06-01'];
const round6 = (value: number) => Math.round(value * 1e6) / 1e6;

const movement = (month: string, users: readonly number[], retentionRate: number | null) => {
  const [newUsers, retainedUsers, churnedUsers, resurrectedUsers] = users;
  return { month, newUsers, retainedUsers, churnedUsers, resurrectedUsers, retentionRate };
};

describe.skipIf(skipReference)('the figures of the reference data', () => {
  describeEngines('through GraphQL', (fixture) => {
    let api: TestApi;

    beforeAll(async () => {
      await upgrade(fixture.engine, quiet);
      await importFiles(fixture.engine, filesOf(requireReference()), quiet);
      await build(fixture.engine, { progress: quiet, rollups });
      api = await openApi(fixture.engine);
    });
    afterAll(() => api?.close());

    it('gives the months', async () => {
      const { metrics } = await api.ask(`{ metrics(groupBy: [MONTH]) {
        rows { month numQueries numDocs avgFeedback engagementScore activeUsers isPartial }
        totals { numQueries numDocs engagementScore activeUsers activeDays activeFirms }
        totalCount meta { asOf dataVersion }
      } }`);
      const rounded = metrics.rows.map((row: Record<string, number>) => ({
        ...row,
        avgFeedback: round6(row.avgFeedback!),
        engagementScore: round6(row.engagementScore!),
      }));
      expect(rounded).toEqual([
        {
          month: MONTHS[0],
          numQueries: 5960,
          numDocs: 48147,
          avgFeedback: 4.071477,
          engagementScore: 0.428166,
          activeUsers: 1378,
          isPartial: false,
        },
        {
          month: MONTHS[1],
          numQueries: 7254,
          numDocs: 60209,
          avgFeedback: 4.087262,
          engagementScore: 0.425911,
          activeUsers: 1735,
          isPartial: false,
        },
        {
          month: MONTHS[2],
          numQueries: 5618,
          numDocs: 46276,
          avgFeedback: 4.074226,
          engagementScore: 0.416169,
          activeUsers: 1596,
          isPartial: true,
        },
      ]);
      const { engagementScore, ...counts } = metrics.totals;
      expect(counts).toEqual({
        numQueries: 18832,
        numDocs: 154632,
        activeUsers: 2948,
        activeDays: 86,
        activeFirms: 30,
      });
      expect(round6(engagementScore)).toBe(0.423269);
      expect(metrics.totalCount).toBe(3);
      expect(metrics.meta).toEqual({ asOf: '2024-06-27T00:00:00Z', dataVersion: 1 });
    });

    it('gives the levels of each month', async () => {
      const { metrics } = await api.ask(`{ metrics(groupBy: [MONTH, ENGAGEMENT_LEVEL]) {
        rows { month engagementLevel activeUsers }
      } }`);
      const rows = metrics.rows as { month: string; engagementLevel: string; activeUsers: number }[];
      const users = MONTHS.map((month) =>
        rows.filter((row) => row.month === month).map((row) => [row.engagementLevel, row.activeUsers]),
      );
      expect(users).toEqual([
        [
          ['LOW', 414],
          ['MEDIUM', 688],
          ['HIGH', 276],
        ],
        [
          ['LOW', 521],
          ['MEDIUM', 867],
          ['HIGH', 347],
        ],
        [
          ['LOW', 479],
          ['MEDIUM', 797],
          ['HIGH', 320],
        ],
      ]);
    });

    it('gives the titles', async () => {
      const { metrics } = await api.ask(`{ metrics(groupBy: [TITLE, MONTH]) {
        rows { title month numQueries engagementScore }
      } }`);
      const rows = metrics.rows.map((row: Record<string, number>) => [
        row.title,
        row.numQueries,
        round6(row.engagementScore!),
      ]);
      expect(rows).toEqual([
        ['JUNIOR_ASSOCIATE', 2713, 0.430806],
        ['JUNIOR_ASSOCIATE', 3211, 0.42468],
        ['JUNIOR_ASSOCIATE', 2487, 0.417105],
        ['ASSOCIATE', 1709, 0.431584],
        ['ASSOCIATE', 2166, 0.441252],
        ['ASSOCIATE', 1573, 0.414673],
        ['SENIOR_ASSOCIATE', 983, 0.417972],
        ['SENIOR_ASSOCIATE', 1345, 0.400709],
        ['SENIOR_ASSOCIATE', 1188, 0.40763],
        ['PARTNER', 555, 0.423383],
        ['PARTNER', 532, 0.435232],
        ['PARTNER', 370, 0.440013],
      ]);
    });

    it('gives firm 1068, and a day', async () => {
      const answer = await api.ask(`{
        metrics(groupBy: [FIRM], where: {firm: {eq: 1068}}) {
          rows { firm { id arr firmSize } numQueries numDocs activeUsers activeDays avgFeedback }
        }
        firmUsage(firm: {eq: 1068}) { rows { numQueries numDocs numActiveUsers numActiveDays avgFeedbackScore arr arrPerUser } }
        day: metrics(groupBy: [DAY], where: {day: {eq: "2024-05-15"}}) {
          rows { day numQueries activeUsers activeFirms numDocs avgFeedback }
        }
        dailyActivity(day: {eq: "2024-05-15"}) { rows { numQueries numActiveUsers numActiveFirms numDocs avgFeedbackScore } }
      }`);
      const [firm] = answer.metrics.rows;
      expect(firm).toMatchObject({
        firm: { id: '1068', arr: 1_000_000, firmSize: 640 },
        numQueries: 3019,
        numDocs: 23906,
        activeUsers: 580,
        activeDays: 86,
      });
      expect(firm.avgFeedback).toBeCloseTo(4.0851, 4);
      const [usage] = answer.firmUsage.rows;
      expect(usage).toMatchObject({
        numQueries: 3019,
        numDocs: 23906,
        numActiveUsers: 580,
        numActiveDays: 86,
        arr: 1_000_000,
      });
      expect(usage.arrPerUser).toBeCloseTo(1724.14, 2);
      const [day] = answer.day.rows;
      expect(day).toMatchObject({ numQueries: 304, activeUsers: 172, activeFirms: 27, numDocs: 2286 });
      expect(day.avgFeedback).toBeCloseTo(4.1118, 4);
      expect(answer.dailyActivity.rows[0]).toMatchObject({
        numQueries: 304,
        numActiveUsers: 172,
        numActiveFirms: 27,
        numDocs: 2286,
      });
    });

    it('gives the power users', async () => {
      const { powerUsers, metrics, variant } = await api.ask(`{
        powerUsers(first: 10000) {
          summary { records distinctUsers activeUsers rate byMonth { month records activeUsers } }
          rows { month user { id } engagementLevel activeTwoConsecutiveMonths used2plusInteractionTypes numInteractionTypesUsed }
          pageInfo { hasNextPage }
        }
        metrics(groupBy: [MONTH]) {
          rows { numPowerUsers }
          totals { numPowerUsers numHighEngagementUsers powerUserRate }
        }
        variant: powerUsers(
          where: {month: {eq: "2024-06-01"}}
          definition: {levelMonths: {atLeast: 2, ofLast: 3}, consecutiveMonths: 1, minInteractionTypes: 1}
        ) { summary { records } }
      }`);
      expect(powerUsers.summary).toMatchObject({ records: 451, distinctUsers: 356, activeUsers: 2948 });
      expect(powerUsers.summary.rate).toBeCloseTo(356 / 2948, 12);
      expect(powerUsers.summary.byMonth).toEqual([
        { month: MONTHS[0], records: 0, activeUsers: 1378 },
        { month: MONTHS[1], records: 222, activeUsers: 1735 },
        { month: MONTHS[2], records: 229, activeUsers: 1596 },
      ]);
      expect(powerUsers.rows).toHaveLength(451);
      expect(new Set(powerUsers.rows.map((row: { user: { id: string } }) => row.user.id)).size).toBe(356);
      for (const row of powerUsers.rows) {
        expect(row).toMatchObject({
          engagementLevel: 'HIGH',
          activeTwoConsecutiveMonths: true,
          used2plusInteractionTypes: true,
        });
      }
      expect(metrics.rows).toEqual([{ numPowerUsers: 0 }, { numPowerUsers: 222 }, { numPowerUsers: 229 }]);
      expect(metrics.totals).toEqual({
        numPowerUsers: 356,
        numHighEngagementUsers: 674,
        powerUserRate: 356 / 2948,
      });
      expect(variant.summary.records).toBe(184);
    });

    it('gives who came, stayed, went and came back', async () => {
      const { metrics } = await api.ask(`{ metrics(groupBy: [MONTH]) {
        rows { month newUsers retainedUsers churnedUsers resurrectedUsers retentionRate }
      } }`);
      expect(metrics.rows).toEqual([
        movement(MONTHS[0]!, [1378, 0, 0, 0], null),
        movement(MONTHS[1]!, [970, 765, 613, 0], 765 / 1378),
        movement(MONTHS[2]!, [600, 834, 901, 162], 834 / 1735),
      ]);
    });

    it('gives what firms pay and are licensed for', async () => {
      const { months, all, sizes, revenue } = await api.ask(`{
        months: metrics(groupBy: [MONTH]) {
          rows { arr seats unusedSeats seatUtilization arrPerActiveUser }
          totals { arr seats }
        }
        all: metrics { rows { arr seats arrPerActiveUser } }
        sizes: metrics(groupBy: [FIRM_SIZE_BAND]) { rows { firmSizeBand numQueries activeUsers seats } totals { seats } }
        revenue: metrics(groupBy: [ARR_BAND]) { rows { arrBand numQueries activeUsers arr } totals { arr } }
      }`);
      // Two firms were created after the last month of the data.
      const [arr, seats] = [4_905_000, 4180];
      expect(months.rows).toEqual(
        [1378, 1735, 1596].map((users) => ({
          arr,
          seats,
          unusedSeats: seats - users,
          seatUtilization: users / seats,
          arrPerActiveUser: arr / users,
        })),
      );
      expect(months.totals).toEqual({ arr: 5_405_000, seats: 4630 });
      expect(all.rows).toEqual([{ arr: 5_405_000, seats: 4630, arrPerActiveUser: 5_405_000 / 2948 }]);
      expect(sizes.rows.map(Object.values)).toEqual([
        ['SEATS_1_TO_49', 231, 39, 40],
        ['SEATS_50_TO_99', 3694, 555, 760],
        ['SEATS_100_TO_249', 10686, 1599, 2590],
        ['SEATS_250_AND_MORE', 4221, 755, 1240],
      ]);
      expect(sizes.totals.seats).toBe(4630);
      expect(revenue.rows.map(Object.values)).toEqual([
        ['BELOW_75K', 1836, 273, 290_000],
        ['FROM_75K_TO_150K', 4036, 675, 1_040_000],
        ['FROM_150K_TO_300K', 8739, 1245, 2_325_000],
        ['FROM_300K', 4221, 755, 1_750_000],
      ]);
      expect(revenue.totals.arr).toBe(5_405_000);
    });

    it('gives documents, feedback and breadth of use', async () => {
      const { metrics, types } = await api.ask(`{
        metrics(groupBy: [MONTH]) {
          rows { lowFeedbackShare highFeedbackShare avgActiveDays avgInteractionTypes }
          totals {
            medianDocsPerQuery p95DocsPerQuery minDocsPerQuery maxDocsPerQuery
            lowFeedbackShare highFeedbackShare avgActiveDays avgInteractionTypes
          }
        }
        types: metrics(groupBy: [INTERACTION_TYPES_USED]) { rows { interactionTypesUsed numQueries } }
      }`);
      const rows = metrics.rows.map((row: Record<string, number>) => Object.values(row).map(round6));
      expect(rows).toEqual([
        [480 / 5960, 4741 / 5960, 2.361393, 1.805515].map(round6),
        [561 / 7254, 5822 / 7254, 2.346398, 1.803458].map(round6),
        [442 / 5618, 4451 / 5618, 2.08396, 1.721805].map(round6),
      ]);
      const { avgActiveDays, avgInteractionTypes, ...totals } = metrics.totals;
      expect(totals).toEqual({
        medianDocsPerQuery: 1,
        p95DocsPerQuery: 41,
        minDocsPerQuery: 1,
        maxDocsPerQuery: 50,
        lowFeedbackShare: 1483 / 18832,
        highFeedbackShare: 15014 / 18832,
      });
      expect([avgActiveDays, avgInteractionTypes].map(round6)).toEqual([2.261839, 1.776386]);
      expect(types.rows.map(Object.values)).toEqual([
        [1, 2708],
        [2, 4540],
        [3, 11584],
      ]);
    });

    it('attributes the queries of the user of two firms to the firm of each event', async () => {
      const user = '633c06694d118c8578aac99bfd96d5a7';
      const { metrics, months, firms } = await api.ask(`{
        metrics(groupBy: [MONTH, FIRM], where: {user: {eq: "${user}"}}) { rows { month firm { id } numQueries numDocs } }
        months: metrics(groupBy: [USER], where: {user: {eq: "${user}"}, month: {lte: "2024-05-01"}}) {
          rows { activeDays numQueries } totals { numQueries }
        }
        firms: metrics(groupBy: [FIRM], first: 1000) { rows { numQueries activeUsers } totals { numQueries activeUsers } }
      }`);
      const rows = metrics.rows.map((row: Record<string, unknown>) => [
        row.month,
        (row.firm as { id: string }).id,
        row.numQueries,
        row.numDocs,
      ]);
      expect(rows.slice(0, 4)).toEqual([
        ['2024-04-01', '1022', 17, 353],
        ['2024-04-01', '1024', 18, 345],
        ['2024-05-01', '1022', 2, 4],
        ['2024-05-01', '1024', 1, 45],
      ]);
      expect(months.totals.numQueries).toBe(38);
      const sum = (name: string) =>
        firms.rows.reduce((total: number, row: Record<string, number>) => total + row[name]!, 0);
      expect(firms.rows).toHaveLength(30);
      expect(sum('numQueries')).toBe(18832);
      expect(firms.totals.numQueries).toBe(18832);
      expect(sum('activeUsers')).toBe(2949);
      expect(firms.totals.activeUsers).toBe(2948);
    });

    it('lists firms without events, the marts and the findings', async () => {
      const { firms, firmUsage, userEngagement, dataset, dataQuality } = await api.ask(`{
        firms { rows { id } } 
        firmUsage { rows { firm { id } numQueries avgFeedbackScore } }
        userEngagement(first: 10000) { rows { activityMonth user { id } } }
        dataset { dataVersion hasTimes asOf rowCounts { table rows } }
        dataQuality { version checks { name severity rows } }
      }`);
      expect(firms.rows).toHaveLength(32);
      const none = firmUsage.rows.filter((row: { numQueries: number }) => row.numQueries === 0);
      expect(none).toEqual([
        { firm: { id: '1102' }, numQueries: 0, avgFeedbackScore: null },
        { firm: { id: '11175' }, numQueries: 0, avgFeedbackScore: null },
      ]);
      expect(userEngagement.rows).toHaveLength(4709);
      expect(dataset).toMatchObject({ dataVersion: 1, hasTimes: false, asOf: '2024-06-27T00:00:00Z' });
      const rows = new Map(
        dataQuality.checks.map(({ name, rows }: { name: string; rows: number }) => [name, rows]),
      );
      expect(rows.get('users_in_several_firms')).toBe(2);
      expect(rows.get('firms_without_events')).toBe(2);
      const errors = dataQuality.checks.filter((check: { severity: string }) => check.severity === 'ERROR');
      expect(errors.every((check: { rows: number }) => check.rows === 0)).toBe(true);
    });
  });
});
