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
): Promise<BuildReport> {
  const { build } = await import('../pipeline/build/build.ts');
  const report = await build(engine, { progress, ...flags, rollups: await configuredRollups() });
  progress.end();
  process.stderr.write(`${describeBuild(report)}\n`);
  return report;
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
