import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { FolderHeldError, holderOf, lockFolder } from '../../../src/database/embedded/lock.ts';
import { packageRoot } from '../../../src/package-root.ts';

const HOLDER = join(import.meta.dirname, 'lock-holder.js');
/** No process has it: far beyond what systems give out. */
const NO_PID = 2 ** 30;

let compiled: string;
let folder: string;
const children: ChildProcess[] = [];

beforeAll(() => {
  compiled = mkdtempSync(join(tmpdir(), 'metricgraph-lock-'));
  for (const file of ['errors.ts', 'database/embedded/lock.ts']) compile(file);
  writeFileSync(join(compiled, 'package.json'), '{"type": "module"}');
});
afterAll(() => rmSync(compiled, { recursive: true }));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'metricgraph-lock-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) await end(child);
  rmSync(folder, { recursive: true });
});

/** Node alone cannot run the source in a process of its own. */
function compile(file: string): void {
  const source = readFileSync(join(packageRoot(), 'src', file), 'utf8');
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.ESNext,
      rewriteRelativeImportExtensions: true,
    },
  });
  const to = join(compiled, file.replace(/ts$/, 'js'));
  mkdirSync(dirname(to), { recursive: true });
  writeFileSync(to, outputText);
}

/** Starts a process that takes the lock; resolves to the process and what came of it. */
async function holder(atMs?: number): Promise<{ child: ChildProcess; outcome: string }> {
  const module = join(compiled, 'database/embedded/lock.js');
  const child = spawn(process.execPath, [HOLDER, module, folder, ...(atMs ? [String(atMs)] : [])], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.push(child);
  const [outcome] = (await once(child.stdout!, 'data')) as [Buffer];
  return { child, outcome: outcome.toString().trim() };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** Leaves a lock as a process that is gone would. */
function leave(content: object, ageMs = 0): void {
  const path = join(folder, 'lock');
  mkdirSync(path);
  writeFileSync(join(path, 'holder.json'), JSON.stringify(content));
  const then = new Date(Date.now() - ageMs);
  utimesSync(path, then, then);
}

test('takes a free folder, and gives it back', () => {
  const unlock = lockFolder(folder);
  expect(existsSync(join(folder, 'lock'))).toBe(true);
  unlock();
  expect(readdirSync(folder)).toEqual([]);
  lockFolder(folder)();
});

test('refuses a folder that this process holds', () => {
  const unlock = lockFolder(folder);
  expect(() => lockFolder(folder)).toThrow(FolderHeldError);
  unlock();
});

test('refuses a folder that a living process holds, and says which', async () => {
  const { child, outcome } = await holder();
  expect(outcome).toBe('held');
  expect(() => lockFolder(folder)).toThrow(`in use by process ${child.pid} (`);
});

test('takes over from a process that was killed', async () => {
  const { child } = await holder();
  await end(child);
  lockFolder(folder)();
});

test('tells who has a folder, and whether that one still runs', async () => {
  expect(holderOf(folder)).toBeUndefined();
  const { child } = await holder();
  const described = expect.stringMatching(
    new RegExp(`^process ${child.pid} \\(.+, since \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ\\)$`),
  );
  expect(holderOf(folder)).toEqual({ described, isRunning: true });
  await end(child);
  expect(holderOf(folder)).toEqual({ described, isRunning: false });
  expect(existsSync(join(folder, 'lock'))).toBe(true);
});

test('tells of a lock that says nothing of its command', () => {
  leave({ pid: NO_PID, began: '', token: 'stale' });
  expect(holderOf(folder)).toEqual({ described: `process ${NO_PID}`, isRunning: false });
});

test('takes over from a process number that no process has', () => {
  leave({ pid: NO_PID, began: 'long ago', token: 'stale' });
  lockFolder(folder)();
});

test.runIf(process.platform === 'linux')(
  'takes over where the number has gone to another process since',
  () => {
    leave({ pid: process.pid, began: 'before this process', token: 'stale' });
    lockFolder(folder)();
  },
);

test('keeps the grave of an old lock for a slower process that still means the dead one', () => {
  leave({ pid: NO_PID, began: '', token: 'stale' }, 3_600_000);
  const unlock = lockFolder(folder);
  expect(readdirSync(folder).sort()).toEqual(['lock', 'lock.stale.dead']);
  unlock();
});

test('sweeps what is left of others after a minute', () => {
  for (const [name, ageMs] of [
    ['lock.old.dead', 120_000],
    ['lock.new.dead', 1_000],
  ] as const) {
    mkdirSync(join(folder, name));
    const then = new Date(Date.now() - ageMs);
    utimesSync(join(folder, name), then, then);
  }
  lockFolder(folder)();
  expect(readdirSync(folder)).toEqual(['lock.new.dead']);
});

test('gives up on a lock that cannot be read', () => {
  mkdirSync(join(folder, 'lock'));
  writeFileSync(join(folder, 'lock', 'holder.json'), '{');
  expect(() => lockFolder(folder)).toThrow(/cannot be read.*delete it/);
});

test('of several processes at a stale lock exactly one takes it', async () => {
  for (let round = 0; round < 3; round++) {
    leave({ pid: NO_PID, began: '', token: `stale${round}` }, 3_600_000);
    const atMs = Date.now() + 1_500;
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => holder(atMs)));
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual([
      ...Array(3).fill('FolderHeldError'),
      'held',
    ]);
    for (const { child } of outcomes) await end(child);
    rmSync(join(folder, 'lock'), { recursive: true });
  }
});
