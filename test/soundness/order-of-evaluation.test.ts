import { expect, it } from 'vitest';
import { event, rawOf, user } from '../support/raw.ts';
import { describeServed } from '../support/serve.ts';

const at = (month: number, userId: string, numDocs: number, more: object = {}) =>
  event({ userId, created: `2024-0${month}-10T08:00:00`, firmId: 1, numDocs, ...more });
/** In January a, b, c have 1, 2, 3 queries; in February only c, twice. */
const EVENTS = [
  at(1, 'a', 1),
  ...[at(1, 'b', 2), at(1, 'b', 2, { firmId: 2 })],
  ...[at(1, 'c', 4), at(1, 'c', 4, { firmId: 2 }), at(1, 'c', 4, { eventType: 'VAULT' })],
  ...[at(2, 'c', 10), at(2, 'c', 20)],
];
const RAW = {
  ...rawOf(EVENTS),
  users: [
    user({ id: 'a', title: 'PARTNER' }),
    user({ id: 'b', title: 'PARTNER' }),
    user({ id: 'c', title: 'ASSOCIATE' }),
    user({ id: 'idle', title: 'ASSOCIATE' }),
  ],
};

/** February is nearly over. */
const AS_OF = { asOf: '2024-02-29T23:00:00' };

describeServed(
  'the order of evaluation',
  RAW,
  (ask) => {
    it('takes totals and subtotals before rows are limited, by first or by limitBy', async () => {
      const { page, top } = await ask(`{
      page: metrics(groupBy: [USER], first: 1) { ...Levels }
      top: metrics(groupBy: [USER], limitBy: {n: 1}) { ...Levels }
    }
    fragment Levels on MetricsResult {
      rows { user { id } numQueries share { numQueries } }
      totals { numQueries activeUsers } subtotals(by: []) { rows { numQueries activeUsers } }
      totalCount pageInfo { hasNextPage }
    }`);
      const levels = {
        rows: [{ user: { id: 'a' }, numQueries: 1, share: { numQueries: 1 / 8 } }],
        totals: { numQueries: 8, activeUsers: 3 },
        subtotals: { rows: [{ numQueries: 8, activeUsers: 3 }] },
      };
      expect(page).toEqual({ ...levels, totalCount: 3, pageInfo: { hasNextPage: true } });
      expect(top).toEqual({ ...levels, totalCount: 1, pageInfo: { hasNextPage: false } });
    });

    it('ranks over the whole platform before any filter', async () => {
      const { metrics } =
        await ask(`{ metrics(groupBy: [USER, ENGAGEMENT_LEVEL], where: {title: {eq: PARTNER}, month: {eq: "2024-01-01"}}) {
      rows { user { id } engagementLevel engagementScore } totals { numHighEngagementUsers engagementScore }
    } }`);
      // Among partners alone b would be first: the middle of three has half of every rank but that of equal feedback.
      expect(metrics.rows).toEqual([
        { user: { id: 'a' }, engagementLevel: 'LOW', engagementScore: 0 },
        { user: { id: 'b' }, engagementLevel: 'MEDIUM', engagementScore: 0.45 },
      ]);
      expect(metrics.totals).toEqual({ numHighEngagementUsers: 0, engagementScore: 0.225 });
    });

    it('picks groups by having before totals, subtotals and shares, from their base rows', async () => {
      const { metrics } = await ask(`{ metrics(groupBy: [USER, FIRM], having: {numQueries: {gte: 2}}) {
      rows { user { id } firm { id } numQueries share { numQueries } }
      totals { numQueries numDocs activeUsers avgActiveDays medianDocsPerQuery }
      subtotals(by: [USER]) { rows { user { id } numQueries numDocs activeFirms } }
      totalCount
    } }`);
      // c at firm 1: 4, 4, 10 and 20 documents.
      expect(metrics).toEqual({
        rows: [{ user: { id: 'c' }, firm: { id: '1' }, numQueries: 4, share: { numQueries: 1 } }],
        totals: { numQueries: 4, numDocs: 38, activeUsers: 1, avgActiveDays: 1, medianDocsPerQuery: 7 },
        subtotals: { rows: [{ user: { id: 'c' }, numQueries: 4, numDocs: 38, activeFirms: 1 }] },
        totalCount: 1,
      });
    });

    it('cuts by the range before it groups, and lets windows read beyond it', async () => {
      const { metrics } = await ask(`{ metrics(
      groupBy: [MONTH], timeRange: {between: {from: "2024-02-01", to: "2024-03-01"}},
      compare: [{key: "before"}], rolling: [{key: "two", trailing: 2}]
    ) {
      rows { month numQueries comparison(key: "before") { numQueries { previous } } rolling(key: "two") { numQueries activeUsers } }
      totals { numQueries }
    } }`);
      expect(metrics.rows).toEqual([
        {
          ...{ month: '2024-02-01', numQueries: 2, comparison: { numQueries: { previous: 6 } } },
          rolling: { numQueries: 8, activeUsers: 3 },
        },
      ]);
      expect(metrics.totals.numQueries).toBe(2);
    });

    it('adds what compare, fill and emptyGroups add before having, and the order after', async () => {
      const { kept } = await ask(`{ kept: metrics(
      groupBy: [MONTH, USER], compare: [{key: "before"}], emptyGroups: true,
      having: {compare: {key: "before", metric: NUM_QUERIES, part: PREVIOUS, gte: 2}},
      orderBy: [{compare: {key: "before", metric: NUM_QUERIES, part: DELTA}}]
    ) { rows { kind month user { id } comparison(key: "before") { numQueries { delta } } } totals { numQueries } } }`);
      expect(kept).toEqual({
        rows: [
          {
            kind: 'EMPTY',
            month: '2024-02-01',
            user: { id: 'b' },
            comparison: { numQueries: { delta: -2 } },
          },
          {
            kind: 'GROUP',
            month: '2024-02-01',
            user: { id: 'c' },
            comparison: { numQueries: { delta: -1 } },
          },
        ],
        totals: { numQueries: 2 },
      });
    });
  },
  AS_OF,
);

describeServed(
  'kinds of rows',
  RAW,
  (ask) => {
    it('tell groups from what compare, emptyGroups, fill and limitBy add', async () => {
      const rows = async (args: string, fields = 'month user { id }') => {
        const { metrics } = await ask(
          `{ metrics(${args}) { rows { kind ${fields} numQueries avgFeedback } } }`,
        );
        return metrics.rows.map((row: Record<string, unknown>) =>
          Object.values(row).flatMap((value) => {
            return typeof value === 'object' && value !== null ? Object.values(value) : [value];
          }),
        );
      };
      const january = [
        ['GROUP', '2024-01-01', 'a', 1, 3],
        ['GROUP', '2024-01-01', 'b', 2, 3],
        ['GROUP', '2024-01-01', 'c', 3, 3],
      ];
      const february = (kind: string, id: string) => [kind, '2024-02-01', id, 0, null];
      const c = ['GROUP', '2024-02-01', 'c', 2, 3];
      const idle = (month: string) => ['EMPTY', month, 'idle', 0, null];
      expect(await rows('groupBy: [MONTH, USER]')).toEqual([...january, c]);
      expect(await rows('groupBy: [MONTH, USER], compare: [{key: "p"}]')).toEqual([
        ...[...january, february('EMPTY', 'a'), february('EMPTY', 'b'), c],
      ]);
      expect(await rows('groupBy: [MONTH, USER], fill: true')).toEqual([
        ...[...january, february('FILLED', 'a'), february('FILLED', 'b'), c],
      ]);
      expect(await rows('groupBy: [MONTH, USER], emptyGroups: true, fill: true')).toEqual([
        ...[
          ...january,
          idle('2024-01-01'),
          february('FILLED', 'a'),
          february('FILLED', 'b'),
          c,
          idle('2024-02-01'),
        ],
      ]);
      expect(
        await rows(
          'groupBy: [USER], orderBy: [{metric: {name: NUM_QUERIES, direction: DESC}}], limitBy: {n: 1, other: true}',
          'user { id }',
        ),
      ).toEqual([
        ['GROUP', 'c', 5, 3],
        ['OTHER', null, 3, 3],
      ]);
      const { metrics } = await ask(
        '{ metrics(groupBy: [MONTH, USER], emptyGroups: true, fill: true) { subtotals(by: [USER]) { rows { kind user { id } } } } }',
      );
      expect(metrics.subtotals.rows.map(({ kind }: { kind: string }) => kind)).toEqual([
        ...['GROUP', 'GROUP', 'GROUP', 'EMPTY'],
      ]);
    });
  },
  AS_OF,
);
