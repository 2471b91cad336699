import { afterAll, beforeAll, expect, it } from 'vitest';
import { openApi, type TestApi } from '../support/api.ts';
import { describeEngines } from '../support/databases.ts';
import { event, firm, rawOf, user } from '../support/raw.ts';
import { serve } from '../support/serve.ts';

const EVENTS = [
  event({ userId: 'u1', created: '2024-01-15T10:00:00', firmId: 1, numDocs: 3 }),
  event({ userId: 'u1', created: '2024-01-31T23:59:59.999999', firmId: 2, eventType: 'VAULT', numDocs: 5 }),
  event({ userId: `o'b"x`, created: '2024-02-29T00:00:00', firmId: 1, numDocs: 0, feedbackScore: 5 }),
  event({ userId: '😀', created: '2024-03-31T01:30:00', firmId: 3, numDocs: 2_147_483_647 }),
  event({ userId: 'u1', created: '2024-05-01T00:00:00', firmId: 3, numDocs: 7, feedbackScore: 1 }),
];

/** What a client may send that nobody would write by hand. Each once broke something. */
describeEngines('hostile requests', (fixture) => {
  let api: TestApi;

  beforeAll(async () => {
    await serve(fixture.engine, rawOf(EVENTS, { users: [user({ id: 'idle' })], firms: [firm({ id: 9 })] }));
    api = await openApi(fixture.engine);
  });
  afterAll(() => api?.close());

  it('goes on after the one row of an answer without groups, to an empty page', async () => {
    const ends = await api.ask(
      '{ metrics { pageInfo { endCursor } subtotals(by: []) { pageInfo { endCursor } } } }',
    );
    const { pageInfo, subtotals } = ends.metrics;
    const { metrics } = await api.ask(
      `query ($rows: String!, $subtotals: String!) {
        metrics(after: $rows) {
          rows { id } totalCount pageInfo { hasNextPage }
          subtotals(by: [], after: $subtotals) { rows { id } totalCount pageInfo { hasNextPage } }
        }
      }`,
      { rows: pageInfo.endCursor, subtotals: subtotals.pageInfo.endCursor },
    );
    const nothing = { rows: [], totalCount: 1, pageInfo: { hasNextPage: false } };
    expect(metrics).toEqual({ ...nothing, subtotals: nothing });
  });
});
