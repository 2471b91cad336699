import type { Session } from '../../database/engine.ts';
import { type Sql, sql, statement } from '../../database/sql.ts';
import { CREATE_WORKING, DROP_WORKING } from '../../database/working.ts';

/** Calls `work` with an empty schema to work in, whatever an interrupted build left there. */
export async function withWorking<T>(session: Session, work: () => Promise<T>): Promise<T> {
  await session.script(`${DROP_WORKING}; ${CREATE_WORKING}`);
  try {
    return await work();
  } finally {
    // Over a connection that is lost, it is left to the next build.
    await session.script(DROP_WORKING).catch(() => undefined);
  }
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
  await session.execute(statement(sql`drop table if exists ${table}`));
}
