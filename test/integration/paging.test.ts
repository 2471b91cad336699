import { afterAll, beforeAll, expect, it } from 'vitest';
import { build } from '../../src/pipeline/build/build.ts';
import { upgrade } from '../../src/pipeline/upgrade.ts';
import { quiet } from '../../src/progress.ts';
import { type Data, openApi, type TestApi } from '../support/api.ts';
import { describeEngines } from '../support/databases.ts';
import { event, rawOf, replaceRaw, user } from '../support/raw.ts';

/** Users whose title is known, and those who are missing from the users, so that theirs is null. */
const TITLES = { a: 'PARTNER', b: 'ASSOCIATE', c: 'ASSOCIATE', d: 'JUNIOR_ASSOCIATE' } as const;
const MISSING = ['x', 'y', 'z'];

describeEngines('walking the pages', (fixture) => {
  let api: TestApi;

  beforeAll(async () => {
    await upgrade(fixture.engine, quiet);
    const ids = [...Object.keys(TITLES), ...MISSING];
    const events = ids.flatMap((userId, index) => [
      event({ userId, firmId: 1 + (index % 2), numDocs: index % 3 }),
      event({ userId, firmId: 3, created: '2024-02-01T00:00:00' }),
    ]);
    const users = Object.entries(TITLES).map(([id, title]) => user({ id, title }));
    await replaceRaw(fixture.engine, { ...rawOf(events), users });
    await build(fixture.engine, { progress: quiet, allowErrors: true });
    api = await openApi(fixture.engine);
  });
  afterAll(() => api?.close());

  const page = async (groupBy: string, orderBy: string, first: number, after?: string): Promise<Data> => {
    const { metrics } = await api.ask(
      `query ($first: Int!, $after: String) {
         metrics(groupBy: [${groupBy}], orderBy: [${orderBy}], first: $first, after: $after) {
           rows { id title numDocs ${groupBy.includes('FIRM') ? 'firm { id }' : ''} }
           totalCount
           pageInfo { hasNextPage endCursor }
         }
       }`,
      { first, after },
    );
    return metrics;
  };

  const walk = async (groupBy: string, orderBy: string, first: number): Promise<Data[]> => {
    const rows: Data[] = [];
    let after: string | undefined;
    for (;;) {
      const { rows: some, pageInfo, totalCount } = await page(groupBy, orderBy, first, after);
      rows.push(...some);
      expect(rows.length).toBeLessThanOrEqual(totalCount);
      if (!pageInfo.hasNextPage) return rows;
      expect(some).toHaveLength(first);
      after = pageInfo.endCursor;
    }
  };

  it.each([
    ['TITLE', ''],
    ['TITLE', '{dimension: {name: TITLE}}'],
    ['TITLE', '{dimension: {name: TITLE, direction: DESC}}'],
    ['TITLE, FIRM', '{dimension: {name: TITLE, direction: DESC}}'],
    ['TITLE, FIRM', '{dimension: {name: FIRM}}, {dimension: {name: TITLE}}'],
    [
      'TITLE, FIRM',
      '{dimension: {name: FIRM, direction: DESC}}, {dimension: {name: TITLE, direction: DESC}}',
    ],
    ['TITLE, FIRM', '{metric: {name: NUM_DOCS, direction: DESC}}'],
    ['TITLE, FIRM', '{metric: {name: NUM_DOCS}}, {dimension: {name: TITLE, direction: DESC}}'],
  ])(
    'of %s by [%s] gives each row once, in the order of one page, missing keys too',
    async (groupBy, orderBy) => {
      const whole = await page(groupBy, orderBy, 100);
      expect(whole.rows).toHaveLength(whole.totalCount);
      expect(whole.rows.filter(({ title }: Data) => title === null)).not.toHaveLength(0);
      for (const first of [1, 2, 3]) expect(await walk(groupBy, orderBy, first)).toEqual(whole.rows);
    },
  );

  it.each(['ASC', 'DESC'])('puts missing keys last, %s', async (direction) => {
    const { rows } = await page('TITLE', `{dimension: {name: TITLE, direction: ${direction}}}`, 100);
    const known = ['JUNIOR_ASSOCIATE', 'ASSOCIATE', 'PARTNER'];
    const titles = rows.map(({ title }: Data) => title);
    expect(titles).toEqual([...(direction === 'ASC' ? known : known.reverse()), null]);
  });
});
