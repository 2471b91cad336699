// @ts-check
import { Checks, messageOf } from './check.mjs';
import { spread } from './load.mjs';

/** @typedef {import('./check.mjs').Checked} Checked */
/** @typedef {import('./types.ts').Contender} Contender */
/** @typedef {import('./types.ts').Context} Context */
/** @typedef {import('./types.ts').Measured} Measured */
/** @typedef {import('./types.ts').Open} Open */

/** Who takes longer for one answer is asked a few times, by one connection. */
const SLOW_MS = 1_000;
const SLOW_REQUESTS = 3;
/** Who takes longer than this was asked often enough by the check. */
const VERY_SLOW_MS = 5_000;
/** Code is compiled for good only after many thousand calls; before, whoever has more of it looks slower than it is. */
const WARM_UP = { connections: 10, seconds: 8, most: 20_000 };
/** Who takes longer waits for others, and not for its own code. */
const WAITING_MS = 10;
const WAITING_WARM_UP = { ...WARM_UP, seconds: 2 };
const MOST = 50_000;
const MOST_SECONDS = 20;

/**
 * @typedef {object} Outcome
 * @property {string} id
 * @property {string} name
 * @property {string} [failure] why it does not run here
 * @property {Map<string, string>} problems by question: what it answered wrongly, or why it cannot answer
 * @property {Map<string, Map<number, Measured[]>>} measured by question and connections, round by round
 * @property {number | undefined} peakMb
 */

/**
 * @typedef {object} Plan
 * @property {readonly string[]} questions
 * @property {readonly number[]} connections
 * @property {number} seconds of each load
 * @property {number} rounds how often each is measured
 */

/** @typedef {{ outcome: Outcome, open: Open, checked: Checked }} Running */

/**
 * Starts everybody, checks that all answer alike, and measures them question by question in rounds, so that those who
 * are compared are measured within moments of each other, several times.
 * @param {readonly Contender[]} contenders the first says what is right
 * @param {Context} context
 * @param {Plan} plan
 */
export async function measureAll(contenders, context, plan) {
  const checks = new Checks();
  /** @type {Running[]} */
  const running = [];
  /** @type {Outcome[]} */
  const outcomes = [];
  try {
    for (const { id, name, open: start } of contenders) {
      process.stderr.write(`${name}: starts, and is checked … `);
      /** @type {Outcome} */
      const outcome = { id, name, problems: new Map(), measured: new Map(), peakMb: undefined };
      outcomes.push(outcome);
      try {
        const open = await start(context);
        const checked = await checks.check(open, context.answers, plan.questions);
        const { problems } = checked;
        outcome.problems = problems;
        running.push({ outcome, open, checked });
        process.stderr.write(
          problems.size === 0 ? 'equal\n' : `${JSON.stringify(Object.fromEntries(problems))}\n`,
        );
      } catch (error) {
        outcome.failure = messageOf(error);
        process.stderr.write(`${outcome.failure}\n`);
      }
    }
    for (const question of plan.questions) await measureQuestion(question, running, plan);
  } finally {
    for (const { outcome, open } of running) {
      outcome.peakMb = open.peakMb();
      await open.close();
    }
  }
  return { outcomes, random: checks.random };
}

/**
 * @param {string} question
 * @param {readonly Running[]} running
 * @param {Plan} plan
 */
async function measureQuestion(question, running, { connections, seconds, rounds }) {
  const isOut = (/** @type {Running} */ { outcome }) => outcome.problems.has(question);
  for (const each of running) if (!isOut(each)) await warmUp(question, each);
  for (const count of connections)
    for (let round = 0; round < rounds; round++)
      for (const each of running)
        if (!isOut(each)) await measureOnce(question, each, { count, seconds, round });
}

/** @param {string} question @param {Running} running */
async function warmUp(question, { outcome, open, checked }) {
  const once = checked.ms.get(question) ?? 0;
  if (once > SLOW_MS) return;
  try {
    await open.measure(question, once > WAITING_MS ? WAITING_WARM_UP : WARM_UP);
  } catch (error) {
    outcome.problems.set(question, messageOf(error));
  }
}

/**
 * @param {string} question
 * @param {Running} running
 * @param {{ count: number, seconds: number, round: number }} load
 */
async function measureOnce(question, { outcome, open, checked }, { count, seconds, round }) {
  const once = checked.ms.get(question) ?? 0;
  const isSlow = once > SLOW_MS;
  if (isSlow && (count > 1 || round > 0)) return;
  if (isSlow && (question === 'Q8' || once > VERY_SLOW_MS)) {
    remember(outcome, question, count, inTurn(question === 'Q8' ? checked.random : [once]));
    return;
  }
  const load = isSlow
    ? { connections: 1, seconds: 600, most: SLOW_REQUESTS }
    : { connections: count, seconds: longEnough(seconds, once * count), most: MOST };
  try {
    const measured = await open.measure(question, load);
    if (measured?.count === 0) outcome.problems.set(question, `no answer within ${load.seconds} s`);
    else if (measured !== undefined) remember(outcome, question, count, measured);
  } catch (error) {
    outcome.problems.set(question, messageOf(error));
  }
}

/**
 * At least twice what everybody takes who waits in one line, within reason.
 * @param {number} seconds
 * @param {number} lineMs
 */
function longEnough(seconds, lineMs) {
  return Math.max(seconds, Math.min(MOST_SECONDS, Math.ceil((2 * lineMs) / 1000)));
}

/** What the check took already is not taken again. @param {readonly number[]} times @returns {Measured} */
function inTurn(times) {
  const throughput = (1000 * times.length) / times.reduce((sum, ms) => sum + ms, 0);
  return { ...spread(times), throughput, count: times.length };
}

/** @param {Outcome} outcome @param {string} question @param {number} connections @param {Measured} measured */
function remember({ name, measured: all }, question, connections, measured) {
  const ofQuestion = all.get(question) ?? new Map();
  const before = ofQuestion.get(connections) ?? [];
  all.set(question, ofQuestion.set(connections, [...before, measured]));
  const { median, throughput } = measured;
  process.stderr.write(
    `${question} × ${connections}, ${name}: ${median.toFixed(2)} ms, ${throughput.toFixed(0)}/s\n`,
  );
}
