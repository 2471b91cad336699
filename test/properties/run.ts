import fc from 'fast-check';
import type { Engine } from '../../src/database/engine.ts';
import type { TestApi } from '../support/api.ts';
import type { Case, World } from './cases.ts';
import type { Outcome } from './check/check.ts';
import { refusalProblems } from './check/refusals.ts';
import type { Coverage } from './coverage/coverage.ts';
import { casesOf } from './generate/case.ts';
import { reduced } from './reduce.ts';
import { Target } from './target.ts';
import { worlds } from './worlds.ts';

/** Loading takes longest, so each data set is asked many requests. */
const CASES_A_WORLD = 100;
/** Cases whose wrong metrics are asked too, to see that they are refused. */
const REFUSALS_A_WORLD = 5;
/** Cases asked at the same time. */
const AT_ONCE = 4;

export interface Plan {
  readonly cases: number;
  /** That of the first data set; the next one has the next. */
  readonly seed: number;
  /** The run ends after so many. */
  readonly mostFailures: number;
  /** Counts what was checked. */
  readonly coverage: Coverage;
}

export interface Failure {
  /** Of the data set that failed. */
  readonly seed: number;
  /** As small as some tries could make them. */
  readonly world: World;
  readonly asked: Case;
  readonly problems: readonly string[];
}

/** Asks random requests of random data until they are enough, or enough have failed. */
export async function runCases(engine: Engine, plan: Plan): Promise<readonly Failure[]> {
  const target = new Target(engine);
  const failures: Failure[] = [];
  try {
    for (let done = 0; done < plan.cases && failures.length < plan.mostFailures; done += CASES_A_WORLD) {
      const count = Math.min(CASES_A_WORLD, plan.cases - done);
      failures.push(...(await runWorld(target, plan, plan.seed + done / CASES_A_WORLD, count)));
    }
  } finally {
    await target.close();
  }
  return failures.slice(0, plan.mostFailures);
}

interface Failed {
  readonly asked: Case;
  readonly outcome: Outcome;
}

async function runWorld(
  target: Target,
  plan: Plan,
  seed: number,
  count: number,
): Promise<readonly Failure[]> {
  const [world] = fc.sample(worlds, { numRuns: 1, seed }) as [World];
  const cases = fc.sample(casesOf(world), { numRuns: count, seed });
  const api = await target.load(world);
  const failed: Failed[] = [];
  for (let from = 0; from < count && failed.length < plan.mostFailures; from += AT_ONCE)
    failed.push(...(await askSome(target, plan, world, cases.slice(from, from + AT_ONCE))));
  const failures = await wronglyAnswered(api, world, cases.slice(0, REFUSALS_A_WORLD), seed);
  for (const each of failed) failures.push(await smallest(target, world, each, seed));
  return failures;
}

async function askSome(
  target: Target,
  { coverage }: Plan,
  world: World,
  cases: readonly Case[],
): Promise<Failed[]> {
  const outcomes = await Promise.all(cases.map((asked) => target.check(world, asked)));
  const failed: Failed[] = [];
  for (const [index, outcome] of outcomes.entries()) {
    const asked = cases[index]!;
    coverage.add({ world, asked, answer: outcome.answer });
    if (outcome.problems.length > 0) failed.push({ asked, outcome });
  }
  return failed;
}

async function wronglyAnswered(
  api: TestApi,
  world: World,
  cases: readonly Case[],
  seed: number,
): Promise<Failure[]> {
  const failures: Failure[] = [];
  for (const asked of cases) {
    const problems = await refusalProblems(api, world, asked);
    if (problems.length > 0) failures.push({ seed, world, asked, problems });
  }
  return failures;
}

/** Made smaller as long as it is refused for the same reason, or answered wrongly. */
async function smallest(
  target: Target,
  world: World,
  { asked, outcome }: Failed,
  seed: number,
): Promise<Failure> {
  const small = await reduced(world, asked, async (other, smaller) => {
    const { problems, isRefused } = await target.check(other, smaller);
    return outcome.isRefused ? problems[0] === outcome.problems[0] : problems.length > 0 && !isRefused;
  });
  const { problems } = await target.check(small.world, small.asked);
  await target.load(world);
  return { seed, ...small, problems };
}
