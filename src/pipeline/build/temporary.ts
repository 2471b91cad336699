import type { Session } from '../../database/engine.ts';
import { type Sql, sql, statement } from '../../database/sql.ts';

/** A rollup's statement has dozens of branches: compiling them takes longer than running them. All of them sort. */
const SETTINGS = `set local jit = off; set local work_mem = '64MB'`;

/** Makes a temporary table, whose statistics the planner knows, in place of one that an interrupted build left. */
export async function makeTemporary(session: Session, table: Sql, rows: Sql): Promise<void> {
  await dropTemporary(session, table);
  await session.transaction(async () => {
    await session.script(SETTINGS);
    await session.execute(statement(sql`create table ${table} as ${rows}`));
  });
  await session.execute(statement(sql`analyze ${table}`));
}

/** By hand, since temporary tables of the embedded engine outlive the session. */
export async function dropTemporary(session: Session, table: Sql): Promise<void> {
  await session.execute(statement(sql`drop table if exists ${table} cascade`));
}
