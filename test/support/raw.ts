import type { Engine, Session } from '../../src/database/engine.ts';
import { sql, statement } from '../../src/database/sql.ts';
import { OPEN_VERSION, readServedVersion } from '../../src/database/version.ts';
import type { Event, Firm, RawRows, User } from '../oracle/marts.ts';

/** The instant of an event without a time of day. */
export function day(date: string): string {
  return `${date}T00:00:00`;
}

/** An event with what the test does not care about filled in. */
export function event(given: Partial<Event> = {}): Event {
  return {
    userId: 'u1',
    created: '2024-01-15T10:00:00',
    firmId: 1,
    eventType: 'ASSISTANT',
    numDocs: 1,
    feedbackScore: 3,
    ...given,
  };
}

/** The events with users and firms to match them. */
export function rawOf(events: readonly Event[], more: { users?: User[]; firms?: Firm[] } = {}): RawRows {
  const users = [...new Set(events.map(({ userId }) => userId))].map((id) => user({ id }));
  const firms = [...new Set(events.map(({ firmId }) => firmId))].map((id) => firm({ id }));
  return { events, users: [...users, ...(more.users ?? [])], firms: [...firms, ...(more.firms ?? [])] };
}

export function user(given: Partial<User> = {}): User {
  return { id: 'u1', created: day('2023-01-01'), title: 'ASSOCIATE', ...given };
}

export function firm(given: Partial<Firm> = {}): Firm {
  return { id: 1, created: day('2023-01-01'), firmSize: 10, arrInThousands: 100, ...given };
}

export interface ReplaceOptions {
  readonly hasTimes?: boolean;
  /** ISO 8601 without a zone, in UTC. */
  readonly asOf?: string;
}

/** Puts these rows in the place of all raw rows, as an import that replaces everything would: from the next version on. */
export function replaceRaw(engine: Engine, raw: RawRows, options: ReplaceOptions = {}): Promise<void> {
  return engine.exclusive(async (session) => {
    const next = (await readServedVersion(session)).version + 1;
    const run = (fragment: Parameters<typeof statement>[0]) => session.execute(statement(fragment));
    await session.transaction(async () => {
      await run(sql`delete from raw.events where since_version >= ${next}`);
      await run(sql`update raw.events set until_version = ${next} where until_version = ${OPEN_VERSION}`);
      await run(
        sql`update raw.import_batches set status = 'REPLACED', changed_version = ${next} where status = 'LOADED'`,
      );
      await run(sql`delete from raw.users`);
      await run(sql`delete from raw.firms`);
      await insert(session, raw, next, options);
    });
  });
}

/** Adds these rows to those that are there, as an import of other dates would: from the next version on. */
export function addRaw(engine: Engine, raw: RawRows): Promise<void> {
  return engine.exclusive(async (session) => {
    const next = (await readServedVersion(session)).version + 1;
    await session.transaction(() => insert(session, raw, next));
  });
}

/** Users and firms that are there stay as they are. */
async function insert(
  session: Session,
  { events, users, firms }: RawRows,
  next: number,
  { hasTimes = true, asOf }: ReplaceOptions = {},
): Promise<void> {
  const batch = sql`
    insert into raw.import_batches (events_loaded, has_times, as_of, changed_version)
    values (${events.length}, ${hasTimes}, ${asOf ?? null}::timestamp, ${next})`;
  for (const each of [batch, insertUsers(users), insertFirms(firms), insertEvents(events, next)])
    await session.execute(statement(each));
}

function insertUsers(users: readonly User[]) {
  return sql`
    insert into raw.users (id, created, title, batch_id)
    select id, created, title, 1
      from unnest(${users.map(({ id }) => id)}::text[], ${users.map(({ created }) => created)}::timestamp[],
                  ${users.map(({ title }) => title)}::raw.title[]) as given (id, created, title)
        on conflict do nothing`;
}

function insertFirms(firms: readonly Firm[]) {
  return sql`
    insert into raw.firms (id, created, firm_size, arr_in_thousands, batch_id)
    select id, created, firm_size, arr, 1
      from unnest(${firms.map(({ id }) => id)}::bigint[], ${firms.map(({ created }) => created)}::timestamp[],
                  ${firms.map(({ firmSize }) => firmSize)}::int[],
                  ${firms.map(({ arrInThousands }) => arrInThousands)}::numeric[])
           as given (id, created, firm_size, arr)
        on conflict do nothing`;
}

function insertEvents(events: readonly Event[], next: number) {
  return sql`
    insert into raw.events
      (user_id, created, firm_id, event_type, num_docs, feedback_score, batch_id, since_version)
    select user_id, created, firm_id, event_type, num_docs, feedback_score,
           (select max(id) from raw.import_batches), ${next}
      from unnest(${events.map(({ userId }) => userId)}::text[], ${events.map(({ created }) => created)}::timestamp[],
                  ${events.map(({ firmId }) => firmId)}::bigint[],
                  ${events.map(({ eventType }) => eventType)}::raw.event_type[],
                  ${events.map(({ numDocs }) => numDocs)}::int[],
                  ${events.map(({ feedbackScore }) => feedbackScore)}::smallint[])
           as given (user_id, created, firm_id, event_type, num_docs, feedback_score)`;
}
