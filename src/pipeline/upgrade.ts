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
 * under a view), migrates, and creates the views whose SQL changed. Takes no lock when nothing is to be done.
 * Stopped half-way, it is finished by the next one.
 * @throws UserError when the database cannot be migrated, or a view that must go stays in use
 */
export async function upgrade(engine: Engine, progress: Progress): Promise<UpgradeReport> {
  const onWait = () => progress.note('Waiting for another import or build to finish.');
  progress.phase('Preparing the database');
  try {
    const { pending, problems } = await migrationStatus(engine, { onWait });
    // With problems, migrate refuses: the views had better stay.
    if (pending.length > 0 && problems.length === 0) await engine.exclusive(dropViews, onWait);
    const migrations = await migrate(engine, { onWait });
    if (await viewsAreCurrent(engine)) return { migrations, views: [] };
    const { created } = await engine.exclusive((session) => createViews(session), onWait);
    return { migrations, views: created };
  } finally {
    progress.end();
  }
}
