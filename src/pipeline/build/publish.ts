import type { Session } from '../../database/engine.ts';
import { sql, statement } from '../../database/sql.ts';
import { OPEN_VERSION, VERSION_CHANNEL } from '../../database/version.ts';
import type { BuiltCheckResult } from '../checks/in-build.ts';
import type { Counts } from './counts.ts';

/** What a version's record says of the times of its events. */
export interface Times {
  /** Instants in UTC, ISO 8601; absent without events. */
  readonly asOf: string | undefined;
  readonly firstEventAt: string | undefined;
  readonly lastEventAt: string | undefined;
  readonly hasTimes: boolean;
}

/** Reads from the newest state, whose marts are made, what the next version's record will say of its times. */
export async function gatherTimes(session: Session): Promise<Times> {
  const [row] = await session.query(AS_OF);
  const [hasTimes, ...instants] = row as [boolean, ...(string | null)[]];
  const [asOf, firstEventAt, lastEventAt] = instants.map((instant) => instant ?? undefined);
  return { asOf, firstEventAt, lastEventAt, hasTimes };
}

/**
 * Times count only if every import in effect has them: one import of dates alone would be taken for midnights.
 * As-of is the latest event, or without times the end of its day. The last one given at import wins, unless
 * events of other imports are later. The days tell where to look for the first and the last event.
 */
const AS_OF = statement(sql`
  with in_effect as (
    select * from raw.import_batches where status in ('LOADED', 'PARTLY_REPLACED')
  ),
  times as (
    select coalesce(bool_and(has_times), false) as has_times from in_effect where events_loaded > 0
  ),
  given as (
    select as_of from in_effect where as_of is not null order by id desc limit 1
  ),
  days as (
    select min(event_date) as first_date, max(event_date) as last_date
      from mart.daily_event_summary where until_version = ${OPEN_VERSION}
  ),
  events as (
    select (select min(created_at) from staging.stg_events
             where created_at <= (select first_date + 1 from days)) as first_event_at,
           (select max(created_at) from staging.stg_events
             where created_at >= (select last_date from days)) as last_event_at
  ),
  facts as (
    select times.has_times, events.first_event_at, events.last_event_at, given.as_of
      from events cross join times left join given on true
  )
  select has_times,
         case when last_event_at is null then null
              when as_of >= last_event_at then as_of
              when has_times then last_event_at
              else date_trunc('day', last_event_at) + interval '1 day' end,
         first_event_at, last_event_at
    from facts`);

export interface Publication extends Times, Counts {
  readonly next: number;
  readonly durationMs: number;
  readonly definitionHash: string;
  readonly results: readonly BuiltCheckResult[];
}

/**
 * Makes `next` the served version, with its record and findings: all in one transaction.
 * @throws Error when another version than the one before is served by now
 */
export function publish(session: Session, publication: Publication): Promise<void> {
  return session.transaction(async () => {
    await insertRecord(session, publication);
    for (const result of publication.results) await insertResult(session, publication.next, result);
    // Only the next build asks, of the version before it.
    await session.execute(
      statement(sql`
        update mart.check_results set by_month = null
         where version < ${publication.next} and by_month is not null`),
    );
    await movePointer(session, publication.next);
    await session.query(statement(sql`select pg_notify(${VERSION_CHANNEL}, ${String(publication.next)})`));
  });
}

async function insertRecord(session: Session, { next, ...record }: Publication): Promise<void> {
  await session.execute(
    statement(sql`
      insert into mart.data_versions
        (version, published_at, oldest_version, as_of, first_event_at, last_event_at, has_times, duration_ms,
         definition_hash, row_counts, rollups)
      values
        (${next}, clock_timestamp() at time zone 'UTC', ${next - 1},
         ${record.asOf ?? null}::timestamptz at time zone 'UTC',
         ${record.firstEventAt ?? null}::timestamptz at time zone 'UTC',
         ${record.lastEventAt ?? null}::timestamptz at time zone 'UTC',
         ${record.hasTimes}, ${record.durationMs}, ${record.definitionHash},
         ${JSON.stringify(record.rowCounts)}::jsonb, ${JSON.stringify(record.rollups)}::jsonb)`),
  );
}

async function insertResult(session: Session, version: number, result: BuiltCheckResult): Promise<void> {
  const { name, severity, description, rows, sample, advice, byMonth } = result;
  await session.execute(
    statement(sql`
      insert into mart.check_results (version, name, severity, description, rows, sample, advice, by_month)
      values (${version}, ${name}, ${severity.toUpperCase()}::mart.check_severity, ${description}, ${rows},
              ${JSON.stringify(sample)}::jsonb, ${advice}, ${byMonth ? JSON.stringify(byMonth) : null}::jsonb)`),
  );
}

async function movePointer(session: Session, next: number): Promise<void> {
  const served = next - 1;
  const moved = await session.execute(
    statement(sql`
      update mart.served_version set version = ${next}, oldest_version = ${served} where version = ${served}`),
  );
  if (moved === 1) return;
  throw new Error(`Version ${next} was built upon version ${served}, which is no longer the served one.`);
}
