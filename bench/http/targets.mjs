// @ts-check
import { COMMON } from './questions.mjs';
import { middleOf, ratioOf } from './rounds.mjs';

/** @typedef {import('./matrix.mjs').Outcome} Outcome */

const ASKED = ['Q1', 'Q2', 'Q3', 'Q4', 'Q5', 'Q6', 'Q7'];

/**
 * A ratio that ought to be small or large enough.
 * @typedef {object} Target
 * @property {string} what
 * @property {'≤' | '≥'} sign
 * @property {number} limit
 * @property {Map<string, number>} ratios by question; not a number where one of the two was not measured
 * @property {number | undefined} decisive the one that is judged: the worst, or the median where the target says so
 */

/**
 * The ratios of one size.
 * @param {readonly Outcome[]} outcomes
 * @returns {Target[]}
 */
export function targetsOf(outcomes) {
  const by = (/** @type {string} */ id) => outcomes.find((outcome) => outcome.id === id);
  const [ours, cached, limit, raw, constant] = ['ours', 'ours-cached', 'limit', 'raw', 'constant'].map(by);
  return [
    worst('uncached ÷ (a), median at one connection', '≤', 1.5, medians(ours, limit, ASKED)),
    worst('uncached ÷ (a), throughput at 50 connections', '≥', 0.6, throughputs(ours, limit, ASKED)),
    worst('(b) ÷ uncached, median at one connection', '≥', 100, medians(raw, ours, COMMON)),
    worst('cached ÷ (c), throughput at 50 connections', '≥', 0.7, throughputs(cached, constant, ASKED)),
    ...outcomes
      .filter(({ name }) => /^\([d-g]\)/.test(name))
      .flatMap((peer) => [
        inTheMiddle(`${peer.name} ÷ uncached`, limitOf(peer), medians(peer, ours, COMMON)),
        inTheMiddle(`${peer.name} ÷ cached`, limitOf(peer), medians(peer, cached, COMMON)),
      ]),
  ];
}

/**
 * One size beside another.
 * @param {readonly Outcome[]} large
 * @param {readonly Outcome[]} medium
 */
export function growthOf(large, medium) {
  const ours = (/** @type {readonly Outcome[]} */ outcomes) => outcomes.find(({ id }) => id === 'ours');
  return worst(
    'L ÷ M, uncached, median at one connection',
    '≤',
    1.3,
    medians(ours(large), ours(medium), ASKED),
  );
}

/** @param {Outcome} peer */
function limitOf({ id }) {
  if (id.endsWith('-raw')) return 500;
  return id.startsWith('cube') ? 20 : 3;
}

/** @param {Target} target @returns {boolean | undefined} undefined where nothing was measured */
export function isMet({ sign, limit, decisive }) {
  if (decisive === undefined) return undefined;
  return sign === '≤' ? decisive <= limit : decisive >= limit;
}

/**
 * @param {string} what
 * @param {'≤' | '≥'} sign
 * @param {number} limit
 * @param {Map<string, number>} ratios
 * @returns {Target}
 */
function worst(what, sign, limit, ratios) {
  const pick = sign === '≤' ? Math.max : Math.min;
  return { what, sign, limit, ratios, decisive: decisiveOf(ratios, (measured) => pick(...measured)) };
}

/** @param {string} what @param {number} limit @param {Map<string, number>} ratios @returns {Target} */
function inTheMiddle(what, limit, ratios) {
  const decisive = decisiveOf(ratios, middleOf);
  return { what: `${what}, median of Q1–Q5`, sign: '≥', limit, ratios, decisive };
}

/** @param {Map<string, number>} ratios @param {(measured: readonly number[]) => number} decide */
function decisiveOf(ratios, decide) {
  const measured = [...ratios.values()].filter(Number.isFinite);
  return measured.length === 0 ? undefined : decide(measured);
}

/** @param {Outcome | undefined} one @param {Outcome | undefined} other @param {readonly string[]} questions */
const medians = (one, other, questions) => ratios(one, other, questions, 1, ({ median }) => median);

/** @param {Outcome | undefined} one @param {Outcome | undefined} other @param {readonly string[]} questions */
const throughputs = (one, other, questions) =>
  ratios(one, other, questions, 50, ({ throughput }) => throughput);

/**
 * @param {Outcome | undefined} one
 * @param {Outcome | undefined} other
 * @param {readonly string[]} questions
 * @param {number} connections
 * @param {import('./rounds.mjs').Figure} figure
 */
function ratios(one, other, questions, connections, figure) {
  const of = (/** @type {Outcome | undefined} */ outcome, /** @type {string} */ question) =>
    outcome?.measured.get(question)?.get(connections);
  return new Map(
    questions.map((question) => [question, ratioOf(of(one, question), of(other, question), figure)]),
  );
}
