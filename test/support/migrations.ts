import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine } from '../../src/database/engine.ts';
import { ownMigrations } from '../../src/database/migrate/folder.ts';

/** The package's own migrations, in order. */
export const OWN: readonly string[] = readdirSync(ownMigrations())
  .filter((name) => !name.endsWith('.toml'))
  .sort();
export const FIRST = OWN[0]!;
/** Names for a test's migrations, in order. */
export const NEXT = '20990101000000_next';
export const LAST = '20990102000000_last';

/** A copy of the package's migrations that a test may change. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), 'metricgraph-migrations-'));

  constructor() {
    cpSync(ownMigrations(), this.path, { recursive: true });
  }

  put(name: string, text: string): this {
    mkdirSync(join(this.path, name), { recursive: true });
    writeFileSync(this.file(name), text);
    return this;
  }

  file(name: string): string {
    return join(this.path, name, 'migration.sql');
  }

  remove(name = ''): void {
    rmSync(join(this.path, name), { recursive: true });
  }
}

/** Whether there is such a table. */
export async function exists(engine: Engine, table: string): Promise<unknown> {
  const text = `select to_regclass('${table}') is not null`;
  return (await engine.read({ text, values: [] }))[0]?.[0];
}

/** The names of the migrations that a database records, in order. */
export async function recorded(engine: Engine): Promise<unknown[]> {
  const text = 'select migration_name from _prisma_migrations order by migration_name';
  return (await engine.read({ text, values: [] })).flat();
}
