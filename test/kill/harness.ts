import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { writeSeed } from '../../seeds/write.ts';
import { watchServer } from './server.ts';
import { type Answer, ask, PULSE, readState, type State } from './state.ts';
import type { KillDatabase, Target } from './target.ts';
import { type Run, runVictim } from './victim.ts';

export const COMMANDS = ['import', 'build'] as const;
export type Command = (typeof COMMANDS)[number];

/** A database at rest: what it holds, and what it answers to the pulse. */
interface Stage {
  readonly database: KillDatabase;
  readonly state: State;
  readonly pulse: Answer;
}

/** A run that nobody killed, and the states around it. */
interface Case {
  readonly args: readonly string[];
  readonly before: Stage;
  readonly after: Stage;
  readonly unkilled: Run;
}

export interface Harness {
  readonly cases: Readonly<Record<Command, Case>>;
  close(): Promise<void>;
}

/** A tenth of the events are served as version 1; the rest replace some of them and come as version 2. */
export async function prepare(target: Target, events: number): Promise<Harness> {
  const files = mkdtempSync(join(tmpdir(), 'metricgraph-kill-csv-'));
  const [small, large] = [join(files, 'small'), join(files, 'large')];
  const firms = 200;
  const users = Math.max(firms, Math.round(events / 50));
  await writeSeed(
    { events: Math.max(users, events / 10), users, firms, months: 3, from: '2024-01-01' },
    small,
  );
  await writeSeed({ events, users, firms, months: 12, from: '2024-03-01', seed: 2 }, large);
  const args = { import: ['import', large, '--replace', '--no-build'], build: ['build'] };

  const first = await target.create();
  await runVictim(['import', small], first.env);
  const base = await stage(first);
  const [importing, loaded] = await unkilled(target, base, args.import);
  const [building, built] = await unkilled(target, loaded, args.build);
  const stages = [base, loaded, built];
  return {
    cases: {
      import: { args: args.import, before: base, after: loaded, unkilled: importing },
      build: { args: args.build, before: loaded, after: built, unkilled: building },
    },
    async close() {
      for (const { database } of stages) await database.drop();
      rmSync(files, { recursive: true, force: true });
    },
  };
}

async function stage(database: KillDatabase): Promise<Stage> {
  const engine = await database.open();
  try {
    return { database, state: await readState(engine), pulse: await ask(engine, PULSE) };
  } finally {
    await engine.close();
  }
}

async function unkilled(target: Target, before: Stage, args: readonly string[]): Promise<[Run, Stage]> {
  const database = await before.database.copy();
  const server = target.serves ? await watchServer(database.env) : undefined;
  const run = await runVictim(args, database.env);
  await server?.stop();
  return [run, await stage(database)];
}

/**
 * Kills a command on a fresh copy and checks all that was promised; gives what the kill met, with whether the
 * old or the new state was there. A command that was faster than the kill is not `killed`, and proves nothing.
 */
export async function kill(target: Target, of: Case, afterMs: number): Promise<Run & { found: string }> {
  const database = await of.before.database.copy();
  const server = target.serves ? await watchServer(database.env) : undefined;
  try {
    const run = await runVictim(of.args, database.env, afterMs);
    if (!run.killed) return { ...run, found: 'new' };
    await database.settled();
    const found = checkLeft(of, (await stage(database)).state);
    await runVictim(of.args, database.env);
    const { state } = await stage(database);
    checkCompleted(of, state);
    await server?.reaches(state.version).then((answer) => {
      expect(answer).toEqual({ version: state.version, content: of.after.state.answers });
    });
    return { ...run, found };
  } finally {
    await server?.stop().then((answers) => checkPulses(of, answers));
    await database.drop();
  }
}

/** Raw and what is served are each of before or after, and never between. */
function checkLeft({ before, after }: Case, left: State): string {
  expect([before.state.raw, after.state.raw]).toContain(left.raw);
  expect([before.state.version, after.state.version]).toContain(left.version);
  const served = left.version === before.state.version ? before.state : after.state;
  expect([left.marts, left.answers]).toEqual([served.marts, served.answers]);
  const isNew = left.raw === after.state.raw && left.version === after.state.version;
  return isNew ? 'new' : 'old';
}

/** A build that was killed after its commit makes one version more of the same data. */
function checkCompleted({ after }: Case, { version, ...completed }: State): void {
  const { version: least, ...expected } = after.state;
  expect(completed).toEqual(expected);
  expect([least, least + 1]).toContain(version);
}

function checkPulses({ before, after }: Case, answers: readonly Answer[]): void {
  expect(answers.length).toBeGreaterThan(0);
  for (const { version, content } of answers)
    expect(content).toBe(version === before.pulse.version ? before.pulse.content : after.pulse.content);
}
