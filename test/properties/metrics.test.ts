import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { upgrade } from '../../src/pipeline/upgrade.ts';
import { quiet } from '../../src/progress.ts';
import type { DataSet } from '../oracle/data.ts';
import { mainFirm, type PowerUserRequest, powerUsers } from '../oracle/power-users.ts';
import type { Data, TestApi } from '../support/api.ts';
import { describeEngines } from '../support/databases.ts';
import type { World } from './cases.ts';
import { Coverage } from './coverage/coverage.ts';
import { FEATURE_NAMES } from './coverage/features.ts';
import { failureReport } from './report.ts';
import { powerUserRequests } from './requests.ts';
import { runCases } from './run.ts';
import { isLongRun, planOf, writeResult } from './settings.ts';

const POWER_USER_REQUESTS = 4;
/** Cases that show a feature, at least; by far most show more. */
const OFTEN = 10;

const coverage = new Coverage();
const failures: string[] = [];
afterAll(() => writeResult({ cases: coverage.cases, failures, coverage: coverage.report() }));

describeEngines('metrics of random data are those of the naive evaluation', (fixture) => {
  const { timeoutMs, ...plan } = planOf(fixture.name);
  const onWorld = () => console.log(`${coverage.cases} cases`);

  beforeAll(() => upgrade(fixture.engine, quiet));

  it.skipIf(plan.cases === 0)(
    'in every row, total and page, whatever is selected',
    { timeout: timeoutMs },
    async () => {
      const found = await runCases(fixture.engine, {
        ...{ ...plan, coverage, also: checkSomePowerUsers },
        ...(isLongRun && { onWorld }),
      }).then(
        (all) => all.map((failure) => failureReport(fixture.name, failure)),
        (error: Error) => [`On ${fixture.name}:\n${error.stack}`],
      );
      failures.push(...found);
      if (found.length > 0) throw new Error(found.join('\n\n'));
    },
  );
});

describe.skipIf(isLongRun)('the cases of an ordinary run', () => {
  it('show every feature in answers with rows', () => {
    expect(FEATURE_NAMES.filter((name) => coverage.of(name) < OFTEN)).toEqual([]);
  });
});

/** Only where the fiscal year is the calendar's, which is all that their evaluation knows. */
async function checkSomePowerUsers(api: TestApi, { data, fiscalStart }: World, seed: number): Promise<void> {
  if (fiscalStart !== 1) return;
  for (const request of fc.sample(powerUserRequests, { numRuns: POWER_USER_REQUESTS, seed }))
    await about(request, () => checkPowerUsers(api, data, request));
}

/** Names the request in a failure. */
async function about(request: object, check: () => Promise<void>): Promise<void> {
  try {
    await check();
  } catch (error) {
    throw new Error(`${JSON.stringify(request)}: ${(error as Error).message}`, { cause: error });
  }
}

const POWER_USERS = `query ($where: MetricsWhere, $timeRange: TimeRange, $definition: PowerUserDefinition, $after: String) {
  powerUsers(where: $where, timeRange: $timeRange, definition: $definition, first: 3, after: $after) {
    rows { month user { id } firm { id } engagementScore engagementLevel numQueries numInteractionTypesUsed
           activeTwoConsecutiveMonths used2plusInteractionTypes }
    summary { records distinctUsers activeUsers rate byMonth { month records activeUsers rate } }
    pageInfo { hasNextPage endCursor }
  }
}`;

async function checkPowerUsers(api: TestApi, data: DataSet, request: PowerUserRequest) {
  const expected = powerUsers(data, request);
  const rows: Data[] = [];
  let after: string | null = null;
  let page: Data;
  do {
    page = (await api.ask(POWER_USERS, { ...request, after })).powerUsers;
    rows.push(...page.rows);
    after = page.pageInfo.endCursor;
  } while (page.pageInfo.hasNextPage);
  expect(rows).toEqual(
    expected.rows.map((each) => ({
      month: each.month,
      user: { id: each.user },
      firm: { id: String(mainFirm(each)) },
      engagementScore: Number(each.score) / 1e12,
      engagementLevel: each.level,
      numQueries: each.events.length,
      numInteractionTypesUsed: each.types,
      activeTwoConsecutiveMonths: each.streak >= 2,
      used2plusInteractionTypes: each.types >= 2,
    })),
  );
  const { distinctUsers, activeUsers } = expected.summary;
  const rate = (part: number, all: number) => (all === 0 ? null : part / all);
  expect(page.summary).toEqual({
    ...expected.summary,
    rate: rate(distinctUsers, activeUsers),
    byMonth: expected.byMonth.map((each) => ({ ...each, rate: rate(each.records, each.activeUsers) })),
  });
}
