// A long run of the property tests: `npm run soak -- --cases 100000 [--seed n] [--engine postgres|embedded]`, or of
// each planted fault until it is found: `npm run soak -- --planted`.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';

/** Its `PLANTED` lists faults by `name`; a run has the one that `PLANTED_FAULT` names. */
const PLANTED = 'test/properties/planted.ts';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '10000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    engine: { type: 'string' },
    planted: { type: 'boolean', default: false },
  },
});
if (values.engine !== undefined && !['postgres', 'embedded'].includes(values.engine))
  throw new Error(`--engine is ${values.engine}; expected postgres or embedded.`);
if (!/^[1-9]\d*$/.test(values.cases) || !/^\d+$/.test(values.seed))
  throw new Error('--cases and --seed are whole numbers.');

process.exitCode = (values.planted ? await soakPlanted() : await soak()) ? 0 : 1;

/** @returns whether nothing failed */
async function soak() {
  const result = await run({}, 'inherit');
  if (result === undefined) return false;
  const { cases, failures, coverage } = result;
  console.log(coverage);
  for (const failure of failures) console.log(`\n${failure}`);
  console.log(`\n${cases} cases from seed ${values.seed}: ${failures.length} failures.`);
  return failures.length === 0 && cases >= Number(values.cases);
}

/** @returns whether every planted fault was found */
async function soakPlanted() {
  if (!existsSync(PLANTED)) throw new Error(`There are no planted faults: ${PLANTED} is missing.`);
  const { module } = await runnerImport(`./${PLANTED}`);
  let missed = 0;
  for (const { name } of module.PLANTED) {
    const result = await run({ PLANTED_FAULT: name, PROPERTY_FAILURES: '1' }, 'ignore');
    const [failure] = result?.failures ?? [];
    if (failure === undefined) missed++;
    const found = failure?.split('\n')[1]?.trim();
    console.log(`${name}: ${failure ? `found after ${result.cases} cases (${found})` : 'NOT FOUND'}`);
  }
  console.log(
    `${module.PLANTED.length - missed} of ${module.PLANTED.length} planted faults found from seed ${values.seed}.`,
  );
  return missed === 0;
}

/**
 * Runs the property tests; undefined where they ended without a result.
 * @param {Record<string, string>} env
 * @param {'inherit' | 'ignore'} stdio
 */
async function run(env, stdio) {
  const folder = mkdtempSync(join(tmpdir(), 'metricgraph-soak-'));
  const file = join(folder, 'result.json');
  const child = spawn('npx', ['vitest', 'run', 'test/properties/metrics.test.ts'], {
    stdio: ['ignore', stdio, stdio],
    env: {
      ...process.env,
      PROPERTY_CASES: values.cases,
      PROPERTY_SEED: values.seed,
      ...(values.engine && { PROPERTY_ENGINE: values.engine }),
      PROPERTY_RESULT: file,
      ...env,
    },
  });
  await new Promise((resolve) => child.once('exit', resolve));
  const result = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  rmSync(folder, { recursive: true });
  return result;
}
