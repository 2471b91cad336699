// @ts-check
import { table } from '../support/report.mjs';
import { QUESTIONS } from './questions.mjs';
import { figureOf } from './rounds.mjs';
import { isMet, targetsOf } from './targets.mjs';

/** @typedef {import('./matrix.mjs').Outcome} Outcome */
/** @typedef {import('./targets.mjs').Target} Target */

/**
 * The part of the report that is about answers over one size of data.
 * @param {readonly Outcome[]} outcomes
 * @param {readonly string[]} questions
 * @param {readonly number[]} connections
 * @returns {string} Markdown
 */
export function answersReport(outcomes, questions, connections) {
  const tables = connections.map((count) => {
    const head = `### ${count === 1 ? 'Median, ms, one connection' : `Answers a second, ${count} connections (median, ms)`}`;
    return `${head}\n\n${measuredTable(outcomes, questions, count)}`;
  });
  return [
    ...tables,
    `### Ratios\n\n${targetsTable(targetsOf(outcomes))}`,
    ...section('### What was not measured', problemsOf(outcomes)),
    ...section('### Peak memory of the servers', memoryOf(outcomes)),
  ].join('\n\n');
}

/** @param {string} head @param {readonly string[]} lines */
const section = (head, lines) => (lines.length === 0 ? [] : [`${head}\n\n${lines.join('\n')}`]);

/** @param {readonly string[]} questions */
export function questionsList(questions) {
  return questions
    .map((name) => `- ${name}: ${QUESTIONS[/** @type {keyof typeof QUESTIONS} */ (name)]}`)
    .join('\n');
}

/** @param {readonly Target[]} targets */
export function targetsTable(targets) {
  const questions = ['Q1', 'Q2', 'Q3', 'Q4', 'Q5', 'Q6', 'Q7'];
  return table(
    ['what', 'target', ...questions, 'judged by', 'verdict'],
    targets.map((target) => [
      target.what,
      `${target.sign} ${target.limit}`,
      ...questions.map((name) => figure(target.ratios.get(name))),
      figure(target.decisive),
      verdict(target),
    ]),
  );
}

/** @param {Target} target */
function verdict(target) {
  const met = isMet(target);
  if (met === undefined) return 'not measured';
  if (!met) return '**missed**';
  return [...target.ratios.values()].every(Number.isFinite) ? 'met' : 'met, as far as measured';
}

/** @param {readonly Outcome[]} outcomes @param {readonly string[]} questions @param {number} connections */
function measuredTable(outcomes, questions, connections) {
  const cell = (/** @type {Outcome} */ { failure, measured }, /** @type {string} */ question) => {
    if (failure !== undefined) return 'does not run';
    const found = measured.get(question)?.get(connections);
    if (found === undefined) return '–';
    const median = figure(figureOf(found, (each) => each.median));
    if (connections === 1) return median;
    return `${figure(figureOf(found, (each) => each.throughput))} (${median})`;
  };
  return table(
    ['', ...questions],
    outcomes.map((outcome) => [outcome.name, ...questions.map((question) => cell(outcome, question))]),
  );
}

/** @param {readonly Outcome[]} outcomes */
function problemsOf(outcomes) {
  return outcomes.flatMap(({ name, failure, problems }) => {
    if (failure !== undefined) return [`- ${name} does not run here: ${oneLine(failure)}`];
    const told = [...problems].map(([question, problem]) => `${question}: ${oneLine(problem)}`);
    return told.length === 0 ? [] : [`- ${name}. ${told.join('; ')}`];
  });
}

/** @param {readonly Outcome[]} outcomes */
function memoryOf(outcomes) {
  return outcomes.flatMap(({ name, peakMb }) =>
    peakMb === undefined ? [] : [`- ${name}: ${peakMb.toFixed(0)} MB`],
  );
}

/** Its last line tells most, and folders of this machine tell nobody anything. @param {string} text */
function oneLine(text) {
  const line = text.split('\n').find((each) => /error|cannot|required|not /i.test(each)) ?? text;
  return line.replaceAll(/(file:\/\/)?\/\S*\/(?=[\w.-]+)/g, '…/').slice(0, 300);
}

/** @param {number | undefined} value */
export function figure(value) {
  if (value === undefined || !Number.isFinite(value)) return '–';
  if (value >= 100) return Math.round(value).toLocaleString('en-US');
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
