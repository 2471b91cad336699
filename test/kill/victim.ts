import { finished, startCli } from '../cli/run.ts';

/** A run of a command, ended or killed. */
export interface Run {
  /** The phase that it was in last; undefined before the first. */
  readonly phase: string | undefined;
  /** From the start of the process to its end. */
  readonly durationMs: number;
  /** From the start of the process to the first phase that reads or writes data; undefined where it got to none. */
  readonly firstByteMs: number | undefined;
  readonly killed: boolean;
}

/**
 * Runs a command to its end, or kills it with SIGKILL after `killAfterMs`, wherever it is then.
 * @throws when a run that was not killed fails
 */
export async function runVictim(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  killAfterMs?: number,
): Promise<Run> {
  const started = performance.now();
  const child = startCli(args, { ...env, METRICGRAPH_PHASES: '1' });
  let firstByteMs: number | undefined;
  child.stderr!.on('data', (text) => {
    if (phasesIn(String(text)).some((label) => !BEFORE_FIRST_BYTE.includes(label)))
      firstByteMs ??= performance.now() - started;
  });
  const timer = killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  const { code, stdout, stderr } = await finished(child);
  clearTimeout(timer);
  const killed = child.signalCode === 'SIGKILL';
  if (!killed && code !== 0) throw new Error(`${args.join(' ')} ended with ${code}:\n${stdout}${stderr}`);
  return { phase: phasesIn(stderr).at(-1), durationMs: performance.now() - started, firstByteMs, killed };
}

function phasesIn(stderr: string): string[] {
  return [...stderr.matchAll(/^phase: (.*)$/gm)].map(([, label]) => label!);
}

/** The first is that of a process which has told of none. */
const BEFORE_FIRST_BYTE = [undefined, 'Preparing the database', 'Migrating the database', 'Creating views'];
const AFTER_COMMIT = ['Vacuuming', 'end'];

/** Whether a run was between its first byte and its commit. */
export function isWithin({ phase }: Run): boolean {
  return !BEFORE_FIRST_BYTE.includes(phase) && !AFTER_COMMIT.includes(phase!);
}
