import type { Session } from '../../database/engine.ts';
import { type Sql, sql, statement } from '../../database/sql.ts';
import { CREATE_WORKING, DROP_WORKING } from '../../database/working.ts';
import type { Progress } from '../../progress.ts';

/** The key of the advisory lock that all connections but the leader of a build share while they work; spells “work”. */
const WORKING_LOCK = 0x776f726b;

/** Calls `work` with an empty schema to work in, once nothing of an interrupted build works there any more. */
export async function withWorking<T>(
  session: Session,
  progress: Progress,
  work: () => Promise<T>,
): Promise<T> {
  const [row] = await session.query(statement(sql`select pg_try_advisory_lock(${WORKING_LOCK})`));
  if (!row![0]) {
    progress.note('Waiting for what is left of an interrupted build to end.');
    await session.query(statement(sql`select pg_advisory_lock(${WORKING_LOCK})`));
  }
  await session.script(`${DROP_WORKING}; ${CREATE_WORKING}`);
  await session.query(statement(sql`select pg_advisory_unlock(${WORKING_LOCK})`));
  try {
    return await work();
  } finally {
    await dropUnlessRead(session, DROP_WORKING);
  }
}

/** Lets no other build begin to work as long as the session is there. */
export async function holdWorking(session: Session): Promise<void> {
  await session.query(statement(sql`select pg_advisory_lock_shared(${WORKING_LOCK})`));
}

/** A rollup's statement has dozens of branches: compiling them takes longer than running them. All of them sort. */
const SETTINGS = `set local jit = off; set local work_mem = '64MB'`;

/**
 * Makes a table to work with, whose statistics the planner knows. Not a temporary one, which only one process of the
 * database can read. Unlogged, since nobody wants it back.
 */
export async function makeWorking(session: Session, table: Sql, rows: Sql): Promise<void> {
  await session.transaction(async () => {
    await session.script(SETTINGS);
    await session.execute(statement(sql`create unlogged table ${table} as ${rows}`));
  });
  await session.execute(statement(sql`analyze ${table}`));
}

/** Makes room before the build is done. */
export async function dropWorking(session: Session, table: Sql): Promise<void> {
  await dropUnlessRead(session, statement(sql`drop table ${table}`).text);
}

/** How long to wait for somebody who reads what goes, as a dump of the whole database does. */
const LOCK_TIMEOUT = '2s';

/** What is being read, or left behind by a connection that is lost, goes when the next build begins. */
async function dropUnlessRead(session: Session, script: string): Promise<void> {
  await session
    .transaction(() => session.script(`set local lock_timeout = '${LOCK_TIMEOUT}'; ${script}`))
    .catch(() => undefined);
}
