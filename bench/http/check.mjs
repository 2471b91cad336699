// @ts-check
import { difference } from './compare.mjs';
import { ask } from './load.mjs';

/** @typedef {import('./types.ts').Open} Open */
/** @typedef {import('./types.ts').Cell} Cell */

/** Random requests are asked for so long; those that are left then are left out for everybody. */
const RANDOM_BUDGET_MS = 60_000;

/**
 * What a check found: by question, what a contender answered wrongly or why it cannot, and how long one answer took.
 * @typedef {object} Checked
 * @property {Map<string, string>} problems
 * @property {Map<string, number>} ms
 * @property {readonly number[]} random how long each random request took, one after the other
 */

/** Holds what is right, and everybody's answers beside it. */
export class Checks {
  /** @type {Map<string, readonly (readonly Cell[])[]>} */
  #right = new Map();
  /** @type {string[]} */
  #random = [];
  /** Random requests that were asked of everybody. */
  get random() {
    return this.#random.length;
  }

  /**
   * Asks everything once to warm up, and once more; the first contender's answers are what is right.
   * @param {Open} open
   * @param {Map<string, string>} answers takes the first contender's, as they were sent
   * @param {readonly string[]} questions
   * @returns {Promise<Checked>}
   */
  async check(open, answers, questions) {
    /** @type {Checked} */
    const checked = { problems: new Map(), ms: new Map(), random: [] };
    for (const question of questions.filter((name) => name !== 'Q8')) {
      try {
        const problem = await this.#one(open, question, answers, checked);
        if (problem !== undefined) checked.problems.set(question, problem);
      } catch (error) {
        checked.problems.set(question, messageOf(error));
      }
    }
    if (questions.includes('Q8')) await this.#checkRandom(open, checked);
    return checked;
  }

  /** @param {Open} open @param {string} question @param {Map<string, string>} answers @param {Checked} checked */
  async #one({ url, requests }, question, answers, checked) {
    const asked = requests?.[question];
    if (url === undefined || asked === undefined) return undefined;
    if (typeof asked === 'string') return asked;
    await ask(url, asked.post);
    const { body, ms } = await ask(url, asked.post);
    const rows = asked.rows(/** @type {never} */ (JSON.parse(body)));
    checked.ms.set(question, ms);
    const right = this.#right.get(question);
    if (right !== undefined) return difference(right, rows);
    this.#right.set(question, rows);
    answers.set(question, body);
    return undefined;
  }

  /** @param {Open} open @param {Checked} checked */
  async #checkRandom({ url, random = [] }, checked) {
    if (url === undefined || random.length === 0) return;
    const isFirst = this.#random.length === 0;
    const until = performance.now() + RANDOM_BUDGET_MS;
    /** @type {number[]} */
    const times = [];
    for (const asked of isFirst ? random : random.slice(0, this.#random.length)) {
      const { body, ms } = await ask(url, asked.post);
      const [[answer]] = /** @type {[[string]]} */ (asked.rows(/** @type {never} */ (JSON.parse(body))));
      if (isFirst) this.#random.push(answer);
      else if (answer !== this.#random[times.length])
        checked.problems.set('Q8', `another answer to ${asked.post.body}`);
      times.push(ms);
      if (isFirst && performance.now() > until) break;
    }
    checked.random = times;
    checked.ms.set('Q8', times.reduce((sum, ms) => sum + ms, 0) / times.length);
  }
}

/** @param {unknown} error */
export function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}
