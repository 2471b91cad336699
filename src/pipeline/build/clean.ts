import type { Session } from '../../database/engine.ts';
import { sql, statement } from '../../database/sql.ts';
import { OPEN_VERSION } from '../../database/version.ts';
import { OLDEST_KEPT } from './kept.ts';
import { existingRollups } from './rollups.ts';
import { BUILT_TABLES, RAW_EVENTS, type TableName, tableName } from './tables.ts';

/**
 * Takes back what a build that did not finish left behind, so that nothing holds beyond the served version.
 * Never touches raw data, whose rows beyond it are imports that wait for their build.
 */
export async function discardUnserved(session: Session, served: number): Promise<void> {
  for (const table of await builtTables(session)) {
    const name = tableName(table);
    await session.transaction(async () => {
      await session.execute(statement(sql`delete from ${name} where since_version > ${served}`));
      await session.execute(
        statement(sql`
          update ${name} set until_version = ${OPEN_VERSION}
           where until_version > ${served} and until_version < ${OPEN_VERSION}`),
      );
    });
  }
}

async function builtTables(session: Session): Promise<readonly TableName[]> {
  const rollups = await existingRollups(session);
  return [...BUILT_TABLES, ...rollups.map((name) => ({ schema: 'rollup', name }))];
}

/**
 * Deletes the rows, raw ones too, that no kept version shows: those that ended at or before an oldest version
 * which was set long enough ago by the database's clock. Resolves to the tables that rows went from.
 */
export async function clearOldVersions(session: Session): Promise<TableName[]> {
  const [row] = await session.query(statement(sql`select ${OLDEST_KEPT}`));
  const oldest = row?.[0] as number | null;
  if (oldest === null) return [];
  const cleared: TableName[] = [];
  for (const table of [RAW_EVENTS, ...(await builtTables(session))]) {
    const rows = await session.execute(
      statement(sql`delete from ${tableName(table)} where until_version <= ${oldest}`),
    );
    if (rows > 0) cleared.push(table);
  }
  return cleared;
}
