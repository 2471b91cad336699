import type { Engine } from '../database/engine.ts';
import { UserError } from '../errors.ts';
import type { Progress } from '../progress.ts';

/**
 * For commands that only read: the database must be as this version of metricgraph makes it.
 * @throws UserError with the way on
 */
export async function requireMigrated(engine: Engine): Promise<void> {
  const { migrationStatus } = await import('../database/migrate.ts');
  const { applied, pending, problems } = await migrationStatus(engine);
  if (problems.length > 0)
    throw new UserError(`The database ${engine.location} cannot be used as it is.`, problems);
  if (pending.length === 0) return;
  const state =
    applied.length === 0 ? 'has no tables of metricgraph yet' : 'is behind this version of metricgraph';
  throw new UserError(
    `The database ${engine.location} ${state}. Run \`metricgraph start\`, or \`metricgraph import\` or ` +
      '`metricgraph build` where a server should not be started: each brings it up to date first.',
    pending.map((name) => `not applied: ${name}`),
  );
}

/** Brings tables and views up to date. */
export async function bringUpToDate(engine: Engine, progress: Progress): Promise<void> {
  const { upgrade } = await import('../pipeline/upgrade.ts');
  await upgrade(engine, progress);
  progress.end();
}
