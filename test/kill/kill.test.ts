import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileCli } from '../cli/run.ts';
import { COMMANDS, type Harness, kill, prepare } from './harness.ts';
import { embeddedTarget, postgresTarget, type Target } from './target.ts';
import { isWithin, type Run } from './victim.ts';

/** The size of what is killed, and how often; on the embedded engine half as often. */
const EVENTS = Number(process.env.KILL_EVENTS ?? 10_000);
const KILLS = Number(process.env.KILLS ?? 1);
const FULL = EVENTS >= 1_000_000;
const ENGINES = [
  { name: 'postgres', open: postgresTarget, kills: KILLS },
  { name: 'embedded', open: embeddedTarget, kills: Math.ceil(KILLS / 2) },
] as const;

const PREPARING_MS = 1_800_000;
const TRIAL_MS = 1_800_000;

beforeAll(compileCli, 120_000);

describe.each(ENGINES)('a killed command ($name)', ({ name, open, kills }) => {
  let target: Target;
  let harness: Harness;

  beforeAll(async () => {
    target = await open();
    harness = await prepare(target, EVENTS);
  }, PREPARING_MS);

  afterAll(async () => {
    await harness?.close();
    await target?.stop();
  });

  describe.each(COMMANDS)('%s', (command) => {
    const met: (Run & { found: string })[] = [];

    afterAll(() => console.log(table(`${command} on ${name}, ${EVENTS} events`, met)));

    it.each(numbers(kills))(
      'leaves the old or the new state, whole, and completes when run again: kill %i',
      async (number) => {
        const of = harness.cases[command];
        let run = await kill(target, of, instant(of.unkilled, number, kills));
        // It was faster than the measured one, so its own duration is the measure.
        while (!run.killed) run = await kill(target, of, instant(run, number, kills));
        met.push(run);
        console.log(`${command} on ${name}: ${told(run)}`);
      },
      TRIAL_MS,
    );

    it.runIf(FULL)('was killed between its first byte and its commit most of the time', () => {
      expect(met.filter(isWithin).length).toBeGreaterThan(kills / 2);
    });
  });
});

/**
 * Uniform over the duration of a run, one in each of `kills` equal parts. A small run is mostly the start of the
 * process, so there the moments are those from the first byte on.
 */
function instant({ durationMs, firstByteMs }: Run, number: number, kills: number): number {
  const from = FULL ? 0 : firstByteMs!;
  return from + ((number - 1 + Math.random()) / kills) * (durationMs - from);
}

function numbers(upTo: number): number[] {
  return Array.from({ length: upTo }, (_, index) => index + 1);
}

function told({ phase, durationMs, found }: Run & { found: string }): string {
  return `killed after ${(durationMs / 1000).toFixed(2)} s in ${phase ?? 'start'}, ${found} state`;
}

/** Kills by phase, in the order met; `met` is by instant, so phases come in their own order. */
function table(title: string, met: readonly (Run & { found: string })[]): string {
  const phases = [...new Set(met.map(({ phase }) => phase))];
  const lines = phases.map((phase) => {
    const here = met.filter((run) => run.phase === phase);
    const found = (state: string) => String(here.filter((run) => run.found === state).length).padStart(4);
    return `${(phase ?? 'start').padEnd(36)} ${String(here.length).padStart(5)} ${found('old')} ${found('new')}`;
  });
  const within = met.filter(isWithin).length;
  const head = `${'phase at the kill'.padEnd(36)} kills  old  new`;
  return [title, head, ...lines, `${within} of ${met.length} between first byte and commit`].join('\n');
}
