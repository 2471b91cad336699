import { expect, it } from 'vitest';
import { event, rawOf } from '../support/raw.ts';
import { describeServed } from '../support/serve.ts';

/** Two users over three months; both in the first two, on shared days, and at two firms. */
const EVENTS = [
  event({ userId: 'a', created: '2024-01-10T08:00:00', firmId: 1, numDocs: 1, feedbackScore: 5 }),
  event({ userId: 'a', created: '2024-01-10T09:00:00', firmId: 1, numDocs: 2, feedbackScore: 5 }),
  event({ userId: 'a', created: '2024-01-11T09:00:00', firmId: 1, numDocs: 3, feedbackScore: 5 }),
  event({ userId: 'b', created: '2024-01-11T09:00:00', firmId: 2, numDocs: 9, feedbackScore: 1 }),
  event({ userId: 'a', created: '2024-02-01T09:00:00', firmId: 2, numDocs: 30, feedbackScore: 2 }),
  event({ userId: 'b', created: '2024-02-01T10:00:00', firmId: 2, numDocs: 20, feedbackScore: 3 }),
  event({ userId: 'b', created: '2024-03-05T10:00:00', firmId: 1, numDocs: 4, feedbackScore: 4 }),
];

describeServed('average of averages', rawOf(EVENTS), (ask) => {
  it('divides sums by counts at totals, subtotals, OTHER rows, windows and shares of any level', async () => {
    const { metrics } = await ask(`{ metrics(
      groupBy: [MONTH, FIRM], orderBy: [{dimension: {name: MONTH}}, {dimension: {name: FIRM}}],
      compare: [{key: "before"}], rolling: [{key: "two", trailing: 2}],
      custom: [{key: "docs", ratio: {of: {metric: NUM_DOCS}, by: {metric: NUM_QUERIES}}}]
    ) {
      rows { month firm { id } avgFeedback docsPerQuery custom(key: "docs")
        comparison(key: "before") { avgFeedback { previous } } rolling(key: "two") { avgFeedback docsPerQuery } }
      totals { avgFeedback docsPerQuery custom(key: "docs") }
      months: subtotals(by: [MONTH]) { rows { avgFeedback docsPerQuery custom(key: "docs") } }
      firms: subtotals(by: [FIRM]) { rows { avgFeedback } }
    } }`);
    // January at firm 1: 15 ÷ 3 and 6 ÷ 3; at firm 2: 1 and 9. Together 16 ÷ 4 and 15 ÷ 4, and not 3 and 5.5.
    expect(metrics.months.rows).toEqual([
      { avgFeedback: 4, docsPerQuery: 3.75, custom: 3.75 },
      { avgFeedback: 2.5, docsPerQuery: 25, custom: 25 },
      { avgFeedback: 4, docsPerQuery: 4, custom: 4 },
    ]);
    expect(metrics.firms.rows).toEqual([{ avgFeedback: 19 / 4 }, { avgFeedback: 2 }]);
    expect(metrics.totals).toEqual({ avgFeedback: 25 / 7, docsPerQuery: 69 / 7, custom: 69 / 7 });
    type Row = { month: string; firm: { id: string } };
    const february = metrics.rows.find(({ month, firm }: Row) => month === '2024-02-01' && firm.id === '2');
    expect(february).toMatchObject({
      comparison: { avgFeedback: { previous: 1 } },
      // 1, 2 and 3 over three queries, and not the mean of 1 and 2.5.
      rolling: { avgFeedback: 2, docsPerQuery: 59 / 3 },
    });
  });

  it('folds what limitBy leaves out by sums and counts', async () => {
    const { metrics } = await ask(`{ metrics(
      groupBy: [MONTH], orderBy: [{metric: {name: AVG_FEEDBACK}}], limitBy: {n: 1, other: true}
    ) { rows { kind avgFeedback docsPerQuery } } }`);
    // January and March: 16 + 4 over five queries, and not the mean of 4 and 4.
    expect(metrics.rows).toEqual([
      { kind: 'GROUP', avgFeedback: 2.5, docsPerQuery: 25 },
      { kind: 'OTHER', avgFeedback: 4, docsPerQuery: 19 / 5 },
    ]);
  });
});

describeServed('distinct counts', rawOf(EVENTS), (ask) => {
  /** Filters that pass every event, each of which a smaller relation cannot judge. */
  const RELATIONS = [
    ['daily_event_summary', ''],
    ['user_engagement', 'where: {userCohortMonth: {isNull: false}}'],
    ['events', 'where: {eventType: {in: [ASSISTANT, VAULT, WORKFLOW]}}'],
  ] as const;

  it('are the same from every relation that can answer, at every grain', async () => {
    const GRAINS = { DAY: [1, 2, 2, 1], WEEK: [2, 2, 1], MONTH: [2, 2, 1], QUARTER: [2], YEAR: [2] };
    for (const [grain, users] of Object.entries(GRAINS)) {
      for (const [, where] of RELATIONS) {
        const { metrics } = await ask(
          `{ metrics(groupBy: [${grain}], ${where}) { rows { activeUsers } totals { activeUsers } } }`,
        );
        expect(metrics.rows.map((row: { activeUsers: number }) => row.activeUsers)).toEqual(users);
        expect(metrics.totals.activeUsers).toBe(2);
      }
    }
  });

  it.each([
    ['daily_event_summary', 'DAY', ''],
    ['user_engagement', 'MONTH', ''],
    ['events', 'WEEK', ''],
    ['user_engagement', 'MONTH', RELATIONS[1][1]],
    ['events', 'DAY', RELATIONS[1][1]],
    ['events', 'MONTH', RELATIONS[2][1]],
  ])('come from %s by %s %s', async (relation, grain, where) => {
    const { metrics } = await ask(
      `{ metrics(groupBy: [${grain}], ${where}) { rows { activeUsers } meta { rollup { level relation } } } }`,
    );
    expect(metrics.meta.rollup).toEqual([{ level: 'rows', relation }]);
  });

  it('are never summed: over groups, months, windows, firms or what is folded', async () => {
    const { metrics } = await ask(`{ metrics(
      groupBy: [MONTH, FIRM], rolling: [{key: "all", trailing: 12}], compare: [{key: "half", shift: {count: 1, unit: QUARTER}}],
      limitBy: {n: 1, per: [FIRM], other: true}
    ) {
      rows { kind month firm { id } activeUsers activeFirms activeDays rolling(key: "all") { activeUsers activeDays } }
      totals { activeUsers activeFirms activeDays }
      subtotals(by: [MONTH]) { rows { activeUsers activeFirms activeDays } }
    } }`);
    const counts = (users: number, firms: number, days: number) => ({
      ...{ activeUsers: users, activeFirms: firms, activeDays: days },
    });
    // On 2024-01-11 both firms were active.
    expect(metrics.subtotals.rows).toEqual([counts(2, 2, 2), counts(2, 1, 1), counts(1, 1, 1)]);
    expect(metrics.totals).toEqual(counts(2, 2, 4));
    const row = (kind: string, month: string | null, id: string, own: object, rolling: object | null) => ({
      ...{ kind, month, firm: { id }, ...own, rolling },
    });
    // The other month of firm 1 is March with b alone; the other one of firm 2 is February with both.
    expect(metrics.rows).toEqual([
      row('GROUP', '2024-01-01', '1', counts(1, 1, 2), { activeUsers: 1, activeDays: 2 }),
      row('GROUP', '2024-01-01', '2', counts(1, 1, 1), { activeUsers: 1, activeDays: 1 }),
      row('OTHER', null, '1', counts(1, 1, 1), null),
      row('OTHER', null, '2', counts(2, 1, 1), null),
    ]);
  });

  it('over a window of months count who was there once', async () => {
    const { metrics } = await ask(`{ metrics(groupBy: [MONTH], rolling: [{key: "two", trailing: 2}]) {
      rows { rolling(key: "two") { activeUsers queriesPerActiveUser numHighEngagementUsers } }
    } }`);
    expect(metrics.rows.map(({ rolling }: { rolling: object }) => rolling)).toMatchObject([
      { activeUsers: 2, queriesPerActiveUser: 2 },
      { activeUsers: 2, queriesPerActiveUser: 3 },
      { activeUsers: 2, queriesPerActiveUser: 1.5 },
    ]);
  });
});

describeServed('percentiles, least and most', rawOf(EVENTS), (ask) => {
  it('are taken over events at every level, and never of those of rows', async () => {
    const { metrics } = await ask(`{ metrics(
      groupBy: [MONTH, USER], rolling: [{key: "two", trailing: 2}], limitBy: {n: 1, per: [USER], other: true}
    ) {
      rows { kind month user { id } medianDocsPerQuery minDocsPerQuery maxDocsPerQuery rolling(key: "two") { medianDocsPerQuery } }
      totals { medianDocsPerQuery minDocsPerQuery maxDocsPerQuery }
      subtotals(by: [USER]) { rows { medianDocsPerQuery minDocsPerQuery maxDocsPerQuery } }
    } }`);
    const docs = (median: number, least: number, most: number) => ({
      ...{ medianDocsPerQuery: median, minDocsPerQuery: least, maxDocsPerQuery: most },
    });
    // a: 1, 2, 3, 30; b: 9, 20, 4. All: 1, 2, 3, 4, 9, 20, 30.
    expect(metrics.subtotals.rows).toEqual([docs(2.5, 1, 30), docs(9, 4, 20)]);
    expect(metrics.totals).toEqual(docs(4, 1, 30));
    expect(metrics.rows).toMatchObject([
      { kind: 'GROUP', user: { id: 'a' }, ...docs(2, 1, 3), rolling: { medianDocsPerQuery: 2 } },
      { kind: 'GROUP', user: { id: 'b' }, ...docs(9, 9, 9), rolling: { medianDocsPerQuery: 9 } },
      { kind: 'OTHER', user: { id: 'a' }, ...docs(30, 30, 30), rolling: null },
      // 4 and 20 of two months.
      { kind: 'OTHER', user: { id: 'b' }, ...docs(12, 4, 20), rolling: null },
    ]);
  });
});
