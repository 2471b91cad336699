import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { build } from '../../src/pipeline/build/build.ts';
import { upgrade } from '../../src/pipeline/upgrade.ts';
import { quiet } from '../../src/progress.ts';
import { openApi, type TestApi } from '../support/api.ts';
import { describeEngines } from '../support/databases.ts';
import { event, rawOf, replaceRaw } from '../support/raw.ts';

const GREATEST = '9007199254740991';
/** In JavaScript numbers this is the one below it. */
const BEYOND = '9007199254740993';

describeEngines('integers through the API', (fixture) => {
  let api: TestApi;

  beforeAll(async () => {
    await upgrade(fixture.engine, quiet);
    await replaceRaw(
      fixture.engine,
      rawOf([event({ userId: 'a', firmId: 1 }), event({ userId: 'b', firmId: 2 })]),
    );
    await build(fixture.engine, { progress: quiet });
    // Rows are changed below a version that stays the same, which no build does.
    api = await openApi(fixture.engine, undefined, { resultCacheBytes: 0 });
  });
  afterAll(() => api?.close());
  beforeEach(() => setDocs('1', '1'));

  /** Events hold too few documents each, so the marts are given what millions of events would add up to. */
  const setDocs = (a: string, b: string) =>
    fixture.engine.session((session) =>
      session.script(`
        update mart.user_engagement set num_docs = case user_id when 'a' then ${a} else ${b} end;
        update mart.firm_usage_summary set num_docs = case firm_id when 1 then ${a} else ${b} end;
        update mart.daily_event_summary set num_docs = ${a}::bigint;`),
    );
  const MONTHS = '{ metrics(groupBy: [MONTH], where: {title: {eq: ASSOCIATE}}) { rows { numDocs } } }';

  it('are exact up to 2^53 - 1', async () => {
    await setDocs(GREATEST, '0');
    const { metrics } = await api.ask(MONTHS);
    expect(metrics.rows).toEqual([{ numDocs: Number.MAX_SAFE_INTEGER }]);
    const { dailyActivity } = await api.ask('{ dailyActivity { rows { numDocs } } }');
    expect(dailyActivity.rows).toEqual([{ numDocs: Number.MAX_SAFE_INTEGER }]);
  });

  it.each([
    ['a value', BEYOND, '0'],
    ['a sum', GREATEST, '1'],
  ])('beyond that are an error of the metric: %s', async (_, a, b) => {
    await setDocs(a, b);
    expect(await api.refused(MONTHS)).toHaveLength(1);
    const { metrics } = await api.ask(MONTHS.replace('numDocs', 'numQueries docsPerQuery'));
    expect(metrics.rows).toEqual([{ numQueries: 2, docsPerQuery: 2 ** 52 }]);
  });

  it.each([
    '{ userEngagement { rows { numDocs } } }',
    '{ firmUsage { rows { numDocs } } }',
    '{ dailyActivity { rows { numDocs } } }',
  ])('beyond that are an error of the mart: %s', async (query) => {
    await setDocs(BEYOND, '1');
    const [error, ...others] = await api.refused(query);
    expect(error?.message).toMatch(/safe integer/i);
    expect(others).toEqual([]);
  });
});
