import { expect, it } from 'vitest';
import type { Engine } from '../../src/database/engine.ts';
import { event, firm, rawOf, user } from '../support/raw.ts';
import { describeServed } from '../support/serve.ts';

const EVENTS = [
  event({ userId: 'known', created: '2024-01-10T08:00:00', firmId: 1, numDocs: 1, feedbackScore: 5 }),
  event({ userId: 'ghost', created: '2024-01-11T08:00:00', firmId: 1, numDocs: 2, feedbackScore: 1 }),
  event({ userId: 'ghost', created: '2024-01-12T08:00:00', firmId: 7, numDocs: 4, feedbackScore: 3 }),
  event({ userId: 'known', created: '2024-02-10T08:00:00', firmId: 7, numDocs: 8, feedbackScore: 4 }),
  event({ userId: 'ghost', created: '2024-03-10T08:00:00', firmId: 1, numDocs: 16, feedbackScore: 2 }),
];
const RAW = {
  ...rawOf(EVENTS),
  users: [user({ id: 'known', title: 'PARTNER' }), user({ id: 'ghost', title: 'PARTNER' })],
  firms: [
    firm({ id: 1, firmSize: 10, arrInThousands: 100 }),
    firm({ id: 7, firmSize: 70, arrInThousands: 700 }),
  ],
};

/** An import refuses events of unknown users and firms; what is known of them may still get lost on the way. */
async function forget(engine: Engine): Promise<void> {
  await engine.exclusive(async (session) => {
    await session.script(
      `delete from mart.users where user_id = 'ghost'; delete from mart.firms where firm_id = 7`,
    );
  });
}

describeServed(
  'missing keys',
  RAW,
  (ask) => {
    it('are a group of their own in which all facts meet', async () => {
      const { metrics } = await ask(`{ metrics(groupBy: [MONTH, TITLE]) {
        rows { month title kind numQueries numDocs activeUsers avgActiveDays newUsers churnedUsers resurrectedUsers }
        totals { numQueries activeUsers avgActiveDays }
      } }`);
      const row = (month: string, title: string | null, own: readonly number[], moved: readonly number[]) => {
        const [numQueries, numDocs, activeUsers, avgActiveDays] = own;
        const [newUsers, churnedUsers, resurrectedUsers] = moved;
        return {
          ...{ month, title, kind: 'GROUP', numQueries, numDocs, activeUsers, avgActiveDays },
          ...{ newUsers, churnedUsers, resurrectedUsers },
        };
      };
      expect(metrics.rows).toEqual([
        row('2024-01-01', 'PARTNER', [1, 1, 1, 1], [1, 0, 0]),
        row('2024-01-01', null, [2, 6, 1, 2], [1, 0, 0]),
        row('2024-02-01', 'PARTNER', [1, 8, 1, 1], [0, 0, 0]),
        row('2024-03-01', null, [1, 16, 1, 1], [0, 0, 1]),
      ]);
      expect(metrics.totals).toEqual({ numQueries: 5, activeUsers: 2, avgActiveDays: 5 / 4 });
    });

    it('are neither the total nor what is folded', async () => {
      const { metrics } = await ask(`{ metrics(
        groupBy: [MONTH, TITLE], orderBy: [{dimension: {name: TITLE, nulls: FIRST}}, {metric: {name: NUM_QUERIES, direction: DESC}}],
        limitBy: {n: 1, per: [TITLE], other: true}
      ) {
        rows { id kind month title numQueries numDocs share { numQueries } of: share(of: [TITLE]) { numQueries } }
        totals { id numQueries }
        subtotals(by: [TITLE]) { rows { id kind title numQueries share { numQueries } } totalCount }
        all: subtotals(by: []) { rows { id kind title: numQueries } }
      } }`);
      const row = (kind: string, month: string | null, title: string | null, numbers: readonly number[]) => {
        const [numQueries, numDocs, share, of] = numbers;
        return {
          ...{ kind, month, title, numQueries, numDocs },
          ...{ share: { numQueries: share }, of: { numQueries: of } },
        };
      };
      expect(metrics.rows).toMatchObject([
        row('GROUP', '2024-01-01', null, [2, 6, 0.4, 2 / 3]),
        row('OTHER', null, null, [1, 16, 0.2, 1 / 3]),
        row('GROUP', '2024-01-01', 'PARTNER', [1, 1, 0.2, 0.5]),
        row('OTHER', null, 'PARTNER', [1, 8, 0.2, 0.5]),
      ]);
      expect(metrics.subtotals).toMatchObject({
        totalCount: 2,
        rows: [
          { kind: 'GROUP', title: 'PARTNER', numQueries: 2, share: { numQueries: 0.4 } },
          { kind: 'GROUP', title: null, numQueries: 3, share: { numQueries: 0.6 } },
        ],
      });
      const ids = [...metrics.rows, metrics.totals, ...metrics.subtotals.rows, ...metrics.all.rows];
      expect(new Set(ids.map(({ id }: { id: string }) => id)).size).toBe(8);
    });

    it('meet in comparisons, rolling windows and the periods that they add or fill', async () => {
      const { metrics } = await ask(`{ metrics(
        groupBy: [MONTH, TITLE], where: {title: {isNull: true}}, fill: true,
        compare: [{key: "before"}], rolling: [{key: "two", trailing: 2}]
      ) { rows { kind month title numQueries comparison(key: "before") { numQueries { previous } } rolling(key: "two") { numQueries activeUsers } } } }`);
      const row = (kind: string, month: string, numQueries: number, previous: number, rolled: number) => ({
        ...{ kind, month, title: null, numQueries, comparison: { numQueries: { previous } } },
        rolling: { numQueries: rolled, activeUsers: 1 },
      });
      expect(metrics.rows).toEqual([
        row('GROUP', '2024-01-01', 2, 0, 2),
        row('EMPTY', '2024-02-01', 0, 2, 2),
        row('GROUP', '2024-03-01', 1, 0, 1),
      ]);
    });

    it('survive having, and totals are of those that do', async () => {
      const { metrics } = await ask(`{ metrics(
        groupBy: [TITLE, FIRM_SIZE_BAND], having: {numDocs: {notIn: [1, 8]}}
      ) {
        rows { title firmSizeBand numDocs engagementScore sourceRows { rows { numDocs } } }
        totals { numDocs activeUsers avgActiveDays }
        subtotals(by: [FIRM_SIZE_BAND]) { rows { firmSizeBand numDocs activeUsers } }
      } }`);
      expect(metrics.rows).toMatchObject([
        {
          title: null,
          firmSizeBand: 'SEATS_1_TO_49',
          numDocs: 18,
          sourceRows: { rows: [{ numDocs: 2 }, { numDocs: 16 }] },
        },
        { title: null, firmSizeBand: null, numDocs: 4, sourceRows: { rows: [{ numDocs: 4 }] } },
      ]);
      // Both user-months of the unknown user, one of them under two bands.
      expect(metrics.totals).toEqual({ numDocs: 22, activeUsers: 1, avgActiveDays: 1.5 });
      expect(metrics.subtotals.rows).toEqual([
        { firmSizeBand: 'SEATS_1_TO_49', numDocs: 18, activeUsers: 1 },
        { firmSizeBand: null, numDocs: 4, activeUsers: 1 },
      ]);
    });

    it('hold no account, and an account that is known keeps its own', async () => {
      const { metrics } = await ask(`{ metrics(groupBy: [FIRM_SIZE_BAND]) {
        rows { firmSizeBand numQueries arr seats seatUtilization } totals { arr seats }
      } }`);
      expect(metrics.rows).toEqual([
        { firmSizeBand: 'SEATS_1_TO_49', numQueries: 3, arr: 100_000, seats: 10, seatUtilization: 0.2 },
        { firmSizeBand: null, numQueries: 2, arr: 0, seats: 0, seatUtilization: null },
      ]);
      expect(metrics.totals).toEqual({ arr: 100_000, seats: 10 });
    });

    it.each([
      ['{title: {eq: PARTNER}}', 2],
      ['{title: {neq: PARTNER}}', 0],
      ['{title: {notIn: [PARTNER]}}', 0],
      ['{not: {title: {eq: PARTNER}}}', 3],
      ['{not: {title: {neq: PARTNER}}}', 5],
      ['{title: {isNull: true}}', 3],
      ['{not: {title: {isNull: true}}}', 2],
      ['{firmSizeBand: {gte: SEATS_1_TO_49}}', 3],
      ['{not: {firmSizeBand: {gte: SEATS_1_TO_49}}}', 2],
      ['{or: [{title: {isNull: true}}, {firmSizeBand: {isNull: true}}]}', 4],
      ['{not: {and: [{title: {isNull: false}}, {firmSizeBand: {isNull: false}}]}}', 4],
    ])('%s passes %i events, from every relation', async (where, count) => {
      const { one, all } = await ask(`{
        one: metrics(where: ${where}) { totals { numQueries } }
        all: metrics(where: {and: [${where}, {eventType: {isNull: false}}]}) { totals { numQueries } }
      }`);
      expect([one.totals.numQueries, all.totals.numQueries]).toEqual([count, count]);
    });

    it.each(['FIRST', 'LAST'])('are walked past one by one with nulls %s', async (nulls) => {
      const question = (paging: string) => `{ metrics(
        groupBy: [TITLE, FIRM_SIZE_BAND, MONTH], orderBy: [{dimension: {name: FIRM_SIZE_BAND, nulls: ${nulls}, direction: DESC}}, {dimension: {name: TITLE, nulls: ${nulls}}}],
        limitBy: {n: 1, per: [FIRM_SIZE_BAND, TITLE], other: true}, emptyGroups: true, ${paging}
      ) { rows { id } pageInfo { hasNextPage endCursor } totalCount } }`;
      const { metrics: whole } = await ask(question('first: 100'));
      const walked: unknown[] = [];
      for (let after = '', more = true; more; ) {
        const { metrics } = await ask(question(`first: 1 ${after}`));
        walked.push(...metrics.rows);
        more = metrics.pageInfo.hasNextPage;
        after = `after: "${metrics.pageInfo.endCursor}"`;
      }
      expect(whole.totalCount).toBe(5);
      expect(walked).toEqual(whole.rows);
    });
  },
  { afterBuild: forget },
);
