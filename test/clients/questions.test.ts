import { type ApolloCache, InMemoryCache, type NormalizedCacheObject } from '@apollo/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/database/engine.ts';
import type { Data } from '../support/api.ts';
import { engines, type TestDatabase } from '../support/databases.ts';
import { serve } from '../support/serve.ts';
import { type App, describeApp, startApp } from './app.ts';
import { RAW } from './data.ts';

/** One argument changed at a time; the first is what the others differ from. */
const VARIANTS: readonly string[] = [
  'groupBy: [MONTH, FIRM]',
  ...['groupBy: [FIRM, MONTH]', 'groupBy: [MONTH]', 'groupBy: [FIRM]', 'groupBy: [MONTH, FIRM, TITLE]', ''],
  ...[
    '{firm: {eq: 1}}',
    '{firm: {neq: 1}}',
    '{firm: {in: [1, 2]}}',
    '{firm: {in: [2, 1]}}',
    '{not: {firm: {eq: 1}}}',
    '{and: [{firm: {eq: 1}}]}',
    '{or: [{firm: {eq: 1}}]}',
    '{or: []}',
    '{firm: {contains: "1"}}',
    '{title: {eq: PARTNER}}',
  ].map((where) => `groupBy: [MONTH, FIRM], where: ${where}`),
  ...[
    '{numQueries: {gte: 2}}',
    '{numQueries: {gt: 2}}',
    '{numQueries: {gte: 3}}',
    '{numDocs: {gte: 2}}',
    '{not: {numQueries: {gte: 2}}}',
  ].map((having) => `groupBy: [MONTH, FIRM], having: ${having}`),
  ...[
    '{between: {from: "2023-02-01", to: "2023-06-01"}}',
    '{between: {from: "2023-02-01", to: "2023-07-01"}}',
    '{between: {from: "2023-01-01", to: "2023-06-01"}}',
    '{last: {count: 3, unit: MONTH}}',
    '{last: {count: 3, unit: MONTH, completeOnly: true}}',
    '{last: {count: 1, unit: QUARTER}}',
  ].map((range) => `groupBy: [MONTH, FIRM], timeRange: ${range}`),
  ...['Europe/Berlin', 'America/New_York', 'UTC'].map(
    (zone) => `groupBy: [MONTH, FIRM], timeZone: "${zone}"`,
  ),
  ...[
    '[{dimension: {name: FIRM}}]',
    '[{dimension: {name: FIRM, direction: DESC}}]',
    '[{dimension: {name: FIRM, nulls: FIRST}}]',
    '[{metric: {name: NUM_DOCS}}]',
    '[{metric: {name: NUM_DOCS}}, {dimension: {name: FIRM}}]',
    '[{metric: {name: NUM_QUERIES}}]',
  ].map((order) => `groupBy: [MONTH, FIRM], orderBy: ${order}`),
  ...[
    '{n: 1}',
    '{n: 2}',
    '{n: 1, per: [MONTH]}',
    '{n: 1, per: [FIRM]}',
    '{n: 1, per: [FIRM], other: true}',
    '{n: 1, other: true}',
  ].map((limit) => `groupBy: [MONTH, FIRM], limitBy: ${limit}`),
  ...[
    '[{key: "k"}]',
    '[{key: "l"}]',
    '[{key: "k", toDate: false}]',
    '[{key: "k", to: YEAR_BEFORE}]',
    '[{key: "k", shift: {count: 2, unit: MONTH}}]',
    '[{key: "k", shift: {count: 3, unit: MONTH}}]',
    '[{key: "k", shift: {count: 1, unit: QUARTER}}]',
    '[{key: "k"}, {key: "l", to: YEAR_BEFORE}]',
    '[{key: "l"}, {key: "k", to: YEAR_BEFORE}]',
  ].map((compare) => `groupBy: [MONTH, FIRM], compare: ${compare}`),
  ...[
    '[{key: "k", trailing: 2}]',
    '[{key: "k", trailing: 3}]',
    '[{key: "k", toDate: QUARTER}]',
    '[{key: "k", toDate: YEAR}]',
  ].map((rolling) => `groupBy: [MONTH, FIRM], rolling: ${rolling}`),
  ...[
    '{sum: [{metric: NUM_DOCS}]}',
    '{sum: [{metric: NUM_QUERIES}]}',
    '{sum: [{metric: NUM_DOCS}, {metric: NUM_QUERIES}]}',
    '{product: [{metric: NUM_DOCS}]}',
    '{ratio: {of: {metric: NUM_DOCS}, by: {metric: NUM_QUERIES}}}',
    '{difference: {of: {metric: NUM_DOCS}, by: {metric: NUM_QUERIES}}}',
    '{filtered: {metric: NUM_DOCS, where: {firm: {eq: 1}}}}',
    '{filtered: {metric: NUM_DOCS, where: {firm: {eq: 2}}}}',
  ].map((formula) => `groupBy: [MONTH, FIRM], custom: [${formula.replace('{', '{key: "k", ')}]`),
  ...['fill: true', 'emptyGroups: true', 'fill: true, emptyGroups: true'].map(
    (adds) => `groupBy: [MONTH, FIRM], ${adds}`,
  ),
];

/** As much of an answer as every variant can be asked for. */
function questionOf(args: string): string {
  const keyed = (argument: string, field: string) => (args.includes(`${argument}: [{key: "k"`) ? field : '');
  const [, grouped = ''] = /groupBy: \[([A-Z, ]*)\]/.exec(args) ?? [];
  const by = grouped.split(', ').at(-1)!;
  return `{ metrics${args && `(${args})`} {
    id totalCount pageInfo { id hasNextPage endCursor } meta { id dataVersion timeZone range { id from to } }
    totals { id numQueries numDocs ${keyed('custom', 'custom(key: "k")')} }
    rows {
      id kind ${grouped.includes('MONTH') ? 'month' : ''} ${grouped.includes('FIRM') ? 'firm { id }' : ''}
      isPartial numQueries numDocs avgFeedback share { id numDocs } sourceRows(first: 1) { id rows { id numDocs } pageInfo { id hasNextPage } }
      ${keyed('compare', 'comparison(key: "k") { id isPartial numDocs { id previous delta } }')}
      ${keyed('rolling', 'rolling(key: "k") { id isPartial numDocs }')}
      ${keyed('custom', 'custom(key: "k")')}
    }
    subtotals(by: [${by}]) { id totalCount rows { id numQueries numDocs } pageInfo { id hasNextPage endCursor } }
  } }`;
}

/** What is the same whatever the question: entities, source rows, and objects that are nothing but their content. */
const SHARED = /^(Firm|User|SourceRow|ResolvedRange|AnsweringRelation):|^ROOT_QUERY$|^__META$/;

/** The objects of an answer as the cache knows them, but for the shared ones. */
function objectsIn(value: Data): ReadonlySet<string> {
  if (typeof value !== 'object' || value === null) return new Set();
  const below = Object.values(value).flatMap((each) => [...objectsIn(each)]);
  const own = `${value.__typename}:${value.id}`;
  return new Set(value.id === undefined || SHARED.test(own) ? below : [own, ...below]);
}

const ownObjects = (cache: ApolloCache): string[] =>
  Object.keys(cache.extract() as NormalizedCacheObject).filter((id) => !SHARED.test(id));

describeApp('different questions in one cache', (served) => {
  it('never overwrite each other, each argument varied by itself', { timeout: 240_000 }, async () => {
    const answers: Data[] = [];
    const owners = new Map<string, string>();
    for (const args of VARIANTS) {
      const answer = await served.app.ask(questionOf(args));
      const own = objectsIn(answer);
      expect(own.size, args).toBeGreaterThan(4);
      for (const id of own) {
        expect(owners.get(id), `${id} of ${args}`).toBeUndefined();
        owners.set(id, args);
      }
      answers.push(answer);
    }
    expect(served.app.requests).toBe(VARIANTS.length);
    for (const [index, args] of VARIANTS.entries())
      expect(served.app.cached(questionOf(args)), args).toEqual(answers[index]);
  });

  it('have no object in common when asked in one operation under aliases either', async () => {
    await served.app.client.clearStore();
    const some = VARIANTS.filter((_, index) => index % 4 === 0);
    const parts = some.map((args, index) =>
      questionOf(args).slice(1, -1).replace('metrics', `q${index}: metrics`),
    );
    const all = await served.app.ask(`{ ${parts.join(' ')} }`);
    const requests = served.app.requests;
    for (const [index, args] of some.entries())
      expect(await served.app.ask(questionOf(args))).toEqual({ metrics: all[`q${index}`] });
    expect(served.app.requests).toBe(requests);
  });
});

describe('one question at other settings', () => {
  const QUESTION = questionOf('groupBy: [QUARTER, FIRM]').replace('isPartial', 'isPartial quarter');
  const cache = new InMemoryCache();
  const apps: App[] = [];
  let database: TestDatabase;
  let engine: Engine;

  beforeAll(async () => {
    database = await engines[0]!.create();
    engine = await database.open();
    await serve(engine, RAW);
    for (const fiscalYearStart of [1, 2]) apps.push(await startApp(engine, { fiscalYearStart, cache }));
    await apps[0]!.ask(QUESTION);
  });
  afterAll(async () => {
    for (const app of apps) await app.close();
    await database?.drop();
  });

  /** An answer adds objects to the cache, and leaves those that were there as they were. */
  const addsObjects = async (ask: () => Promise<unknown>): Promise<void> => {
    const known = ownObjects(cache);
    const before = structuredClone(cache.extract());
    await ask();
    const after = cache.extract();
    expect(ownObjects(cache).length).toBeGreaterThanOrEqual(known.length + 10);
    for (const id of known) expect(after[id]).toEqual(before[id]);
  };

  it('is another question in another fiscal year', async () => {
    await addsObjects(() => apps[1]!.refetch(QUESTION));
  });

  it('is another question of another version of the data', async () => {
    await serve(engine, { ...RAW, events: RAW.events.slice(1) });
    await apps[0]!.refresh();
    await addsObjects(() => apps[0]!.refetch(QUESTION));
  });

  it('is the same question asked again of the same version', async () => {
    const before = structuredClone(cache.extract());
    await apps[0]!.refetch(QUESTION);
    expect(cache.extract()).toEqual(before);
  });
});
