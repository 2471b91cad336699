// @ts-check
import { mkdirSync, writeFileSync } from 'node:fs';
import { arch, cpus, loadavg, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {object} Row
 * @property {string} step
 * @property {number} seconds
 * @property {number} rows
 * @property {number | undefined} [cpu] seconds of processor time
 * @property {number | undefined} [peakMb]
 */

/**
 * @param {readonly Row[]} rows
 * @returns {string} a Markdown table
 */
export function stepsTable(rows) {
  return table(
    ['step', 'seconds', 'CPU seconds', 'rows/s', 'peak memory, MB'],
    rows.map(({ step, seconds, cpu, rows: count, peakMb }) => [
      step,
      seconds.toFixed(1),
      cpu === undefined ? '' : cpu.toFixed(1),
      grouped(count / seconds),
      peakMb === undefined ? '' : peakMb.toFixed(0),
    ]),
  );
}

/**
 * How much longer ours took than theirs together, in wall time and processor time: a row of a table.
 * @param {string} name
 * @param {Row} ours
 * @param {readonly Row[]} theirs
 */
export function ratio(name, ours, theirs) {
  const sum = (/** @type {readonly (number | undefined)[]} */ each) =>
    each.reduce((/** @type {number} */ total, one) => total + (one ?? Number.NaN), 0);
  const wall = ours.seconds / sum(theirs.map(({ seconds }) => seconds));
  const cpu = (ours.cpu ?? Number.NaN) / sum(theirs.map((row) => row.cpu));
  return [name, ...[wall, cpu].map((value) => (Number.isNaN(value) ? '' : value.toFixed(2)))];
}

/**
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows
 */
export function table(head, rows) {
  const line = (/** @type {readonly string[]} */ cells) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, at) => (at === 0 ? '---' : '---:'));
  return [head, rule, ...rows].map(line).join('\n');
}

/**
 * What the numbers were measured on.
 * @param {string} server its version
 */
export function machine(server) {
  const [cpu] = cpus();
  const gigabytes = (totalmem() / 1e9).toFixed(0);
  const busy = loadavg()[0]?.toFixed(1);
  return (
    `${cpus().length} × ${cpu?.model.trim() || arch()}, ${gigabytes} GB; Node ${process.versions.node}, ` +
    `PostgreSQL ${server}; load average at the end ${busy}.`
  );
}

/**
 * Writes `bench/results/<name>-<date>.md`, or `<date>.md` without a name, and prints it.
 * @param {string} name
 * @param {string} text
 */
export function publish(name, text) {
  const date = new Date().toISOString().slice(0, 10);
  const path = join(
    dirname(fileURLToPath(import.meta.url)),
    '..',
    'results',
    `${name && `${name}-`}${date}.md`,
  );
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  process.stdout.write(`\n${text}\nWritten to ${path}\n`);
}

/** @param {number} number */
export function grouped(number) {
  return Math.round(number).toLocaleString('en-US');
}
