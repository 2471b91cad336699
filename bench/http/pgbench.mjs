// @ts-check
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { measure } from '../support/measure.mjs';
import { findPrograms } from '../support/server.mjs';
import { BEST, valuesOf } from './limit/statements.mjs';
import { spread } from './load.mjs';

/** @typedef {import('./types.ts').Load} Load */

/** The floor: the statements of (a), prepared, without HTTP or JSON. @param {import('./types.ts').Context} context */
export async function openPgbench({ database, facts, folder }) {
  const program = findPgbench();
  const values = valuesOf(facts);
  return {
    /** @param {string} question @param {Load} load */
    measure: async (question, load) => {
      const text = Object.entries(BEST).find(([name]) => name === question)?.[1];
      if (text === undefined) return undefined;
      const own = mkdtempSync(join(folder, 'pgbench-'));
      try {
        return await run(program, database, own, text, values[question] ?? [], load);
      } finally {
        rmSync(own, { recursive: true });
      }
    },
    peakMb: () => undefined,
    close: async () => undefined,
  };
}

/**
 * @param {string} program
 * @param {string} database
 * @param {string} folder
 * @param {string} text with values as $1, $2
 * @param {unknown[]} values
 * @param {Load} load
 */
async function run(program, database, folder, text, values, { connections, seconds }) {
  const [script, log] = [join(folder, 'script.sql'), join(folder, 'log')];
  writeFileSync(script, `${text.replaceAll(/\s+/g, ' ').replaceAll(/\$(\d)/g, ':value$1')};\n`);
  const variables = values.flatMap((value, at) => ['-D', `value${at + 1}=${literal(value)}`]);
  const threads = String(Math.min(connections, 2));
  const { stdout } = await measure(program, [
    ...['-n', '-M', 'prepared', '-f', script, ...variables],
    ...[
      '-c',
      String(connections),
      '-j',
      threads,
      '-T',
      String(Math.ceil(seconds)),
      '-l',
      '--log-prefix',
      log,
    ],
    database,
  ]);
  const times = readdirSync(folder)
    .filter((name) => name.startsWith('log.'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
    .filter((line) => line !== '')
    // The third field is a transaction's time in microseconds.
    .map((line) => Number(line.split(' ')[2]) / 1000);
  return { ...spread(times), throughput: Number(/tps = ([\d.]+)/.exec(stdout)?.[1]), count: times.length };
}

/** @param {unknown} value */
function literal(value) {
  return Array.isArray(value) ? `{${value.join(',')}}` : String(value);
}

/** Where the server's programs are, or on the PATH. */
function findPgbench() {
  const beside = join(findPrograms(), 'pgbench');
  return existsSync(beside) ? beside : 'pgbench';
}
