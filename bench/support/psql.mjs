// @ts-check
import { measure } from './measure.mjs';

/** A database, through psql alone. */
export class Psql {
  /** @param {string} url */
  constructor(url) {
    this.url = url;
  }

  /**
   * Runs SQL or psql's own commands, each by itself.
   * @param {readonly string[]} commands
   * @returns {Promise<number>} seconds
   */
  async run(...commands) {
    return (await this.#measure(commands)).seconds;
  }

  /**
   * Runs the statements of a file.
   * @param {string} path
   */
  async file(path) {
    await measure('psql', ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', this.url, '-f', path]);
  }

  /**
   * The one value of a query.
   * @param {string} query
   * @returns {Promise<string>}
   */
  async value(query) {
    return (await this.#measure([query])).stdout.trim();
  }

  /** @param {readonly string[]} commands */
  #measure(commands) {
    const each = commands.flatMap((command) => ['-c', command]);
    return measure('psql', ['-X', '-q', '-At', '-v', 'ON_ERROR_STOP=1', '-d', this.url, ...each]);
  }
}

/**
 * Makes a database for as long as `work` takes, on the server of `url`.
 * @template T
 * @param {string} url
 * @param {(url: string) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withOwnDatabase(url, work) {
  const name = `metricgraph_bench_${process.pid}`;
  const server = new Psql(url);
  await server.run(`create database ${name}`);
  const own = new URL(url);
  own.pathname = name;
  try {
    return await work(own.href);
  } finally {
    await server.run(`drop database ${name} with (force)`);
  }
}
