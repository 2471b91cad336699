import type { Engine } from '../database/engine.ts';
import type { BuildReport } from '../pipeline/build/build.ts';
import type { Progress } from '../progress.ts';
import { count } from './progress.ts';
import { configuredRollups } from './rollups.ts';

export interface BuildFlags {
  readonly allowErrors?: boolean;
  readonly full?: boolean;
}

/** Builds the next version and says what came of it, on stderr. */
export async function buildAndTell(
  engine: Engine,
  progress: Progress,
  flags: BuildFlags = {},
): Promise<void> {
  const { build } = await import('../pipeline/build/build.ts');
  tell(await build(engine, { progress, ...flags, rollups: await configuredRollups() }));
}

/** The same where it is due, and no other process does it first. Resolves to whether this one did. */
export async function buildIfDueAndTell(
  engine: Engine,
  progress: Progress,
  {
    isDue = () => buildIsDue(engine),
    ...flags
  }: BuildFlags & { readonly isDue?: () => Promise<boolean> } = {},
): Promise<boolean> {
  const { buildIfDue } = await import('../pipeline/build/build.ts');
  const options = { progress, ...flags, rollups: await configuredRollups() };
  const report = await buildIfDue(engine, options, isDue);
  if (report) tell(report);
  return report !== undefined;
}

function tell(report: BuildReport): void {
  process.stderr.write(`${describeBuild(report)}\n`);
}

/** Whether imports are in effect that no build has published yet, or there is no version that these definitions made. */
export async function buildIsDue(engine: Engine): Promise<boolean> {
  const { importsPending } = await import('../pipeline/import/index.ts');
  return (await definitionsChanged(engine)) || importsPending(engine);
}

/** Whether there is no version that these definitions made. */
export async function definitionsChanged(engine: Engine): Promise<boolean> {
  const { needsBuild } = await import('../pipeline/build/build.ts');
  return needsBuild(engine, await configuredRollups());
}

function describeBuild({ version, asOf, durationMs, findings }: BuildReport): string {
  const until = asOf === undefined ? 'no events yet' : `data up to ${asOf}`;
  const faults = findings.filter(({ severity }) => severity !== 'info');
  const noted = faults.map(
    ({ name, rows, severity }) => `\n  ${severity}: ${name}, ${count(rows)} ${rows === 1 ? 'row' : 'rows'}`,
  );
  const more = faults.length > 0 ? '\n  `metricgraph check` tells what to do.' : '';
  return `Built version ${version} in ${(durationMs / 1000).toFixed(1)} s: ${until}.${noted.join('')}${more}`;
}
