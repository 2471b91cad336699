import { expect, it } from 'vitest';
import type { Engine } from '../../src/database/engine.ts';
import { event, firm, rawOf } from '../support/raw.ts';
import { describeServed } from '../support/serve.ts';

const EVENTS = [
  event({ created: '2024-01-10T08:00:00', numDocs: 0 }),
  event({ created: '2024-03-10T08:00:00', numDocs: 4 }),
];
const RAW = rawOf(EVENTS, { firms: [firm({ id: 9, firmSize: 90 })] });

describeServed('division by zero', RAW, (ask) => {
  it('is null in metrics over nothing, and counts over nothing are 0', async () => {
    const METRICS =
      'numQueries numDocs activeUsers activeDays avgFeedback docsPerQuery queriesPerActiveUser lowFeedbackShare medianDocsPerQuery minDocsPerQuery engagementScore powerUserRate avgActiveDays';
    const { filled, nothing } = await ask(`{
      filled: metrics(groupBy: [MONTH], fill: true, where: {month: {eq: "2024-02-01"}}) { rows { ${METRICS} newUsers churnedUsers retentionRate arrPerActiveUser seatUtilization } }
      nothing: metrics(where: {user: {eq: "nobody"}}) { totals { ${METRICS} } rows { numQueries } totalCount }
    }`);
    const own = {
      ...{ numQueries: 0, numDocs: 0, activeUsers: 0, activeDays: 0, avgFeedback: null, docsPerQuery: null },
      ...{
        queriesPerActiveUser: null,
        lowFeedbackShare: null,
        medianDocsPerQuery: null,
        minDocsPerQuery: null,
      },
      ...{ engagementScore: null, powerUserRate: null, avgActiveDays: null },
    };
    expect(filled.rows).toEqual([
      // Who was active in January went.
      { ...own, newUsers: 0, churnedUsers: 1, retentionRate: 0, arrPerActiveUser: null, seatUtilization: 0 },
    ]);
    expect(nothing).toEqual({ totals: own, rows: [], totalCount: 0 });
  });

  it('is null in changes, shares and custom metrics, and a null part makes the whole null', async () => {
    const { metrics } = await ask(`{ metrics(
      groupBy: [MONTH], fill: true, compare: [{key: "before"}],
      custom: [
        {key: "ratio", ratio: {of: {metric: NUM_QUERIES}, by: {metric: NUM_DOCS}}}
        {key: "sum", sum: [{metric: NUM_QUERIES}, {custom: "ratio"}]}
        {key: "product", product: [{metric: NUM_DOCS}, {custom: "ratio"}]}
        {key: "difference", difference: {of: {metric: NUM_QUERIES}, by: {metric: AVG_FEEDBACK}}}
      ]
    ) {
      rows {
        comparison(key: "before") { numDocs { previous delta relativeChange } avgFeedback { previous delta relativeChange } }
        share { numDocs } own: share(of: [MONTH]) { numDocs }
        ratio: custom(key: "ratio") sum: custom(key: "sum") product: custom(key: "product") difference: custom(key: "difference")
      }
    } }`);
    const change = (previous: number | null, delta: number | null, relativeChange: number | null) => ({
      ...{ previous, delta, relativeChange },
    });
    const custom = (ratio: number | null, difference: number | null) => {
      const none = ratio === null;
      return { ratio, sum: none ? null : 1 + ratio, product: none ? null : 4 * ratio, difference };
    };
    expect(metrics.rows).toEqual([
      {
        comparison: { numDocs: change(0, 0, null), avgFeedback: change(null, null, null) },
        ...{ share: { numDocs: 0 }, own: { numDocs: null }, ...custom(null, -2) },
      },
      {
        comparison: { numDocs: change(0, 0, null), avgFeedback: change(3, null, null) },
        ...{ share: { numDocs: 0 }, own: { numDocs: null }, ...custom(null, null) },
      },
      {
        comparison: { numDocs: change(0, 4, null), avgFeedback: change(null, null, null) },
        ...{ share: { numDocs: 1 }, own: { numDocs: 1 }, ...custom(0.25, -2) },
      },
    ]);
  });
});

const GREATEST = Number.MAX_SAFE_INTEGER;

describeServed(
  'integers',
  RAW,
  (ask, fixture) => {
    it('are exact up to 2^53 − 1, as are the ratios that they make', async () => {
      const { metrics } = await ask(
        '{ metrics(groupBy: [MONTH]) { rows { numDocs docsPerQuery } totals { numQueries } } }',
      );
      expect(metrics.rows).toEqual([
        { numDocs: 1, docsPerQuery: 1 },
        { numDocs: GREATEST, docsPerQuery: GREATEST },
      ]);
    });

    it.each(['totals { numDocs }', 'rows { numDocs }', 'subtotals(by: []) { rows { numDocs } }'])(
      'beyond it are errors and never rounded: %s',
      async (selection) => {
        const [error] = await fixture.api.refused(`{ metrics { ${selection} } }`);
        const shown = fixture.api.api.formatError(error!.toJSON(), error);
        expect(shown.extensions).toEqual({ code: 'NUMBER_OUT_OF_RANGE' });
      },
    );

    it('beyond it still divide exactly, and compare exactly with others', async () => {
      const { metrics } = await ask(
        `{ metrics(groupBy: [YEAR], having: {numDocs: {gt: ${GREATEST}}}) { totals { docsPerQuery } totalCount } }`,
      );
      // 2^53 over two queries.
      expect(metrics).toEqual({ totals: { docsPerQuery: 2 ** 52 }, totalCount: 1 });
    });
  },
  { afterBuild: enlarge },
);

/** No import of a test is as large as its sums may be: 2^53 documents, all but one of them in March. */
async function enlarge(engine: Engine): Promise<void> {
  await engine.exclusive(async (session) => {
    await session.script(`
      update mart.user_engagement set num_docs = case activity_month when '2024-01-01' then 1 else ${GREATEST} end;
      update mart.daily_event_summary set num_docs = case event_date when '2024-01-10' then 1 else ${GREATEST} end`);
  });
}
