import type { Session } from '../../database/engine.ts';
import { join, sql, statement } from '../../database/sql.ts';
import { OPEN_VERSION, VERSION_CHANNEL } from '../../database/version.ts';
import type { CheckResult } from '../checks/run.ts';
import { BUILT_TABLES, RAW_EVENTS, tableName } from './tables.ts';

/** What a version's record says of its data. */
export interface Facts {
  /** Instants in UTC, ISO 8601; absent without events. */
  readonly asOf: string | undefined;
  readonly firstEventAt: string | undefined;
  readonly lastEventAt: string | undefined;
  readonly hasTimes: boolean;
  /** Rows that hold at the version, by table. */
  readonly rowCounts: Readonly<Record<string, number>>;
}

/** Reads from the newest state what the next version's record will say. */
export async function gatherFacts(session: Session): Promise<Facts> {
  const [row] = await session.query(AS_OF);
  const [hasTimes, ...instants] = row as [boolean, ...(string | null)[]];
  const [asOf, firstEventAt, lastEventAt] = instants.map((instant) => instant ?? undefined);
  return { asOf, firstEventAt, lastEventAt, hasTimes, rowCounts: await countRows(session) };
}

/**
 * Times count only if every import in effect has them: one import of dates alone would be taken for midnights.
 * As-of is the latest event, or without times the end of its day. The last one given at import wins, unless
 * events of other imports are later.
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
  events as (
    select min(created_at) as first_event_at, max(created_at) as last_event_at from staging.stg_events
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

async function countRows(session: Session): Promise<Record<string, number>> {
  const tables = [{ label: 'events', name: RAW_EVENTS }].concat(
    BUILT_TABLES.map((table) => ({ label: table.name, name: tableName(table) })),
  );
  const counts = tables.map(
    ({ label, name }) =>
      sql`select ${label}::text, count(*) from ${name} where until_version = ${OPEN_VERSION}`,
  );
  const rows = await session.query(statement(join(counts, sql` union all `)));
  return Object.fromEntries(rows) as Record<string, number>;
}

export interface Publication extends Facts {
  readonly next: number;
  readonly durationMs: number;
  /** Rows that hold at the version, by rollup's table and level. */
  readonly rollups: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly definitionHash: string;
  readonly results: readonly CheckResult[];
}

/**
 * Makes `next` the served version, with its record and findings: all in one transaction.
 * @throws Error when another version than the one before is served by now
 */
export function publish(session: Session, publication: Publication): Promise<void> {
  return session.transaction(async () => {
    await insertRecord(session, publication);
    for (const result of publication.results) await insertResult(session, publication.next, result);
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

async function insertResult(session: Session, version: number, result: CheckResult): Promise<void> {
  const { name, severity, description, rows, sample, advice } = result;
  await session.execute(
    statement(sql`
      insert into mart.check_results (version, name, severity, description, rows, sample, advice)
      values (${version}, ${name}, ${severity.toUpperCase()}::mart.check_severity, ${description}, ${rows},
              ${JSON.stringify(sample)}::jsonb, ${advice})`),
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
