import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ColumnTypeEnum, type SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import type pg from 'pg';
import { Backend } from '../../src/database/embedded/backend.ts';
import { Connections } from '../../src/database/embedded/connections.ts';
import { MigrationAdapter } from '../../src/database/migrate/adapter.ts';
import { ownMigrations, readMigrations } from '../../src/database/migrate/folder.ts';
import { NO_FILTERS } from '../../src/database/migrate/history.ts';
import { openSchemaEngine } from '../../src/database/migrate/schema-engine.ts';
import { packageRoot } from '../../src/package-root.ts';

/**
 * The SQL that would bring what the migrations make to what prisma/schema.prisma says, found on a database in
 * memory: a comment when there is nothing to do, else the text of the migration that is missing.
 */
export async function drift(): Promise<string> {
  const path = join(packageRoot(), 'prisma', 'schema.prisma');
  const schema = { path, content: readFileSync(path, 'utf8') };
  const backend = new Backend('memory://');
  const connections = new Connections(backend);
  const engine = await openSchemaEngine(new CatalogueAdapter(connections.pool(), connections.pool()), [
    [path, schema.content],
  ]);
  try {
    const { stdout } = await engine.diff({
      from: { tag: 'migrations', ...readMigrations(ownMigrations()) },
      to: { tag: 'schemaDatamodel', files: [schema] },
      script: true,
      exitCode: null,
      filters: NO_FILTERS,
    });
    return stdout ?? '';
  } finally {
    engine.free();
    await backend.close();
  }
}

/** Prisma's adapter refuses the catalogue's type "char", so it passes for an array of them on the way. */
class CatalogueAdapter extends MigrationAdapter {
  constructor(pool: pg.Pool, shadow: pg.Pool) {
    super(pool, async () => disguised(shadow));
  }

  override async connectToShadowDb(): Promise<SqlDriverAdapter> {
    const adapter = await super.connectToShadowDb();
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (query) => {
      const { columnTypes, ...result } = await queryRaw(query);
      const { Character, CharacterArray } = ColumnTypeEnum;
      return {
        ...result,
        columnTypes: columnTypes.map((type) => (type === CharacterArray ? Character : type)),
      };
    };
    return adapter;
  }
}

function disguised(pool: pg.Pool): pg.Pool {
  const [CHAR, CHAR_ARRAY] = [18, 1002];
  const query = pool.query.bind(pool) as (config: unknown) => Promise<pg.QueryResult>;
  const relabelled = async (config: unknown) => {
    const result = await query(config);
    for (const field of result.fields ?? []) if (field.dataTypeID === CHAR) field.dataTypeID = CHAR_ARRAY;
    return result;
  };
  return Object.assign(pool, { query: relabelled });
}
