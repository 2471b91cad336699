import type { Session } from '../../database/engine.ts';
import { join, type Sql, sql, statement } from '../../database/sql.ts';
import type { Progress } from '../../progress.ts';
import { type BuiltTable, RAW_EVENTS, type TableName, tableName } from './tables.ts';

/**
 * The parts of a table's rows that must have changed since it was last analysed or vacuumed. Both cost as much as the
 * table is large (its sample, its indexes), so that doing it for each day's rows would cost more with each month of
 * history; this way it costs as much as has changed, several times over. They are those of PostgreSQL's autovacuum,
 * which the embedded engine has not, and which waits for a minute.
 */
const ANALYZE_SHARE = 0.1;
const VACUUM_SHARE = 0.2;
/** So few rows are never worth it. */
const FEW = 50;

const isMuch = (rows: Sql, share: number) => sql`${rows} > ${FEW}::int + ${share}::float8 * n_live_tup`;
const NEEDS_ANALYZE = isMuch(sql`n_mod_since_analyze`, ANALYZE_SHARE);
const NEEDS_VACUUM = sql`(${isMuch(sql`n_dead_tup`, VACUUM_SHARE)}
                         or ${isMuch(sql`n_ins_since_vacuum`, VACUUM_SHARE)})`;

/** Tables of which so much has changed that the condition holds. */
async function stale(session: Session, tables: readonly TableName[], condition: Sql): Promise<TableName[]> {
  // What this session wrote is counted a second later otherwise.
  await session.query(statement(sql`select pg_stat_force_next_flush()`));
  const names = tables.map(({ schema, name }) => `${schema}.${name}`);
  const rows = await session.query(
    statement(sql`
      select schemaname || '.' || relname from pg_stat_all_tables
       where schemaname || '.' || relname = any(${names}::text[]) and ${condition}`),
  );
  const found = new Set(rows.map(([name]) => name as string));
  return tables.filter(({ schema, name }) => found.has(`${schema}.${name}`));
}

/** Tells the planner of a table's rows where many have changed: later tables are made from this one. */
export async function analyzeIfStale(session: Session, table: BuiltTable): Promise<void> {
  for (const each of await stale(session, [table], NEEDS_ANALYZE))
    await session.execute(statement(sql`analyze ${tableName(each)}`));
}

/**
 * Vacuums tables of which much has changed. Of the others and of the events, indexes by block ranges take note of the
 * new ones, which are read whole otherwise. The version is served by now, so that what goes wrong here is only news.
 */
export async function vacuum(
  session: Session,
  tables: readonly TableName[],
  progress: Progress,
): Promise<void> {
  progress.phase('Vacuuming');
  try {
    const due = await stale(session, tables, NEEDS_VACUUM);
    // Without truncating: that takes a lock which readers would wait for.
    if (due.length > 0)
      await session.execute(statement(sql`vacuum (analyze, truncate false) ${join(due.map(tableName))}`));
    await summarize(session, [RAW_EVENTS, ...tables.filter((table) => !due.includes(table))]);
  } catch (error) {
    progress.note(
      `The new version is served, but its tables could not be vacuumed: ${(error as Error).message}`,
    );
  }
}

async function summarize(session: Session, tables: readonly TableName[]): Promise<void> {
  const names = tables.map(({ schema, name }) => `${schema}.${name}`);
  await session.query(
    statement(sql`
      select brin_summarize_new_values(index.indexrelid)
        from pg_index as index
        join pg_class as class on class.oid = index.indexrelid
       where index.indrelid = any(${names}::regclass[])
         and class.relam = (select oid from pg_am where amname = 'brin')`),
  );
}
