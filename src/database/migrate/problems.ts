import type pg from 'pg';
import type { History } from './history.ts';

/** The oldest server that the project is tested on. */
const OLDEST_SERVER = 15;

/** What keeps a database from being migrated, a sentence each; none when it can be. */
export function problemsOf({ edited, missing, failed }: History): string[] {
  return [
    ...edited.map(
      (name) =>
        `Migration ${name} was edited after it was applied (its checksum differs from the recorded one). ` +
        'Restore the file, and put the change into a new migration.',
    ),
    ...missing.map(
      (name) =>
        `Migration ${name} was applied to this database but is not in the folder of migrations. The database belongs ` +
        'to another application or to a newer version of this one: use that version, or another database.',
    ),
    ...failed.map(
      ({ name, log }) =>
        `Migration ${name} was begun by another tool and failed${log && `: ${log.trim()}`}. Undo by hand what it left, ` +
        `then run: update _prisma_migrations set rolled_back_at = now() where migration_name = '${name}' and finished_at is null;`,
    ),
  ];
}

/** Says what is wrong with a server that is too old. */
export async function serverProblem(pool: pg.Pool): Promise<string | undefined> {
  const { rows } = await pool.query<{ number: string; name: string }>(
    `select current_setting('server_version_num') as number, current_setting('server_version') as name`,
  );
  const { number, name } = rows[0]!;
  if (Math.floor(Number(number) / 10_000) >= OLDEST_SERVER) return undefined;
  return `The server is PostgreSQL ${name}; version ${OLDEST_SERVER} or later is needed.`;
}
