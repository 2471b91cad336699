import type { Engine } from '../database/engine.ts';
import { migrate, migrationStatus } from '../database/migrate.ts';
import type { Progress } from '../progress.ts';
import { createViews, dropViews, viewsAreCurrent } from './views.ts';

/** What an upgrade did. */
export interface UpgradeReport {
  /** Names of the migrations that were applied. */
  readonly migrations: readonly string[];
  /** The views that were created or replaced, as `schema.name`. */
  readonly views: readonly string[];
}

/**
 * Brings a database to this release: drops the views if a migration is pending (a column's type cannot change
 * under a view), migrates, and creates the views whose SQL changed. Changes nothing in a database that is up to
 * date, and waits for no build then. Stopped half-way, it is finished by the next one.
 * @throws UserError when the database cannot be migrated, or a view that must go stays in use
 */
export async function upgrade(engine: Engine, progress: Progress): Promise<UpgradeReport> {
  const onWait = () => progress.note('Waiting for another import or build to finish.');
  progress.phase('Preparing the database');
  try {
    const migrations = await migrateUnderViews(engine, onWait);
    if (await viewsAreCurrent(engine)) return { migrations, views: [] };
    const { created } = await engine.exclusive((session) => createViews(session), onWait);
    return { migrations, views: created };
  } finally {
    progress.end();
  }
}

async function migrateUnderViews(engine: Engine, onWait: () => void): Promise<readonly string[]> {
  const { pending, problems } = await migrationStatus(engine, { onWait });
  if (pending.length === 0 && problems.length === 0) return [];
  // With problems, the migration is refused: the views had better stay.
  if (problems.length === 0) await engine.exclusive((session) => dropViews(session), onWait);
  return migrate(engine, { onWait });
}
