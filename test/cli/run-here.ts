import { vi } from 'vitest';
import { run } from '../../src/cli/program.ts';
import type { Finished } from './run.ts';

/** Runs a command line to its end in this process: one at a time, as it is given the process's environment and output. */
export async function runHere(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  const out = { stdout: '', stderr: '' };
  const captured = (name: 'stdout' | 'stderr') =>
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      out[name] += text;
      return true;
    });
  const spies = [captured('stdout'), captured('stderr')];
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  try {
    return { code: await run(args), ...out };
  } finally {
    vi.unstubAllEnvs();
    for (const spy of spies) spy.mockRestore();
  }
}
