// @ts-check
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * @typedef {object} Measured
 * @property {number} seconds wall time of the process, from its start to its end
 * @property {number | undefined} peakMb peak resident memory in MB (10^6 bytes); undefined for other programs than Node
 * @property {string} stdout
 */

/** Runs before the measured program, in its process: it writes the peak of its memory when it ends. */
const PEAK_HOOK = `data:text/javascript,${encodeURIComponent(`
  import { existsSync, readFileSync, writeFileSync } from 'node:fs';
  process.on('exit', () => {
    // Linux counts what the parent held into maxRSS, but not into VmHWM.
    const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '';
    const kb = Number(/VmHWM:\\s+(\\d+)/.exec(status)?.[1] ?? process.resourceUsage().maxRSS);
    writeFileSync(process.env.PEAK_FILE, String(kb));
  });`)}`;

/**
 * Runs a Node program to its end.
 * @param {string} script
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env added to this process's own
 * @returns {Promise<Measured>}
 */
export async function measureNode(script, args, env) {
  const folder = mkdtempSync(join(tmpdir(), 'peak-'));
  const file = join(folder, 'kb');
  try {
    const measured = await measure(process.execPath, ['--import', PEAK_HOOK, script, ...args], {
      ...env,
      PEAK_FILE: file,
    });
    return { ...measured, peakMb: (Number(readFileSync(file, 'utf8')) * 1024) / 1e6 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * Runs a program to its end.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env] added to this process's own
 * @returns {Promise<Measured>}
 * @throws Error with what it wrote, when it fails
 */
export function measure(program, args, env = {}) {
  const started = performance.now();
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      const seconds = (performance.now() - started) / 1000;
      if (code === 0) resolve({ seconds, peakMb: undefined, stdout });
      else reject(new Error(`${program} ${args.join(' ')} ended with ${code}:\n${stdout}${stderr}`));
    });
  });
}
