import { gql } from '@apollo/client';
import { expect, it } from 'vitest';
import { describeApp } from './app.ts';

const ARGS = `groupBy: [MONTH, FIRM], first: 5, orderBy: [{metric: {name: NUM_DOCS, direction: DESC}}],
  compare: [{key: "before"}, {key: "year", to: YEAR_BEFORE}], rolling: [{key: "three", trailing: 3}],
  custom: [{key: "rate", ratio: {of: {metric: NUM_DOCS}, by: {metric: ACTIVE_USERS}}}, {key: "vault", filtered: {metric: NUM_QUERIES, where: {eventType: {eq: VAULT}}}}]`;

/** What two components select of one part of an answer. */
const PARTS: Readonly<Record<string, readonly [string, string]>> = {
  rows: ['rows { id month kind numQueries firm { id } }', 'rows { id isPartial avgFeedback firm { id } }'],
  totals: ['totals { id numQueries }', 'totals { id avgFeedback custom(key: "rate") }'],
  'one comparison': [
    'rows { id comparison(key: "before") { id numDocs { id current delta } } }',
    'rows { id comparison(key: "before") { id isPartial numDocs { id previous } avgFeedback { id relativeChange } } }',
  ],
  'two comparisons': [
    'rows { id comparison(key: "before") { id numDocs { id previous } } }',
    'rows { id year: comparison(key: "year") { id numDocs { id previous } } }',
  ],
  rolling: [
    'rows { id rolling(key: "three") { id activeUsers } }',
    'rows { id rolling(key: "three") { id isPartial numQueries } }',
  ],
  shares: [
    'rows { id share { id numDocs } ofMonth: share(of: [MONTH]) { id numDocs } }',
    'rows { id share { id numQueries } ofFirm: share(of: [FIRM]) { id numQueries } }',
  ],
  'custom metrics': ['rows { id custom(key: "rate") }', 'rows { id vault: custom(key: "vault") numDocs }'],
  'one level of subtotals': [
    'subtotals(by: [MONTH]) { id rows { id month numQueries } }',
    'subtotals(by: [MONTH]) { id totalCount rows { id avgFeedback share { id numDocs } } pageInfo { id hasNextPage } }',
  ],
  'two levels of subtotals': [
    'subtotals(by: [MONTH]) { id rows { id numQueries } }',
    'firms: subtotals(by: [FIRM]) { id rows { id numQueries } } none: subtotals(by: []) { id rows { id numQueries } }',
  ],
  paging: ['totalCount pageInfo { id hasNextPage }', 'pageInfo { id endCursor } rows { id numDocs }'],
  meta: ['meta { id dataVersion }', 'meta { id asOf range { id from to } }'],
  'source rows': [
    'rows { id sourceRows(first: 2) { id rows { id numDocs } } }',
    'rows { id sourceRows(first: 2) { id rows { id at user { id } } pageInfo { id hasNextPage } } more: sourceRows(first: 3) { id rows { id } } }',
  ],
  'everything at once': [
    'rows { id numQueries comparison(key: "year") { id numQueries { id delta } } } totals { id numDocs } subtotals(by: [FIRM]) { id rows { id numDocs } }',
    'rows { id numDocs rolling(key: "three") { id numDocs } } totals { id activeUsers } totalCount subtotals(by: [FIRM]) { id rows { id activeUsers } }',
  ],
};

const question = (...selected: readonly string[]) => `{ metrics(${ARGS}) { id ${selected.join(' ')} } }`;

describeApp('two components that select differently of one question', (served) => {
  it.each(Object.entries(PARTS))('merge in the cache: %s', async (_, [one, other]) => {
    await served.app.client.clearStore();
    const first = await served.app.ask(question(one));
    expect(served.app.cached(question(one, other))).toBeUndefined();
    const second = await served.app.ask(question(other));
    const requests = served.app.requests;

    // Neither took anything from the other, and together they answer whoever wants both.
    expect(await served.app.ask(question(one))).toEqual(first);
    expect(await served.app.ask(question(other))).toEqual(second);
    const both = await served.app.ask(question(one, other));
    expect(served.app.requests).toBe(requests);
    expect(both).toEqual(await served.app.fresh(question(one, other)));
    expect(served.app.cached(question(one, other))).toEqual(both);
  });

  it('are watched side by side without a refetch', async () => {
    await served.app.client.clearStore();
    const [one, other] = PARTS['everything at once']!;
    const before = served.app.requests;
    const seen: unknown[] = [];
    await new Promise<void>((resolve, reject) => {
      const watched = served.app.client.watchQuery({ query: gql(question(one)) });
      watched.subscribe(({ data, dataState, error }) => {
        if (error) reject(error);
        if (dataState !== 'complete') return;
        seen.push(data);
        resolve();
      });
    });
    await served.app.ask(question(other));
    expect(served.app.requests - before).toBe(2);
    expect(seen).toEqual([await served.app.fresh(question(one))]);
  });

  it('read by alias what another component wrote under another name, or with variables', async () => {
    await served.app.client.clearStore();
    await served.app.ask(
      question('rows { id n: numQueries c: comparison(key: "before") { id d: numDocs { id p: previous } } }'),
    );
    const requests = served.app.requests;
    const asked = await served.app.ask(
      `query ($key: String!) { again: metrics(${ARGS}) { id all: rows { id numQueries m: numQueries x: comparison(key: $key) { id numDocs { id previous } } } } }`,
      { key: 'before' },
    );
    expect(served.app.requests).toBe(requests);
    const { metrics } = await served.app.fresh(
      question('rows { id numQueries comparison(key: "before") { id numDocs { id previous } } }'),
    );
    expect(asked.again.all).toHaveLength(5);
    for (const [index, row] of asked.again.all.entries()) {
      const { id, numQueries, comparison } = metrics.rows[index];
      expect(row).toEqual({ __typename: 'MetricsRow', id, numQueries, m: numQueries, x: comparison });
    }
  });
});
