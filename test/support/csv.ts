import type { Engine } from '../../src/database/engine.ts';
import type { Source } from '../../src/pipeline/import/index.ts';

/** A file of an import that is only in memory, handed out a few bytes at a time. */
export function csv(name: string, content: string | Buffer, chunkBytes = 1 << 16): Source {
  const bytes = Buffer.from(content);
  return {
    name,
    async *open() {
      for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
    },
  };
}

/** A digest of every row of every table of `raw` and `mart`, with the number of rows. */
export async function digestTables(engine: Engine): Promise<Record<string, string>> {
  const tables = await engine.read({
    text: `select format('%I.%I', schemaname, tablename) from pg_tables
            where schemaname in ('raw', 'mart') order by 1`,
    values: [],
  });
  const digests = tables.map(
    ([table]) =>
      `select '${table}', count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from ${table} t`,
  );
  const rows = await engine.read({ text: digests.join(' union all '), values: [] });
  return Object.fromEntries(rows);
}

/** Serves what is loaded: all that a build does as far as imports can tell. */
export async function publish(engine: Engine): Promise<void> {
  await engine.exclusive((session) =>
    session.script('update mart.served_version set version = version + 1, oldest_version = version'),
  );
}

/** Empties what imports fill, and starts again at version 0. */
export async function clear(engine: Engine): Promise<void> {
  await engine.exclusive((session) =>
    session.script(`
      truncate raw.events, raw.users, raw.firms, raw.import_files, raw.rejected_rows, raw.import_batches restart identity;
      update mart.served_version set version = 0, oldest_version = 0`),
  );
}
