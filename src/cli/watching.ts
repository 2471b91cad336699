import { setTimeout as pause } from 'node:timers/promises';
import type { Engine } from '../database/engine.ts';
import { UserError } from '../errors.ts';
import type { Progress } from '../progress.ts';
import { type BuildFlags, buildAndTell } from './building.ts';
import { describeFailure } from './failure.ts';
import { buildIsDue } from './setup.ts';

/**
 * Builds whenever imports wait for it, looking every so often, until the process is ended. A build that its checks
 * refuse is told of, and tried again when other imports wait.
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
  for (let refused: string | undefined; ; await pause(seconds * 1000)) {
    if (!(await buildIsDue(engine))) continue;
    const imports = JSON.stringify((await listImports(engine)).map(({ id, status }) => [id, status]));
    if (imports === refused) continue;
    try {
      await buildAndTell(engine, progress, flags);
      refused = undefined;
    } catch (error) {
      if (!(error instanceof BuildFailedError)) throw error;
      refused = imports;
      process.stderr.write(`${describeFailure(error, false).text}\n`);
    }
  }
}
