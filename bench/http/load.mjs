// @ts-check
import autocannon from 'autocannon';

/** @typedef {import('./types.ts').Post} Post */

const HEADERS = { 'content-type': 'application/json' };
const TIMEOUT_S = 120;

/**
 * Asks once, and waits for the answer as long as it takes.
 * @param {string} url
 * @param {Post} post
 * @returns {Promise<{ body: string, ms: number }>}
 */
export async function ask(url, { path, body }) {
  const started = performance.now();
  const signal = AbortSignal.timeout(TIMEOUT_S * 1000);
  const response = await fetch(url + path, { method: 'POST', headers: HEADERS, body, signal });
  const answer = await response.text();
  const ms = performance.now() - started;
  if (response.status !== 200) throw new Error(`${response.status}: ${answer.slice(0, 500)}`);
  return { body: answer, ms };
}

/**
 * Asks by so many connections at once, for so long or so often, whichever ends first.
 * @param {string} url
 * @param {readonly Post[]} posts one after the other, and from the first again
 * @param {import('./types.ts').Load} load
 * @returns {Promise<import('./types.ts').Measured>}
 * @throws Error when an answer was no answer
 */
export async function load(url, posts, { connections, seconds, most }) {
  /** @type {number[]} */
  const times = [];
  /** @type {import('autocannon').Options} */
  const options = {
    url,
    connections,
    duration: seconds,
    maxOverallRequests: Math.max(most, connections),
    timeout: TIMEOUT_S,
    requests: posts.map(({ path, body }) => ({ method: 'POST', path, body, headers: HEADERS })),
  };
  /** @type {import('autocannon').Result} */
  const result = await new Promise((resolve, reject) => {
    const run = autocannon(options, (error, found) => (error ? reject(error) : resolve(found)));
    // Its own latencies are whole milliseconds; these are not.
    run.on('response', (_client, _status, _bytes, ms) => times.push(ms));
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx} answers were no 2xx, ${result.errors} failed or timed out.`);
  const took = (result.finish.getTime() - result.start.getTime()) / 1000;
  return { ...spread(times), throughput: times.length / took, count: times.length };
}

/**
 * The median and the slowest hundredth.
 * @param {readonly number[]} times
 */
export function spread(times) {
  const sorted = [...times].sort((one, other) => one - other);
  const at = (/** @type {number} */ share) => sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
  return { median: at(0.5), p99: at(0.99) };
}
