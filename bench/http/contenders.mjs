// @ts-check
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startChild } from '../support/child.mjs';
import { measureNode } from '../support/measure.mjs';
import { BEST, limitRequests, RAW } from './limit/statements.mjs';
import { load } from './load.mjs';
import { oursRandom, oursRequests } from './ours-requests.mjs';
import { overHttp } from './over-http.mjs';
import { openPeer, PEERS } from './peers.mjs';
import { openPgbench } from './pgbench.mjs';

/** @typedef {import('./types.ts').Contender} Contender */
/** @typedef {import('./types.ts').Context} Context */
/** @typedef {import('./types.ts').Open} Open */

/** Connections of every contender's pool. */
export const POOL_SIZE = '10';
/** The whole of what turns our caches off, and the size they have when on. */
export const OURS = {
  uncached: { RESULT_CACHE_MB: '0', RESPONSE_CACHE_MB: '0' },
  cached: {},
};

/** As slow as an answer may be, it is waited for. */
const EVERY_SERVER = { POOL_SIZE, LOG_LEVEL: 'error', EXPLAIN: 'false', READ_TIMEOUT_MS: '120000' };

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const MAIN = here('../../dist/src/cli/main.js');

/** @type {readonly Contender[]} the first says what is right */
export const CONTENDERS = [
  {
    id: 'ours',
    name: 'metricgraph, uncached',
    open: (context) => openOurs(context, { DATABASE_URL: context.database, ...OURS.uncached }),
  },
  {
    id: 'ours-cached',
    name: 'metricgraph, cached',
    open: (context) => openOurs(context, { DATABASE_URL: context.database, ...OURS.cached }),
  },
  {
    id: 'limit',
    name: '(a) Node http + pg, best tables',
    open: (context) => openLimit(context, BEST),
  },
  { id: 'pgbench', name: 'pgbench, the same SQL as (a)', open: openPgbench },
  { id: 'raw', name: '(b) Node http + pg, raw events', open: (context) => openLimit(context, RAW) },
  { id: 'constant', name: '(c) a constant from Fastify', open: openConstant },
  ...PEERS.map((peer) => ({
    id: peer.id,
    name: peer.name,
    open: (/** @type {Context} */ context) => openPeer(peer, context, POOL_SIZE),
  })),
];

/**
 * The embedded engine, with its data kept in a folder. It answers one statement at a time.
 * @param {string} folder
 * @returns {Contender}
 */
export function embedded(folder) {
  return {
    id: 'embedded',
    name: 'metricgraph, embedded, uncached',
    open: async (context) => {
      const env = { DATABASE_URL: '', DATA_DIR: folder, ...OURS.uncached };
      if (!existsSync(folder)) await measureNode(MAIN, ['seed'], env);
      return openOurs(context, env);
    },
  };
}

/**
 * A server of ours.
 * @param {Context} context
 * @param {NodeJS.ProcessEnv} env where the data are, and what is cached
 */
export async function openOurs({ facts, random }, env) {
  const child = await startChild(MAIN, ['start'], { ...EVERY_SERVER, ...env });
  return overHttp(child, oursRequests(facts), oursRandom(facts, random));
}

/** @param {Context} context @param {Record<string, string>} statements */
async function openLimit({ database, facts, folder }, statements) {
  const file = join(folder, `statements-${Object.keys(statements).length}.json`);
  writeFileSync(file, JSON.stringify(statements));
  const env = { DATABASE_URL: database, POOL_SIZE, STATEMENTS: file };
  const requests = limitRequests(statements, facts);
  return overHttp(await startChild(here('limit/server.mjs'), [], env), requests);
}

/** Says what ours said, to the same requests. @param {Context} context @returns {Promise<Open>} */
async function openConstant({ answers, facts, folder }) {
  const file = join(folder, 'answers.json');
  writeFileSync(file, JSON.stringify(Object.fromEntries(answers)));
  const child = await startChild(here('constant.mjs'), [], { ANSWERS: file });
  const requests = oursRequests(facts);
  return {
    measure: async (question, options) => {
      const asked = requests[question];
      if (!answers.has(question) || asked === undefined || typeof asked === 'string') return undefined;
      return load(child.url, [{ path: `/${question}`, body: asked.post.body }], options);
    },
    peakMb: child.peakMb,
    close: child.stop,
  };
}
