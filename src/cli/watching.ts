import { setTimeout as pause } from 'node:timers/promises';
import type { Engine } from '../database/engine.ts';
import { UserError } from '../errors.ts';
import type { Progress } from '../progress.ts';
import { type BuildFlags, buildIfDueAndTell, buildIsDue } from './building.ts';
import { connectionProblem, describeFailure } from './failure.ts';

/**
 * Builds whenever imports wait for it, looking every so often, until the process is ended. A build that its checks
 * refuse is told of, and tried again when other imports wait; a database that cannot be reached is told of once.
 * @throws UserError on the embedded engine, which no other process can import into meanwhile
 */
export async function buildWhenDue(
  engine: Engine,
  seconds: number,
  progress: Progress,
  flags: BuildFlags,
): Promise<never> {
  if (engine.kind === 'embedded')
    throw new UserError(
      '--watch waits for imports of other processes, and the embedded database belongs to one process at a time. ' +
        'Leave --watch out (an import builds by itself), or use PostgreSQL through DATABASE_URL.',
    );
  const { BuildFailedError } = await import('../pipeline/build/failed.ts');
  const { listImports } = await import('../pipeline/import/index.ts');
  process.stderr.write(`Watching for imports every ${seconds} s. Press Ctrl+C to stop.\n`);
  let refused: string | undefined;
  const look = async () => {
    if (!(await buildIsDue(engine))) return;
    const imports = JSON.stringify((await listImports(engine)).map(({ id, status }) => [id, status]));
    if (imports === refused) return;
    try {
      await buildIfDueAndTell(engine, progress, flags);
      refused = undefined;
    } catch (error) {
      if (!(error instanceof BuildFailedError)) throw error;
      refused = imports;
      process.stderr.write(`${describeFailure(error, false).text}\n`);
    }
  };
  for (let told: string | undefined; ; await pause(seconds * 1000)) {
    const problem = await look().then(
      () => undefined,
      (error) => {
        const found = connectionProblem(error);
        if (found === undefined) throw error;
        return found;
      },
    );
    if (problem !== undefined && problem !== told) process.stderr.write(`${problem}\n`);
    if (problem === undefined && told !== undefined) process.stderr.write('PostgreSQL answers again.\n');
    told = problem;
  }
}
