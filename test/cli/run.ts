import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const ROOT = resolve(import.meta.dirname, '../..');
const MAIN = join(ROOT, 'dist/src/cli/main.js');

/** What a finished process left. */
export interface Finished {
  /** The signal's name where one ended it. */
  readonly code: number | NodeJS.Signals;
  readonly stdout: string;
  readonly stderr: string;
}

/** Compiles the command line once per run of the tests, whichever file needs it first. Types are checked elsewhere. */
export async function compileCli(): Promise<void> {
  const marks = join(ROOT, 'dist/.tested');
  // Test files run in children of one process.
  const mine = join(marks, String(process.ppid));
  const done = join(mine, 'done');
  mkdirSync(marks, { recursive: true });
  try {
    mkdirSync(mine);
  } catch {
    const deadline = Date.now() + 120_000;
    while (!existsSync(done)) {
      if (Date.now() > deadline) throw new Error('Another test file did not finish compiling.');
      await delay(50);
    }
    return;
  }
  for (const run of readdirSync(marks))
    if (!isRunning(Number(run))) rmSync(join(marks, run), { recursive: true });
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--noCheck'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`tsc failed:\n${stdout}`);
  writeFileSync(done, '');
}

/** Another run of the tests beside this one has a mark of its own. */
function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Starts the compiled command line with nothing of our own environment but what is given. */
export function startCli(args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  return spawn(process.execPath, [MAIN, ...args], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, DATA_DIR: '/nonexistent/metricgraph', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs a command line to its end. */
export async function runCli(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  return finished(startCli(args, env));
}

/** What the process writes and ends with. */
export function finished(child: ChildProcess): Promise<Finished> {
  const out = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name]!.setEncoding('utf8').on('data', (text: string) => {
      out[name] += text;
    });
  return new Promise((resolve) =>
    child.on('close', (code, signal) => resolve({ code: code ?? signal!, ...out })),
  );
}

/** Resolves to the server's address once the process says that it serves. */
export function serving(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let stdout = '';
    let stderr = '';
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      const [, url] = /Health +(\S+)\/health.*Ctrl\+C/s.exec(stdout) ?? [];
      if (url !== undefined) resolve(url);
    });
    child.on('close', (code) =>
      reject(new Error(`It ended with ${code} before it served.\n${stdout}${stderr}`)),
    );
  });
}
