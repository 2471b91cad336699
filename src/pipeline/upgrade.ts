import type { Engine } from '../database/engine.ts';
import { migrate, migrationStatus } from '../database/migrate.ts';
import type { Progress } from '../progress.ts';
import { createViews, dropViews, viewsAreCurrent } from './views.ts';

/** What an upgrade changed. */
export interface UpgradeReport {
  /** Names of the migrations that were applied. */
  readonly migrations: readonly string[];
  /** Views that were made, as `schema.name`. */
  readonly views: readonly string[];
}

/**
 * Brings tables and views up to date: views are dropped before a migration, since a column's type cannot change
 * under them, and made again after it. Does nothing to a database that is up to date.
 * @throws UserError for migrations that were edited, are missing or fail, and for views that stay in use
 */
export async function upgrade(engine: Engine, progress: Progress): Promise<UpgradeReport> {
  const { applied, pending } = await migrationStatus(engine);
  if (pending.length > 0 && applied.length > 0) {
    await engine.exclusive(async (session) => {
      await dropViews(session);
    });
  }
  if (pending.length > 0) progress.phase('Migrating the database', pending.length, 'migrations');
  const migrations = pending.length > 0 ? await migrate(engine) : [];
  if (await viewsAreCurrent(engine)) return { migrations, views: [] };
  progress.phase('Creating views');
  const { created } = await engine.exclusive((session) => createViews(session));
  return { migrations, views: created };
}
