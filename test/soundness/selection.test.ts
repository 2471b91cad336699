import { expect, it } from 'vitest';
import type { Data } from '../support/api.ts';
import { event, firm, rawOf, user } from '../support/raw.ts';
import { describeServed } from '../support/serve.ts';

const EVENTS = ['2024-01-10', '2024-01-31', '2024-02-29', '2024-04-01', '2024-04-02'].flatMap((date, n) =>
  ['a', 'b', 'c']
    .slice(0, 1 + (n % 3))
    .map((userId, place) =>
      event({
        userId,
        created: `${date}T0${n}:00:00`,
        firmId: 1 + ((n + place) % 3),
        numDocs: n * 7 + place,
        feedbackScore: 1 + ((n + place) % 5),
      }),
    ),
);
const RAW = rawOf(EVENTS, { users: [user({ id: 'idle' })], firms: [firm({ id: 9, firmSize: 300 })] });

const QUESTIONS = {
  plain: 'groupBy: [MONTH, FIRM]',
  ordered:
    'groupBy: [FIRM, USER], orderBy: [{metric: {name: AVG_FEEDBACK, direction: DESC, nulls: FIRST}}], emptyGroups: true',
  compared:
    'groupBy: [MONTH, USER], compare: [{key: "p"}], rolling: [{key: "r", trailing: 2}], custom: [{key: "c", ratio: {of: {metric: NUM_DOCS}, by: {metric: NUM_QUERIES}}}], fill: true',
  folded:
    'groupBy: [MONTH, FIRM], orderBy: [{metric: {name: NUM_DOCS, direction: DESC}}], limitBy: {n: 1, per: [MONTH], other: true}, compare: [{key: "p"}], rolling: [{key: "r", trailing: 3}]',
  chosen:
    'groupBy: [USER], having: {or: [{avgFeedback: {lt: 3}}, {custom: {key: "c", gte: 2}}]}, custom: [{key: "c", filtered: {metric: ACTIVE_FIRMS, where: {firm: {lte: 2}}}}], emptyGroups: true',
  nothing: 'where: {user: {eq: "nobody"}}',
} as const;

/** What may be selected of a row; each alone and all at once must tell the same. */
const ROW_FIELDS = [
  ...[
    'numQueries',
    'numDocs',
    'avgFeedback',
    'activeUsers',
    'activeFirms',
    'medianDocsPerQuery',
    'engagementScore',
  ],
  ...['numPowerUsers', 'isPartial', 'share { numDocs }', 'sourceRows(first: 2) { rows { id } }'],
];
const KEYED: Readonly<Record<string, readonly string[]>> = {
  compared: [
    'comparison(key: "p") { id isPartial numDocs { id previous } }',
    'comparison(key: "p") { avgFeedback { delta } engagementScore { previous } }',
    'rolling(key: "r") { id isPartial activeUsers }',
    'custom(key: "c")',
    'newUsers',
  ],
  folded: [
    'comparison(key: "p") { id numDocs { relativeChange } }',
    'rolling(key: "r") { id numDocs }',
    'arr',
  ],
  chosen: ['custom(key: "c")'],
};

describeServed('selection', RAW, (ask) => {
  it.each(Object.entries(QUESTIONS))('changes no row, id, number, total or count: %s', async (name, args) => {
    const fields = [...ROW_FIELDS, ...(KEYED[name] ?? [])];
    const question = (selected: readonly string[], rest = '') =>
      `metrics(${args}) { id rows { id kind ${selected.join(' ')} } ${rest} }`;
    const whole = await ask(
      `{ ${question(fields, 'totals { id numQueries activeUsers avgFeedback } totalCount pageInfo { id hasNextPage endCursor }')} }`,
    );
    for (const field of fields) {
      const { metrics } = await ask(`{ ${question([field])} }`);
      expect(whole.metrics).toMatchObject(metrics);
    }
    for (const rest of ['totals { id avgFeedback }', 'totalCount', 'pageInfo { id hasNextPage endCursor }']) {
      const { metrics } = await ask(`{ metrics(${args}) { id ${rest} } }`);
      expect(whole.metrics).toMatchObject(metrics);
    }
  });
});

describeServed('pages', RAW, (ask) => {
  const walk = async (read: (paging: string) => Promise<Data>): Promise<unknown[]> => {
    const rows: unknown[] = [];
    for (let after = '', more = true; more; ) {
      const page = await read(after);
      rows.push(...page.rows);
      more = page.pageInfo.hasNextPage;
      after = `, after: "${page.pageInfo.endCursor}"`;
    }
    return rows;
  };

  it.each(
    Object.entries(QUESTIONS).flatMap(([name, args]) => [1, 3].map((first) => [name, first, args] as const)),
  )('of %s by %i are the unpaged rows', async (_, first, args) => {
    const read = async (paging: string) => {
      const { metrics } = await ask(
        `{ metrics(${args}, ${paging}) { rows { id kind numQueries avgFeedback } totals { id numQueries } totalCount pageInfo { hasNextPage endCursor } } }`,
      );
      return metrics;
    };
    const whole = await read('first: 1000');
    expect(whole.totalCount).toBe(whole.rows.length);
    const rows = await walk(async (after) => {
      const page = await read(`first: ${first}${after}`);
      expect(page).toMatchObject({ totals: whole.totals, totalCount: whole.totalCount });
      return page;
    });
    expect(rows).toEqual(whole.rows);
  });

  it.each(['[MONTH]', '[USER]', '[USER, MONTH]', '[]'])(
    'of subtotals by %s are the unpaged rows',
    async (by) => {
      const read = async (paging: string) => {
        const { metrics } = await ask(
          `{ metrics(${QUESTIONS.compared}) { subtotals(by: ${by}, ${paging}) { id rows { id kind numDocs activeUsers } totalCount pageInfo { id hasNextPage endCursor } } } }`,
        );
        return metrics.subtotals;
      };
      const whole = await read('first: 1000');
      expect(whole.totalCount).toBe(whole.rows.length);
      expect(await walk((after) => read(`first: 1${after}`))).toEqual(whole.rows);
    },
  );
});
