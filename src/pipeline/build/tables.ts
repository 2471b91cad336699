import type { Session } from '../../database/engine.ts';
import { ident, type Sql, sql, statement } from '../../database/sql.ts';

/** A versioned table that a build fills from a view of the newest state with the same column names. */
export interface BuiltTable {
  readonly schema: 'mart' | 'rollup';
  readonly name: string;
  readonly source: Sql;
  /** What identifies a row at one version; `user_id` first where there is one. */
  readonly keys: readonly string[];
  /** Keys that may be missing, of which the first is none. */
  readonly nullable?: readonly string[];
  /** The key column by whose values the table is written in short transactions of their own. */
  readonly slicedBy?: string;
}

/** In the order that a build fills them. */
export const BUILT_TABLES: readonly BuiltTable[] = [
  { schema: 'mart', name: 'users', source: sql`staging.stg_users`, keys: ['user_id'] },
  { schema: 'mart', name: 'firms', source: sql`staging.stg_firms`, keys: ['firm_id'] },
  {
    schema: 'mart',
    name: 'user_engagement',
    source: sql`intermediate.int_user_monthly_activity`,
    keys: ['user_id', 'activity_month'],
    slicedBy: 'activity_month',
  },
  {
    schema: 'mart',
    name: 'user_movements',
    source: sql`intermediate.int_user_monthly_movements`,
    keys: ['user_id', 'movement_month', 'firm_id', 'side'],
    slicedBy: 'movement_month',
  },
  {
    schema: 'mart',
    name: 'firm_usage_summary',
    source: sql`intermediate.int_firm_usage_metrics`,
    keys: ['firm_id'],
  },
  {
    schema: 'mart',
    name: 'daily_event_summary',
    source: sql`intermediate.int_daily_event_metrics`,
    keys: ['event_date'],
  },
];

/** The versioned table that imports write; builds only clear what no kept version shows. */
export const RAW_EVENTS: Sql = sql`raw.events`;

export function tableName(table: BuiltTable): Sql {
  return ident(table.schema, table.name);
}

/** The table's columns but for its keys and versions, as the database has them. */
export async function valueColumns(session: Session, table: BuiltTable): Promise<string[]> {
  const known = [...table.keys, 'since_version', 'until_version'];
  const rows = await session.query(
    statement(sql`
      select attribute.attname::text
        from pg_attribute as attribute
       where attribute.attrelid = ${`${table.schema}.${table.name}`}::regclass
         and attribute.attnum > 0 and not attribute.attisdropped
         and attribute.attname::text <> all(${known}::text[])
       order by attribute.attnum`),
  );
  return rows.map(([name]) => name as string);
}
