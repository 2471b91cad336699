import type { Engine, Row } from '../../src/database/engine.ts';
import { ident, type Sql, sql, statement } from '../../src/database/sql.ts';
import { holdsAt, readServedVersion } from '../../src/database/version.ts';
import { BUILT_TABLES, tableName } from '../../src/pipeline/build/tables.ts';
import type { Marts } from '../oracle/marts.ts';

/** The marts at the served version, as SQL users see them where they do, in the order and shape of the oracle's. */
export async function servedMarts(engine: Engine): Promise<Marts> {
  const of = async (name: string, order: Sql) =>
    (await engine.read(
      statement(sql`select * from ${ident('analytics', name)} order by ${order}`),
    )) as Marts['userEngagement'];
  return {
    userEngagement: await of('user_engagement', sql`activity_month::text, user_id collate "C"`),
    userMovements: (await engine.read(
      statement(sql`
        select movement_month, user_id, firm_id, side::text, movement::text from mart.user_movements
         where ${holdsAt('user_movements', (await readServedVersion(engine)).version)}
         order by concat_ws(' ', movement_month, user_id, firm_id, side) collate "C"`),
    )) as Marts['userMovements'],
    firmUsageSummary: await of('firm_usage_summary', sql`firm_id::text collate "C"`),
    dailyEventSummary: await of('daily_event_summary', sql`event_date`),
  };
}

/**
 * The rows of every built table that hold at a version, with since when they do. Rows that ended before are left
 * out: a build may clear them.
 */
export async function rowsHoldingAt(engine: Engine, version: number): Promise<Record<string, Row[]>> {
  const rows: Record<string, Row[]> = {};
  for (const table of BUILT_TABLES) {
    rows[table.name] = await engine.read(
      statement(sql`
        select to_jsonb(made) - 'until_version' from ${tableName(table)} as made
         where ${holdsAt('made', version)} order by to_jsonb(made)::text collate "C"`),
    );
  }
  return rows;
}
