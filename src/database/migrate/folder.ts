import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MigrationDirectory, MigrationList } from '@prisma/schema-engine-wasm/schema_engine_bg';
import { packageRoot } from '../../package-root.ts';

/** The migrations of this package, whatever the working directory. */
export function ownMigrations(): string {
  return join(packageRoot(), 'prisma', 'migrations');
}

/**
 * Reads a folder of migrations as Prisma lays it out: `<timestamp>_<name>/migration.sql`, in order of name.
 * @throws Error when the folder is missing
 */
export function readMigrations(folder: string): MigrationList {
  const lockfile = join(folder, 'migration_lock.toml');
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return {
    baseDir: folder,
    lockfile: {
      path: 'migration_lock.toml',
      content: existsSync(lockfile) ? readFileSync(lockfile, 'utf8') : null,
    },
    shadowDbInitScript: '',
    migrationDirectories: names.map((name) => migration(folder, name)),
  };
}

function migration(folder: string, name: string): MigrationDirectory {
  const value = readFileSync(join(folder, name, 'migration.sql'), 'utf8');
  return { path: name, migrationFile: { path: 'migration.sql', content: { tag: 'ok', value } } };
}
