// @ts-check
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { freePort } from './server.mjs';

const PATIENCE_MS = 120_000;
const GRACE_MS = 10_000;
/** Of what a program wrote before it failed. */
const TOLD = 2_000;

/** Those that run: they end with this process, however it ends. @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
process.on('exit', () => {
  for (const child of running) child.kill('SIGTERM');
});

/**
 * @typedef {object} Child
 * @property {string} url where it listens
 * @property {() => number | undefined} peakMb peak resident memory so far in MB (10^6 bytes), where the system tells
 * @property {() => Promise<void>} stop
 */

/**
 * Starts a Node program that listens on 127.0.0.1 at `PORT`, and waits until it does.
 * @param {string} script
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env added to this process's own
 * @param {{ cwd?: string, program?: string, patience?: number }} [options] `program` is another Node than this one;
 *   `patience` is how long it may take to listen, in milliseconds
 * @returns {Promise<Child>}
 * @throws Error with what it wrote, when it ends before it listens
 */
export async function startChild(
  script,
  args,
  env,
  { cwd, program = process.execPath, patience = PATIENCE_MS } = {},
) {
  const port = await freePort();
  const child = spawn(program, [script, ...args], {
    ...(cwd && { cwd }),
    env: { ...process.env, NODE_ENV: 'production', ...env, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  child.once('close', () => running.delete(child));
  let told = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      told = `${told}${chunk}`.slice(-TOLD);
    });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const stop = async () => {
    child.kill('SIGTERM');
    const cut = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
    await ended;
    clearTimeout(cut);
  };
  for (let waited = 0; waited < patience && child.exitCode === null; waited += 100) {
    if (await listens(port))
      return { url: `http://127.0.0.1:${port}`, peakMb: () => peakMb(child.pid), stop };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await stop();
  throw new Error(told.trim() || `${script} did not listen within ${patience / 1000} s.`);
}

/** @param {number} port @returns {Promise<boolean>} */
function listens(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

/** @param {number | undefined} pid */
function peakMb(pid) {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return undefined;
  const [, kb] = /VmHWM:\s+(\d+)/.exec(readFileSync(file, 'utf8')) ?? [];
  return kb === undefined ? undefined : (Number(kb) * 1024) / 1e6;
}
