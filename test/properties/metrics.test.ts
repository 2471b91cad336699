import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { upgrade } from '../../src/pipeline/upgrade.ts';
import { quiet } from '../../src/progress.ts';
import { asOf, type DataSet } from '../oracle/data.ts';
import { cutsMonths, evaluate, fieldOf, MONTHLY_FIELDS, type Row, type Values } from '../oracle/metrics.ts';
import { type Data, openApi, type TestApi } from '../support/api.ts';
import { describeEngines } from '../support/databases.ts';
import { dataSets, Loader } from './data-sets.ts';
import { type Asked, DIMENSIONS, requests } from './requests.ts';

/** Another seed or more data sets look further; the report of a failure names both. */
const SEED = Number(process.env.PROPERTY_SEED ?? 20240229);
const DATA_SETS = Number(process.env.PROPERTY_DATA_SETS ?? 10);
const REQUESTS = 40;

describeEngines('metrics of random data are those of the naive evaluation', (fixture) => {
  let api: TestApi;

  beforeAll(async () => {
    await upgrade(fixture.engine, quiet);
    api = await openApi(fixture.engine);
  });
  afterAll(() => api?.close());

  it('in every row, total and page, whatever is selected', { timeout: 600_000 }, async () => {
    const loader = new Loader(fixture.engine);
    const many = <T>(one: fc.Arbitrary<T>, length: number) =>
      fc.array(one, { minLength: length, maxLength: length, size: 'max' });
    const property = fc.asyncProperty(dataSets, many(requests, REQUESTS), async (data, asked) => {
      await loader.load(data);
      for (const each of asked) await about(each, () => checkMetrics(api, data, each));
    });
    await fc.assert(property, { numRuns: DATA_SETS, seed: SEED, endOnFailure: true });
  });
});

/** Names the request in a failure: shrinking would import hundreds of data sets. */
async function about(request: object, check: () => Promise<void>): Promise<void> {
  try {
    await check();
  } catch (error) {
    throw new Error(`${JSON.stringify(request)}: ${(error as Error).message}`, { cause: error });
  }
}

async function checkMetrics(api: TestApi, data: DataSet, { request, selected, other, first }: Asked) {
  const expected = evaluate(data, request);
  const whole = await ask(api, request, selected, { first: 10_000 });
  const shape = whole.rows.map(({ isPartial, ...row }: Data) => ({
    ...expectedShape(row, request),
    isPartial,
  }));
  expect(shape).toEqual(expected.rows.map(({ keys, isPartial }) => ({ ...shownKeys(keys), isPartial })));
  whole.rows.forEach((row: Data, index: number) => {
    expectMetrics(row, expected.rows[index]!.metrics, selected);
  });
  expectMetrics(whole.totals, expected.totals, selected);
  expect(whole.totalCount).toBe(expected.rows.length);
  expect(whole.pageInfo.hasNextPage).toBe(false);
  expect(asComparable(whole.meta.asOf)).toBe(asOf(data));

  const again = await ask(api, request, other, { first: 10_000 });
  expect(again.rows.map(ids)).toEqual(whole.rows.map(ids));
  expect(again.totals.id).toBe(whole.totals.id);
  expect(again.totalCount).toBe(whole.totalCount);

  const pages = await walk(api, request, selected, first);
  expect(pages).toEqual(whole.rows);

  if (!cutsMonths(data, request)) return;
  for (const metric of MONTHLY_FIELDS) await expectRefusal(api, request, metric);
}

/** A metric of user-months where months are not whole. */
async function expectRefusal(api: TestApi, request: Asked['request'], metric: string) {
  for (const level of ['rows', 'totals']) {
    const errors = await api.refused(`${HEAD} { ${level} { ${metric} } } }`, {
      first: 1,
      orderBy: [],
      ...request,
    });
    for (const { extensions } of errors) {
      expect(['METRIC_NOT_AT_DIMENSION', 'METRIC_NEEDS_WHOLE_PERIODS']).toContain(extensions.reason);
      expect(extensions.path).toEqual(['metrics', level, metric]);
    }
  }
}

const HEAD = `query ($groupBy: [Dimension!]!, $where: MetricsWhere, $timeRange: TimeRange, $orderBy: [MetricsOrder!]!,
                     $first: Int!, $after: String) {
  metrics(groupBy: $groupBy, where: $where, timeRange: $timeRange, orderBy: $orderBy, first: $first, after: $after)`;

async function ask(
  api: TestApi,
  request: Asked['request'],
  metrics: readonly string[],
  page: { first: number; after?: string },
): Promise<Data> {
  const dimensions = request.groupBy.map((name) => DIMENSION_FIELDS[name]).join(' ');
  const source = `${HEAD} {
    id rows { id isPartial ${dimensions} ${metrics.join(' ')} } totals { id ${metrics.join(' ')} }
    totalCount pageInfo { hasNextPage endCursor } meta { asOf }
  } }`;
  return (await api.ask(source, { orderBy: [], ...request, ...page })).metrics;
}

const DIMENSION_FIELDS: Readonly<Record<string, string>> = Object.fromEntries(
  DIMENSIONS.map((name) => [
    name,
    ['FIRM', 'USER'].includes(name) ? `${fieldOf(name)} { id }` : fieldOf(name),
  ]),
);

async function walk(api: TestApi, request: Asked['request'], metrics: readonly string[], first: number) {
  const rows: Data[] = [];
  let after: string | undefined;
  do {
    const page = await ask(api, request, metrics, { first, ...(after !== undefined && { after }) });
    expect(page.rows.length).toBeLessThanOrEqual(first);
    rows.push(...page.rows);
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : undefined;
  } while (after !== undefined);
  return rows;
}

function ids({ id }: Data): string {
  return id;
}

function expectedShape(row: Data, { groupBy }: Asked['request']) {
  return Object.fromEntries(groupBy.map(fieldOf).map((name) => [name, row[name]?.id ?? row[name]]));
}

/** Firms are numbers in the data, and ids in the API. */
function shownKeys(keys: Row['keys']) {
  return Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, String(key)]));
}

function expectMetrics(actual: Data, expected: Values, selected: readonly string[]) {
  for (const name of selected) expectNumber(actual[name], expected[name]!, name);
}

/** Whole numbers are exact; others to within a few roundings. */
function expectNumber(actual: number | null, expected: number | null, name: string) {
  if (actual === expected) return;
  const isNear =
    actual !== null &&
    expected !== null &&
    !Number.isInteger(expected) &&
    Math.abs(actual - expected) <= 1e-12 * Math.abs(expected);
  if (!isNear) expect({ [name]: actual }).toEqual({ [name]: expected });
}

function asComparable(instant: string | null): string | undefined {
  if (instant === null) return undefined;
  const [whole, fraction = ''] = instant.replace('T', ' ').replace('Z', '').split('.');
  return `${whole}.${fraction.padEnd(6, '0')}`;
}
