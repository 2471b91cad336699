// @ts-check
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/**
 * Beside PostgreSQL's defaults, which are for a small machine; commits stay durable. The server's reads and a build
 * go without JIT, and a build with so much work_mem, on any server: so that nobody else is at a disadvantage.
 */
export const SETTINGS = [
  'jit=off',
  'work_mem=64MB',
  'shared_buffers=1GB',
  'max_wal_size=8GB',
  'maintenance_work_mem=256MB',
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
];
const PATIENCE_MS = 60_000;

/**
 * @typedef {object} Started
 * @property {string} url of its `postgres` database
 * @property {number} pid
 * @property {() => Promise<void>} stop
 */

/**
 * Starts a PostgreSQL server of its own from what is installed.
 * @param {{ folder?: string | undefined, settings?: readonly string[] }} [options] `folder` keeps the data for the
 *   next run; by default they are in a temporary one, which goes with the server
 * @returns {Promise<Started>}
 */
export async function startServer({ folder, settings = [] } = {}) {
  const programs = findPrograms();
  const home = folder ?? mkdtempSync(join(tmpdir(), 'metricgraph-bench-'));
  const user = serverUser();
  const data = join(home, 'data');
  mkdirSync(data, { recursive: true });
  chmodSync(home, 0o755);
  if (user) chownSync(data, user.uid, user.gid);
  const options = { ...user, cwd: data };
  const initialise = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C'];
  if (!existsSync(join(data, 'PG_VERSION')))
    execFileSync(join(programs, 'initdb'), initialise, { ...options, stdio: 'ignore' });
  const port = await freePort();
  const flags = [...SETTINGS, ...settings, `port=${port}`].flatMap((setting) => ['-c', setting]);
  const server = spawn(join(programs, 'postgres'), ['-D', data, ...flags], {
    ...options,
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => server.once('close', resolve));
  const stop = async () => {
    server.kill('SIGINT');
    await ended;
    if (folder === undefined) rmSync(home, { recursive: true, force: true });
  };
  const url = `postgresql://postgres@127.0.0.1:${port}/postgres`;
  if (await isReady(url)) return { url, pid: server.pid ?? 0, stop };
  await stop();
  throw new Error(`The server from ${programs} did not start within ${PATIENCE_MS / 1000} s.`);
}

/** Where `initdb` and `postgres` are: `pg_config` knows where Debian keeps them out of PATH. */
export function findPrograms() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  try {
    folders.unshift(execFileSync('pg_config', ['--bindir'], { encoding: 'utf8' }).trim());
  } catch {
    // Without it, PATH may still have them.
  }
  const found = folders.find((folder) =>
    ['initdb', 'postgres'].every((name) => existsSync(join(folder, name))),
  );
  if (found !== undefined) return found;
  throw new Error('No PostgreSQL server is installed (initdb, postgres): install one, or set DATABASE_URL.');
}

/** PostgreSQL refuses to run as root. */
function serverUser() {
  if (process.getuid?.() !== 0) return undefined;
  const id = (/** @type {string} */ flag) =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** @returns {Promise<number>} */
export function freePort() {
  const probe = createServer();
  return new Promise((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(address)));
    });
  });
}

/** @param {string} url */
async function isReady(url) {
  for (let waited = 0; waited < PATIENCE_MS; waited += 200) {
    try {
      execFileSync('psql', ['-X', '-d', url, '-c', 'select 1'], { stdio: 'ignore' });
      return true;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  return false;
}
