import { expect, it } from 'vitest';
import { event, firm, rawOf, user } from '../support/raw.ts';
import { describeServed } from '../support/serve.ts';

const at = (day: string) => `2024-01-${day}T10:00:00`;
/** Ann works at three firms in one month, two of them small; Bob and Cid at one each. */
const EVENTS = [
  event({ userId: 'ann', created: at('10'), firmId: 1, numDocs: 1, feedbackScore: 5 }),
  event({ userId: 'ann', created: at('10'), firmId: 1, numDocs: 2, feedbackScore: 5, eventType: 'VAULT' }),
  event({ userId: 'ann', created: at('11'), firmId: 2, numDocs: 10, feedbackScore: 1 }),
  event({ userId: 'ann', created: at('12'), firmId: 4, numDocs: 6, feedbackScore: 4, eventType: 'WORKFLOW' }),
  event({ userId: 'bob', created: at('10'), firmId: 1, numDocs: 4, feedbackScore: 2 }),
  event({ userId: 'cid', created: at('20'), firmId: 2, numDocs: 8, feedbackScore: 3 }),
];
const RAW = {
  ...rawOf(EVENTS),
  users: [
    user({ id: 'ann', title: 'PARTNER' }),
    user({ id: 'bob', title: 'ASSOCIATE' }),
    user({ id: 'cid', title: 'ASSOCIATE' }),
  ],
  firms: [
    firm({ id: 1, firmSize: 10, arrInThousands: 100 }),
    firm({ id: 2, firmSize: 60, arrInThousands: 200 }),
    firm({ id: 3, firmSize: 300, arrInThousands: 400 }),
    firm({ id: 4, firmSize: 20, arrInThousands: 50 }),
  ],
};

/*
 * Scores: ann k = 6·2 + 3·2 + 2 = 20 of 20, so 1; bob 0; cid 6·0 + 3·1 + 1 = 4 of 20, so 0.2.
 * Active days of the month: ann 3, bob 1, cid 1. Event types: ann 3, bob 1, cid 1.
 */
describeServed('fan-out', RAW, (ask) => {
  it('counts a user-month once under each of its firms, and once in the total', async () => {
    const { metrics } = await ask(`{ metrics(groupBy: [FIRM]) {
      rows { firm { id } engagementScore avgActiveDays avgInteractionTypes numHighEngagementUsers }
      totals { engagementScore avgActiveDays avgInteractionTypes numHighEngagementUsers }
    } }`);
    const of = (id: string, score: number, days: number, types: number, high: number) => ({
      ...{ firm: { id }, engagementScore: score, avgActiveDays: days },
      ...{ avgInteractionTypes: types, numHighEngagementUsers: high },
    });
    expect(metrics.rows).toEqual([of('1', 0.5, 2, 2, 1), of('2', 0.6, 2, 2, 1), of('4', 1, 3, 3, 1)]);
    expect(metrics.totals).toEqual({
      ...{ engagementScore: 0.4, avgActiveDays: 5 / 3, avgInteractionTypes: 5 / 3 },
      numHighEngagementUsers: 1,
    });
  });

  it('counts a user-month once in a group that holds several of its firms', async () => {
    const { bands, some } = await ask(`{
      bands: metrics(groupBy: [FIRM_SIZE_BAND]) {
        rows { firmSizeBand engagementScore avgActiveDays }
        subtotals(by: []) { rows { engagementScore avgActiveDays } }
      }
      some: metrics(where: {firm: {in: [1, 4]}}) { totals { engagementScore avgActiveDays numHighEngagementUsers } }
    }`);
    // Ann at firms 1 and 4 is one of two user-months: (1 + 0) ÷ 2 and (3 + 1) ÷ 2.
    expect(bands.rows).toEqual([
      { firmSizeBand: 'SEATS_1_TO_49', engagementScore: 0.5, avgActiveDays: 2 },
      { firmSizeBand: 'SEATS_50_TO_99', engagementScore: 0.6, avgActiveDays: 2 },
    ]);
    expect(bands.subtotals.rows).toEqual([{ engagementScore: 0.4, avgActiveDays: 5 / 3 }]);
    expect(some.totals).toEqual({ engagementScore: 0.5, avgActiveDays: 2, numHighEngagementUsers: 1 });
  });

  it('counts a user-month once in totals and OTHER rows that are made of several groups', async () => {
    const { metrics } = await ask(`{ metrics(
      groupBy: [FIRM], having: {numQueries: {lte: 3}}, orderBy: [{metric: {name: NUM_QUERIES, direction: DESC}}],
      limitBy: {n: 1, other: true}
    ) {
      rows { kind firm { id } engagementScore numHighEngagementUsers }
      totals { engagementScore avgActiveDays numHighEngagementUsers }
    } }`);
    // OTHER is firms 2 and 4: ann and cid, (1 + 0.2) ÷ 2.
    expect(metrics.rows).toEqual([
      { kind: 'GROUP', firm: { id: '1' }, engagementScore: 0.5, numHighEngagementUsers: 1 },
      { kind: 'OTHER', firm: null, engagementScore: 0.6, numHighEngagementUsers: 1 },
    ]);
    expect(metrics.totals).toEqual({
      ...{ engagementScore: 0.4, avgActiveDays: 5 / 3, numHighEngagementUsers: 1 },
    });
  });

  it.each([
    'TITLE',
    'USER_COHORT_MONTH',
    'ENGAGEMENT_LEVEL',
    'INTERACTION_TYPES_USED',
    'POWER_USER',
    'FIRM_SIZE_BAND',
    'ARR_BAND',
    'FIRM_COHORT_MONTH',
    'USER',
    'FIRM',
  ])('multiplies no event by the joins of %s', async (dimension) => {
    const { metrics } = await ask(`{ metrics(groupBy: [${dimension}]) {
      rows { numQueries numDocs }
      totals { numQueries numDocs medianDocsPerQuery p95DocsPerQuery avgFeedback }
      subtotals(by: [${dimension}]) { rows { numQueries numDocs } }
    } }`);
    const sum = (rows: Record<string, number>[], name: string) =>
      rows.reduce((total, row) => total + row[name]!, 0);
    for (const rows of [metrics.rows, metrics.subtotals.rows])
      expect([sum(rows, 'numQueries'), sum(rows, 'numDocs')]).toEqual([6, 31]);
    // Of 1, 2, 4, 6, 8, 10: between 4 and 6; three quarters of the way from 8 to 10.
    expect(metrics.totals).toEqual({
      ...{ numQueries: 6, numDocs: 31, medianDocsPerQuery: 5, p95DocsPerQuery: 9.5, avgFeedback: 20 / 6 },
    });
  });

  it('takes percentiles over events, however many joins filter and group them', async () => {
    const { metrics } = await ask(`{ metrics(
      groupBy: [TITLE, FIRM_SIZE_BAND], where: {powerUser: {eq: false}, interactionTypesUsed: {gte: 1}, arrBand: {isNull: false}}
    ) { rows { title firmSizeBand medianDocsPerQuery numDocs } totals { medianDocsPerQuery numDocs } } }`);
    expect(metrics.rows).toEqual([
      { title: 'ASSOCIATE', firmSizeBand: 'SEATS_1_TO_49', medianDocsPerQuery: 4, numDocs: 4 },
      { title: 'ASSOCIATE', firmSizeBand: 'SEATS_50_TO_99', medianDocsPerQuery: 8, numDocs: 8 },
      { title: 'PARTNER', firmSizeBand: 'SEATS_1_TO_49', medianDocsPerQuery: 2, numDocs: 9 },
      { title: 'PARTNER', firmSizeBand: 'SEATS_50_TO_99', medianDocsPerQuery: 10, numDocs: 10 },
    ]);
    expect(metrics.totals).toEqual({ medianDocsPerQuery: 5, numDocs: 31 });
  });
});

describeServed('chasm', RAW, (ask) => {
  const METRICS = [
    ...['numQueries', 'numDocs', 'activeUsers', 'medianDocsPerQuery', 'engagementScore', 'avgActiveDays'],
    ...['newUsers', 'churnedUsers', 'arr', 'seats', 'seatUtilization', 'arrPerActiveUser', 'unusedSeats'],
  ];
  const question = (name: string, selected: readonly string[]) =>
    `${name}: metrics(groupBy: [MONTH, FIRM]) { rows { id ${selected} } subtotals(by: [MONTH]) { rows { id ${selected} } } }`;

  it('aggregates each fact by itself: all in one answer are what each is alone', async () => {
    const { all, ...alone } = await ask(
      `{ ${question('all', METRICS)} ${METRICS.map((name) => question(name, [name])).join(' ')} }`,
    );
    for (const name of METRICS) {
      const only = (rows: Record<string, unknown>[]) =>
        rows.map(({ id, [name]: value }) => ({ id, [name]: value }));
      expect(alone[name].rows).toEqual(only(all.rows));
      expect(alone[name].subtotals.rows).toEqual(only(all.subtotals.rows));
    }
  });

  it('multiplies neither fact by the rows of the other', async () => {
    const { metrics } = await ask(`{ metrics(groupBy: [MONTH, FIRM]) {
      rows { firm { id } numQueries numDocs engagementScore newUsers arr }
      subtotals(by: [MONTH]) { rows { numQueries numDocs engagementScore newUsers arr } }
    } }`);
    const of = (id: string, queries: number, docs: number, score: number, users: number, arr: number) => ({
      ...{ firm: { id }, numQueries: queries, numDocs: docs },
      ...{ engagementScore: score, newUsers: users, arr },
    });
    expect(metrics.rows).toEqual([
      of('1', 3, 7, 0.5, 2, 100_000),
      of('2', 2, 18, 0.6, 2, 200_000),
      of('4', 1, 6, 1, 1, 50_000),
    ]);
    expect(metrics.subtotals.rows).toEqual([
      { numQueries: 6, numDocs: 31, engagementScore: 0.4, newUsers: 3, arr: 750_000 },
    ]);
  });
});
