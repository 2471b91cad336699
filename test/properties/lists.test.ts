import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { upgrade } from '../../src/pipeline/upgrade.ts';
import { quiet } from '../../src/progress.ts';
import { asOfIn, firstEventIn } from '../oracle/calendar.ts';
import { compareKeys, fieldOf, type Key, LISTED } from '../oracle/keys.ts';
import { type Fact, factsOf, isIn, passes, spanOf } from '../oracle/slice.ts';
import type { Data, TestApi } from '../support/api.ts';
import { describeEngines } from '../support/databases.ts';
import type { World } from './cases.ts';
import { type AskedSlice, type AskedValues, slicesOf, valuesRequestsOf } from './list-requests.ts';
import { Target } from './target.ts';
import { worlds } from './worlds.ts';

/** Another seed or more data sets look further; the report of a failure names both. */
const SEED = Number(process.env.PROPERTY_SEED ?? 20240229);
const WORLDS = Number(process.env.PROPERTY_DATA_SETS ?? 3);
const REQUESTS = 15;

describeEngines('lists of random data are those of plain arrays', (fixture) => {
  let target: Target;
  beforeAll(async () => {
    await upgrade(fixture.engine, quiet);
    target = new Target(fixture.engine);
  });
  afterAll(() => target?.close());

  it('of the rows behind numbers, and of the values of dimensions', { timeout: 300_000 }, async () => {
    let [behind, values] = [0, 0];
    for (let seed = SEED; seed < SEED + WORLDS; seed++) {
      const [world] = fc.sample(worlds, { numRuns: 1, seed }) as [World];
      const api = await target.load(world);
      const told = (asked: object) => `data set of seed ${seed}: ${JSON.stringify(asked)}`;
      for (const asked of fc.sample(slicesOf(world), { numRuns: REQUESTS, seed }))
        behind += await checkSourceRows(api, world, asked, told(asked));
      for (const asked of fc.sample(valuesRequestsOf(world), { numRuns: REQUESTS, seed }))
        values += await checkValues(api, world, asked, told(asked));
    }
    // Requests that find nothing would prove nothing.
    expect(behind).toBeGreaterThan(WORLDS * REQUESTS);
    expect(values).toBeGreaterThan(WORLDS * REQUESTS);
  });
});

const ROW = 'id at firm { id } user { id } eventType numDocs feedbackScore';
const SLICE = '$where: MetricsWhere, $timeRange: TimeRange, $timeZone: TimeZone, $first: Int!';
const GIVEN = 'where: $where, timeRange: $timeRange, timeZone: $timeZone';
const SOURCE_ROWS = `query (${SLICE}, $after: String) {
  page: sourceRows(${GIVEN}, first: $first, after: $after) { rows { ${ROW} } pageInfo { hasNextPage endCursor } } }`;

/** Gives the number of events that were expected, and found. */
async function checkSourceRows(
  api: TestApi,
  { data, fiscalStart }: World,
  { groupBy, pages, ...slice }: AskedSlice,
  told: string,
): Promise<number> {
  const { where, timeRange, timeZone } = slice;
  const calendar = { fiscalStart, ...(timeZone !== undefined && { timeZone }) };
  const span = spanOf(data, timeRange, calendar);
  const events = factsOf(data, calendar).filter((fact) => isIn(span, fact.at) && passes(where, fact));

  const rows = await walk(api, SOURCE_ROWS, { ...slice, first: pageSize(events.length, pages) });
  expect(rows.map(shown).sort(), told).toEqual(events.map(eventText).sort());
  const order = rows.map(({ at, id }) => `${instantOf(at)} ${id.padStart(20, '0')}`);
  expect(order, told).toEqual([...new Set(order)].sort());

  const fields = groupBy.map((name) => (isEntity(name) ? `${fieldOf(name)} { id }` : fieldOf(name)));
  const { metrics } = await api.ask(
    `query (${SLICE}, $groupBy: [Dimension!]!) { metrics(groupBy: $groupBy, ${GIVEN}, first: 10000) {
       rows { ${fields.join(' ')} numQueries sourceRows(first: $first) { rows { ${ROW} } pageInfo { hasNextPage } } }
       totals { numQueries } meta { range { from to } } } }`,
    { ...slice, groupBy, first: 10_000 },
  );
  expect(metrics.totals.numQueries, told).toBe(events.length);
  const { from, to } = metrics.meta.range;
  expect([instantOf(from), instantOf(to)], told).toEqual([
    span.from ?? firstEventIn(data, calendar),
    span.to ?? asOfIn(data, calendar),
  ]);
  const groups = grouped(events, ({ keys }) =>
    JSON.stringify(groupBy.map((name) => String(keys[fieldOf(name)]))),
  );
  const answered = metrics.rows.map(({ numQueries, sourceRows, ...keys }: Data) => {
    expect([sourceRows.rows.length, sourceRows.pageInfo.hasNextPage], told).toEqual([numQueries, false]);
    const key = groupBy.map((name) => String(isEntity(name) ? keys[fieldOf(name)].id : keys[fieldOf(name)]));
    return [JSON.stringify(key), sourceRows.rows.map(shown).sort()];
  });
  expect(Object.fromEntries(answered), told).toEqual(
    Object.fromEntries([...groups].map(([key, some]) => [key, some.map(eventText).sort()])),
  );
  return events.length;
}

const isEntity = (name: string) => name === 'FIRM' || name === 'USER';

/** An event as text, whose id only the database knows. */
function eventText({ event: { created, firm, user, type, docs, feedback } }: Fact): string {
  return JSON.stringify([created, String(firm), user, type, docs, feedback]);
}

function shown({ at, firm, user, eventType, numDocs, feedbackScore }: Data): string {
  return JSON.stringify([instantOf(at), firm.id, user.id, eventType, numDocs, feedbackScore]);
}

/** As the evaluator writes it. */
function instantOf(at: string): string {
  const [whole, fraction = ''] = at.replace('T', ' ').replace('Z', '').split('.') as [string, string?];
  return `${whole}.${fraction.padEnd(6, '0')}`;
}

const VALUES = `query ($dimension: Dimension!, $where: MetricsWhere, $search: String, $first: Int!, $after: String) {
  page: dimensionValues(dimension: $dimension, where: $where, search: $search, first: $first, after: $after) {
    rows { id value count } totalCount pageInfo { hasNextPage endCursor } } }`;

/** Gives the number of values that were expected, and found. */
async function checkValues(
  api: TestApi,
  { data, fiscalStart }: World,
  { dimension, pages, ...asked }: AskedValues,
  told: string,
): Promise<number> {
  const field = fieldOf(dimension);
  const facts = factsOf(data, { fiscalStart }).filter((fact) => passes(asked.where, fact));
  const counts = grouped(facts, ({ keys }) => keys[field]!);
  const expected = [...counts]
    .filter(([key]) => isFound(field, key, asked.search))
    .sort(([a], [b]) => compareKeys(field, a, b))
    .map(([key, some]) => ({ value: String(key), count: some.length }));
  const first = pageSize(expected.length, pages);
  const rows = await walk(api, VALUES, { dimension, ...asked, first }, expected.length);
  expect(
    rows.map(({ value, count }) => ({ value, count })),
    told,
  ).toEqual(expected);
  expect(new Set(rows.map(({ id }) => id)).size, told).toBe(expected.length);
  return expected.length;
}

function grouped<T, K>(all: readonly T[], keyOf: (each: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const each of all) groups.set(keyOf(each), [...(groups.get(keyOf(each)) ?? []), each]);
  return groups;
}

/** Whether a value has a text in it, in any case; the words of a name may be apart. */
function isFound(field: string, key: Key, search: string | undefined): boolean {
  if (search === undefined) return true;
  const text = String(key).toLowerCase();
  const forms = field in LISTED ? [text, text.replaceAll('_', ' ')] : [text];
  return forms.some((each) => each.includes(search.toLowerCase()));
}

const pageSize = (rows: number, pages: number) => Math.max(1, Math.ceil(rows / pages));

/** The rows of all pages, each of which is full but the last. */
async function walk(
  api: TestApi,
  source: string,
  variables: { readonly first: number; readonly [name: string]: unknown },
  totalCount?: number,
): Promise<readonly Data[]> {
  const rows: Data[] = [];
  for (let after: string | undefined; ; ) {
    const { page } = await api.ask(source, { ...variables, ...(after !== undefined && { after }) });
    rows.push(...page.rows);
    if (totalCount !== undefined) expect(page.totalCount).toBe(totalCount);
    if (!page.pageInfo.hasNextPage) return rows;
    expect(page.rows).toHaveLength(variables.first);
    after = page.pageInfo.endCursor;
  }
}
