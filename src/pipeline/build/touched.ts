import type { Session } from '../../database/engine.ts';
import { constant, ident, join, type Sql, sql, statement } from '../../database/sql.ts';
import { changesAt } from '../../database/version.ts';
import { workingTable } from '../../database/working.ts';
import { makeWorking } from './working.ts';

/** By what the events that imports brought in or took out are looked at: each has a working table of its values. */
export const TOUCHED_COLUMNS = ['event_date', 'activity_month', 'user_id', 'firm_id', 'event_id'] as const;
export type TouchedColumn = (typeof TOUCHED_COLUMNS)[number];

export function isTouchedColumn(name: string): name is TouchedColumn {
  return TOUCHED_COLUMNS.includes(name as TouchedColumn);
}

/** What the next version has other events of than the served one. */
export interface Touched {
  readonly events: {
    /** How many came in. */
    readonly inserted: number;
    /** How many of those served went. */
    readonly closed: number;
  };
  /** Stretches of whole months, half open, in order: first days, ISO 8601. */
  readonly stretches: readonly (readonly [from: string, to: string])[];
}

/** Rows with a value that was touched. */
export function isTouched(column: TouchedColumn, alias: string): Sql {
  return sql`${ident(alias, column)} in (select ${ident(column)} from ${touchedTable(column)})`;
}

/** Rows of the first month that was touched, and of those after it. */
export function isSinceTouched(column: string, alias: string): Sql {
  return sql`${ident(alias, column)} >= (select min(activity_month) from ${touchedTable('activity_month')})`;
}

/** Rows of months that were touched, or tell of one that was, since they look back at the month before. */
export function isTouchedLookingBack(alias: string): Sql {
  return isAfterTouched(alias, [0, 1]);
}

/** Rows of the months that those look back at. */
export function isLookedBackAt(alias: string): Sql {
  return isAfterTouched(alias, [-1, 0]);
}

/** Rows of months that lie so many months after ones that were touched. */
function isAfterTouched(alias: string, distances: readonly number[]): Sql {
  const months = distances.map(
    (distance) => sql`
      select (activity_month + make_interval(months => ${constant(distance)}))::date
        from ${touchedTable('activity_month')}`,
  );
  return sql`${ident(alias, 'activity_month')} in (${join(months, sql` union all `)})`;
}

export function touchedTable(column: TouchedColumn): Sql {
  return workingTable(`touched_${column}`);
}

/**
 * Gathers what the events that hold from `next` on, or no longer do, are of, into working tables. Firms with other
 * attributes than before are touched too: they are in `mart.firms` by then.
 */
export async function gatherTouched(session: Session, next: number): Promise<Touched> {
  const events = sql`raw.events as event where ${changesAt('event', next)}`;
  const values: Readonly<Record<TouchedColumn, Sql>> = {
    event_date: sql`select distinct created::date as event_date from ${events}`,
    activity_month: sql`
      select distinct date_trunc('month', event_date)::date as activity_month
        from ${touchedTable('event_date')}`,
    user_id: sql`select distinct user_id from ${events}`,
    firm_id: sql`
      select firm_id from ${events}
      union
      select firm_id from mart.firms as firm where ${changesAt('firm', next)}`,
    // Only those that came in: of events that went, nothing is left to look at.
    event_id: sql`select event_id from raw.events where since_version = ${next}`,
  };
  for (const column of TOUCHED_COLUMNS) await makeWorking(session, touchedTable(column), values[column]);
  const isNew = sql`event.since_version = ${next}`;
  const [row] = await session.query(
    statement(
      sql`select count(*) filter (where ${isNew}), count(*) filter (where not ${isNew}) from ${events}`,
    ),
  );
  const [inserted, closed] = row as unknown as [number, number];
  return { events: { inserted, closed }, stretches: await stretches(session) };
}

/** Months in a row have the same distance to their number. */
async function stretches(session: Session): Promise<[string, string][]> {
  const rows = await session.query(
    statement(sql`
      with numbered as (
        select activity_month, row_number() over (order by activity_month)::int as place
          from ${touchedTable('activity_month')}
      )
      select min(activity_month), (max(activity_month) + interval '1 month')::date
        from numbered
       group by activity_month - make_interval(months => place)
       order by 1`),
  );
  return rows as unknown as [string, string][];
}
