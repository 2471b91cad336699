import { afterAll, beforeAll, expect, it } from 'vitest';
import { upgrade } from '../../src/pipeline/upgrade.ts';
import { quiet } from '../../src/progress.ts';
import { describeEngines } from '../support/databases.ts';
import { Coverage } from './coverage/coverage.ts';
import { FEATURE_NAMES } from './coverage/features.ts';
import { failureReport } from './report.ts';
import { runCases } from './run.ts';
import { isOrdinaryRun, planOf, writeResult } from './settings.ts';

const coverage = new Coverage();
const failures: string[] = [];
afterAll(() => writeResult({ failures, coverage: coverage.counted() }));

describeEngines('metrics of random data are those of the naive evaluation', (fixture) => {
  const { timeoutMs, ...plan } = planOf(fixture.name);

  beforeAll(() => upgrade(fixture.engine, quiet));

  it.skipIf(plan.cases === 0)(
    'in every row, total and page, whatever is selected',
    { timeout: timeoutMs },
    async () => {
      const found = await runCases(fixture.engine, { ...plan, coverage }).then(
        (all) => all.map((failure) => failureReport(fixture.name, failure)),
        (error: Error) => [`On ${fixture.name}:\n${error.stack}`],
      );
      failures.push(...found);
      if (found.length > 0) throw new Error(found.join('\n\n'));
    },
  );
});

it.runIf(isOrdinaryRun)('every feature is met in ten answers with rows or more', ({ skip }) => {
  if (coverage.cases === 0) skip('no engine was asked');
  expect(FEATURE_NAMES.filter((name) => coverage.of(name) < 10)).toEqual([]);
});
