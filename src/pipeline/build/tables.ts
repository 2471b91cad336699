import type { Session } from '../../database/engine.ts';
import { ident, type Sql, sql, statement } from '../../database/sql.ts';
import type { TouchedColumn } from './touched.ts';

/** What a table is called. */
export interface TableName {
  readonly schema: string;
  readonly name: string;
}

/** A versioned table that a build keeps at the newest state. */
export interface BuiltTable extends TableName {
  readonly schema: 'mart' | 'rollup';
  /** What identifies a row at one version; `user_id` first where there is one. */
  readonly keys: readonly string[];
  /** Keys that may be null; `keys[0]` never is. */
  readonly nullable?: readonly string[];
  /** The key column by whose values, none of them null, the table is written in short transactions of their own. */
  readonly slicedBy?: string;
}

/** A built table whose rows are those of a view under `sql/`. */
export interface Mart extends BuiltTable {
  readonly view: string;
  /** The view that it is made from, of whose rows a build takes only some, or those of the table that keeps them. */
  readonly madeFrom?: string;
  /** The column that tells which rows change with the events of some days, months, users or firms. Else any may. */
  readonly changesBy?: TouchedColumn;
  /** The key column of months of which none before the first touched one changes: no row tells of later months. */
  readonly changesSince?: string;
  /** Whether the rows of a month tell of the month before as well, which its view reads as `month_before`. */
  readonly looksBack?: boolean;
}

/** The view of all events. */
export const EVENTS = 'staging.stg_events';
const USER_FIRM_MONTHS = 'intermediate.int_user_firm_months';
const FIRM_MONTHS = 'intermediate.int_firm_months';

/** Views whose rows a built table has among its open ones, so that a build need not make them again. */
export const KEPT_VIEWS: ReadonlyMap<string, string> = new Map([
  [USER_FIRM_MONTHS, 'mart.user_firm_months'],
  [FIRM_MONTHS, 'mart.firm_months'],
  ['intermediate.int_firm_users', 'mart.firm_users'],
  ['intermediate.int_event_days', 'mart.daily_event_summary'],
  ['intermediate.int_firm_events', 'mart.firm_usage_summary'],
]);

/** The built tables, by name, that keep the rows of some views. */
export function keptOf(views: readonly string[]): readonly string[] {
  return views.flatMap((view) => KEPT_VIEWS.get(view)?.split('.')[1] ?? []);
}

/** In the order that a build fills them. */
export const BUILT_TABLES: readonly Mart[] = [
  { schema: 'mart', name: 'users', view: 'staging.stg_users', keys: ['user_id'] },
  { schema: 'mart', name: 'firms', view: 'staging.stg_firms', keys: ['firm_id'] },
  {
    schema: 'mart',
    name: 'user_firm_months',
    view: USER_FIRM_MONTHS,
    madeFrom: EVENTS,
    keys: ['user_id', 'activity_month', 'firm_id'],
    slicedBy: 'activity_month',
    changesBy: 'activity_month',
  },
  {
    schema: 'mart',
    name: 'user_engagement',
    view: 'intermediate.int_user_monthly_activity',
    madeFrom: USER_FIRM_MONTHS,
    keys: ['user_id', 'activity_month'],
    slicedBy: 'activity_month',
    changesBy: 'activity_month',
    looksBack: true,
  },
  {
    schema: 'mart',
    name: 'user_movements',
    view: 'intermediate.int_user_monthly_movements',
    madeFrom: USER_FIRM_MONTHS,
    keys: ['user_id', 'movement_month', 'firm_id', 'side'],
    slicedBy: 'movement_month',
    changesBy: 'user_id',
    changesSince: 'movement_month',
  },
  {
    schema: 'mart',
    name: 'firm_months',
    view: FIRM_MONTHS,
    madeFrom: USER_FIRM_MONTHS,
    keys: ['firm_id', 'activity_month'],
    changesBy: 'activity_month',
  },
  {
    schema: 'mart',
    name: 'firm_users',
    view: 'intermediate.int_firm_users',
    madeFrom: USER_FIRM_MONTHS,
    keys: ['user_id', 'firm_id'],
    changesBy: 'user_id',
  },
  {
    schema: 'mart',
    name: 'firm_usage_summary',
    view: 'intermediate.int_firm_usage_metrics',
    madeFrom: FIRM_MONTHS,
    keys: ['firm_id'],
    changesBy: 'firm_id',
  },
  {
    schema: 'mart',
    name: 'daily_event_summary',
    view: 'intermediate.int_daily_event_metrics',
    madeFrom: EVENTS,
    keys: ['event_date'],
    changesBy: 'event_date',
  },
];

/** The versioned table that imports write; builds only clear what no kept version shows. */
export const RAW_EVENTS = { schema: 'raw', name: 'events' } as const;

export function tableName(table: TableName): Sql {
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
