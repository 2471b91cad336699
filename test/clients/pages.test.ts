import { gql } from '@apollo/client';
import { beforeEach, expect, it } from 'vitest';
import type { Data } from '../support/api.ts';
import { describeApp } from './app.ts';

const ROWS = `query Rows($first: Int!, $after: String) {
  metrics(groupBy: [MONTH, FIRM], first: $first, after: $after, emptyGroups: true, compare: [{key: "before"}],
          orderBy: [{metric: {name: AVG_FEEDBACK, direction: DESC}}], limitBy: {n: 2, per: [MONTH], other: true}) {
    id totalCount
    rows { id kind month firm { id } numQueries comparison(key: "before") { id numQueries { id previous } } }
    totals { id numQueries }
    pageInfo { id hasNextPage endCursor }
  }
}`;
const SUBTOTALS = `query Subtotals($first: Int!, $after: String) {
  metrics(groupBy: [MONTH, FIRM]) {
    id rows { id numQueries }
    subtotals(by: [MONTH], first: $first, after: $after) {
      id totalCount rows { id month numQueries } pageInfo { id hasNextPage endCursor }
    }
  }
}`;

/** The rows so far with those of the next page, as an application writes it. */
const append = (shown: Data, more: Data) => ({
  ...shown,
  rows: [...shown.rows, ...more.rows],
  pageInfo: more.pageInfo,
});

describeApp('pages', (served) => {
  beforeEach(() => served.app.client.clearStore());

  /** Watches a question, and fetches more whenever what is shown has a next page. */
  const readAll = (
    query: string,
    pageOf: (data: Data) => Data,
    update: (shown: Data, more: Data) => Data,
  ): Promise<{ shown: Data; pages: number }> =>
    new Promise((resolve, reject) => {
      const watched = served.app.client.watchQuery<Data>({ query: gql(query), variables: { first: 4 } });
      let pages = 0;
      watched.subscribe(({ data, dataState, loading, error }) => {
        if (error) reject(error);
        if (loading || dataState !== 'complete') return;
        pages++;
        const { hasNextPage, endCursor } = pageOf(data).pageInfo;
        if (!hasNextPage) return resolve({ shown: data, pages });
        const updateQuery = (shown: Data, { fetchMoreResult }: { fetchMoreResult: Data }) =>
          update(shown, fetchMoreResult);
        watched.fetchMore({ variables: { after: endCursor }, updateQuery }).catch(reject);
      });
    });

  it('append by fetchMore to the rows of the unpaged answer, with their ids', async () => {
    const { shown, pages } = await readAll(
      ROWS,
      ({ metrics }) => metrics,
      ({ metrics }, more) => ({ metrics: append(metrics, more.metrics) }),
    );
    const { metrics } = shown;
    const { metrics: whole } = await served.app.fresh(ROWS, { first: 1000 });
    expect(pages).toBe(Math.ceil(whole.rows.length / 4));
    expect(pages).toBeGreaterThan(4);
    expect(metrics.rows).toEqual(whole.rows);
    expect(new Set(metrics.rows.map(({ id }: Data) => id)).size).toBe(whole.totalCount);
    expect(metrics).toMatchObject({ totals: whole.totals, totalCount: whole.totalCount });
  });

  it('of subtotals append as well, and leave the rows of the question alone', async () => {
    const { shown, pages } = await readAll(
      SUBTOTALS,
      ({ metrics }) => metrics.subtotals,
      ({ metrics }, more) => ({
        metrics: { ...metrics, subtotals: append(metrics.subtotals, more.metrics.subtotals) },
      }),
    );
    const { metrics } = shown;
    const { metrics: whole } = await served.app.fresh(SUBTOTALS, { first: 1000 });
    expect(pages).toBeGreaterThan(3);
    expect(metrics.subtotals.rows).toEqual(whole.subtotals.rows);
    expect(metrics.rows).toEqual(whole.rows);
  });

  it('are each their own page in the cache, of rows that they share with the unpaged answer', async () => {
    const { metrics: first } = await served.app.ask(ROWS, { first: 4 });
    const { metrics: second } = await served.app.ask(ROWS, { first: 4, after: first.pageInfo.endCursor });
    const { metrics: both } = await served.app.ask(ROWS, { first: 8 });
    expect(both.rows).toEqual([...first.rows, ...second.rows]);
    expect(new Set([first.id, second.id, both.id]).size).toBe(3);
    expect(new Set([first, second, both].map(({ pageInfo }) => pageInfo.id)).size).toBe(3);
    expect(new Set([first, second, both].map(({ totals }) => totals.id)).size).toBe(1);
    const requests = served.app.requests;
    expect((await served.app.ask(ROWS, { first: 4 })).metrics).toEqual(first);
    expect(served.app.requests).toBe(requests);
  });
});
