// A long run of the property tests: `npm run soak -- --cases 100000 [--seed n] [--engine postgres|embedded]
// [--processes n]`, or of each planted fault until it is found: `npm run soak -- --planted`.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '10000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    engine: { type: 'string' },
    processes: { type: 'string', default: String(availableParallelism()) },
    planted: { type: 'boolean', default: false },
  },
});
if (values.engine !== undefined && !['postgres', 'embedded'].includes(values.engine))
  throw new Error(`--engine is ${values.engine}; expected postgres or embedded.`);
for (const name of /** @type {const} */ (['cases', 'seed', 'processes']))
  if (!/^\d+$/.test(values[name]) || (name !== 'seed' && Number(values[name]) === 0))
    throw new Error(`--${name} is ${values[name]}; expected a whole number.`);
const CASES = Number(values.cases);
const SEED = Number(values.seed);

/** Cases of one run of the tests; a long run is many of them, each in a new process. */
const PART = 5_000;
/** Seeds that a part can use: a data set of a hundred cases each. */
const SEEDS_A_PART = PART / 100;
const MOST_FAILURES = 3;

process.exitCode = (values.planted ? await soakPlanted() : await soak()) ? 0 : 1;

/** @returns whether nothing failed */
async function soak() {
  const { module } = await runnerImport('./test/properties/coverage/coverage.ts');
  const coverage = new module.Coverage();
  /** @type {string[]} */
  const failures = [];
  const parts = Array.from({ length: Math.ceil(CASES / PART) }, (_, part) => ({
    PROPERTY_CASES: String(Math.min(PART, CASES - part * PART)),
    PROPERTY_SEED: String(SEED + part * SEEDS_A_PART),
  }));
  await inProcesses(parts, async (part) => {
    if (failures.length >= MOST_FAILURES) return;
    const result = await run(part);
    coverage.addAll(result.coverage);
    failures.push(...result.failures);
    for (const failure of result.failures) console.log(`\n${failure}\n`);
    console.log(`${coverage.cases} of ${CASES} cases, ${failures.length} failures`);
  });
  console.log(coverage.report());
  console.log(`\n${coverage.cases} cases from seed ${SEED}: ${failures.length} failures.`);
  return failures.length === 0 && coverage.cases >= CASES;
}

/** @returns whether every planted fault was found */
async function soakPlanted() {
  const { module } = await runnerImport('./test/properties/planted.ts');
  /** @type {import('./planted.ts').Planted[]} */
  const planted = module.PLANTED;
  let missed = 0;
  await inProcesses(planted, async ({ name, foundBy }) => {
    const found = foundBy === undefined ? await foundByCases(name) : await foundByTests(name, foundBy);
    if (found === undefined) missed++;
    console.log(`${name}: ${found ?? 'NOT FOUND'}`);
  });
  console.log(`${planted.length - missed} of ${planted.length} planted faults found from seed ${SEED}.`);
  return missed === 0;
}

/** @param {string} name */
async function foundByCases(name) {
  const { failures, coverage } = await run({
    PROPERTY_CASES: String(CASES),
    PROPERTY_SEED: String(SEED),
    PROPERTY_FAILURES: '1',
    PLANTED_FAULT: name,
  });
  const [failure] = failures;
  return failure && `found after ${coverage.cases} cases (${failure.split('\n')[1]?.trim()})`;
}

/** @param {string} name @param {string} file */
async function foundByTests(name, file) {
  const printed = await vitest(file, { PLANTED_FAULT: name, NO_COLOR: '1' });
  const wrong = /^AssertionError: (.*)$/m.exec(printed)?.[1];
  return wrong && `found by ${file} (${wrong})`;
}

/**
 * Works on the items in order, on so many at once.
 * @template Item
 * @param {readonly Item[]} items
 * @param {(item: Item) => Promise<void>} work
 */
async function inProcesses(items, work) {
  const rest = items.values();
  const worker = async () => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: Number(values.processes) }, worker));
}

/**
 * Runs the property tests; what they printed is only of interest where they end without a result.
 * @param {Record<string, string>} env
 * @returns {Promise<import('./settings.ts').Result>}
 */
async function run(env) {
  const folder = mkdtempSync(join(tmpdir(), 'metricgraph-soak-'));
  const file = join(folder, 'result.json');
  const printed = await vitest('test/properties/metrics.test.ts', {
    ...(values.engine && { PROPERTY_ENGINE: values.engine }),
    PROPERTY_RESULT: file,
    ...env,
  });
  if (!existsSync(file)) throw new Error(`A run ended without a result:\n${printed}`);
  const result = JSON.parse(readFileSync(file, 'utf8'));
  rmSync(folder, { recursive: true });
  return result;
}

/**
 * Runs a file of tests, and resolves to all that it printed.
 * @param {string} file
 * @param {Record<string, string>} env
 */
async function vitest(file, env) {
  const child = spawn('npx', ['vitest', 'run', file], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  return (await Promise.all([text(child.stdout), text(child.stderr)])).join('\n');
}
