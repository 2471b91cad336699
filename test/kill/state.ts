import type { Engine } from '../../src/database/engine.ts';
import { join, sql, statement } from '../../src/database/sql.ts';
import { holdsAt, readServedVersion } from '../../src/database/version.ts';
import { BUILT_TABLES, tableName } from '../../src/pipeline/build/tables.ts';
import { openApi } from '../support/api.ts';

/** Everything that a kill must leave whole. */
export interface State {
  readonly version: number;
  /** A digest of the raw tables, but for the numbers that a sequence gave. */
  readonly raw: string;
  /** A digest of each built table as it is at the served version. */
  readonly marts: string;
  /** Answers of the API, but for the version that they name. */
  readonly answers: string;
}

/** Asked after a kill. Metrics of every kind, so every built table answers. */
export const QUESTIONS = `{
  dataset { dataVersion asOf firstEventAt rowCounts { table rows } }
  byMonth: metrics(groupBy: [MONTH]) {
    rows { month numQueries numDocs activeUsers avgFeedback engagementScore numPowerUsers }
    totals { numQueries activeUsers activeFirms activeDays engagementScore numHighEngagementUsers }
    meta { dataVersion }
  }
  byFirm: metrics(groupBy: [FIRM], first: 100) {
    rows { firm { id } numQueries activeUsers docsPerQuery avgFeedback } totalCount meta { dataVersion }
  }
  byLevel: metrics(groupBy: [TITLE, ENGAGEMENT_LEVEL]) {
    rows { title engagementLevel numQueries numDocs activeUsers } meta { dataVersion }
  }
}`;

/** Asked all the time while a command runs and is killed. */
export const PULSE = `{
  dataset { dataVersion rowCounts { table rows } }
  byType: metrics(groupBy: [EVENT_TYPE]) {
    rows { eventType numQueries numDocs avgFeedback } totals { numQueries } meta { dataVersion }
  }
}`;

/** An answer and the one version that all of it names. */
export interface Answer {
  readonly version: number;
  readonly content: string;
}

/** @throws when parts of the answer name different versions */
export function answerOf(data: unknown): Answer {
  const versions = new Set<number>();
  const content = JSON.stringify(data, (key, value) => {
    if (key !== 'dataVersion') return value;
    versions.add(value as number);
    return undefined;
  });
  const [version, ...others] = versions;
  if (version === undefined || others.length > 0)
    throw new Error(`An answer names the versions ${[...versions].join(' and ')}: ${content}`);
  return { version, content };
}

export async function readState(engine: Engine): Promise<State> {
  const { version } = await readServedVersion(engine);
  const raw = JSON.stringify(await engine.read(RAW));
  const marts = JSON.stringify(await engine.read(martsAt(version)));
  const answer = await ask(engine, QUESTIONS);
  if (answer.version !== version)
    throw new Error(`Version ${version} is served, and an answer names ${answer.version}.`);
  return { version, raw, marts, answers: answer.content };
}

export async function ask(engine: Engine, source: string): Promise<Answer> {
  const api = await openApi(engine);
  try {
    return answerOf(await api.ask(source));
  } finally {
    await api.close();
  }
}

/** Sums of hashes, so that order does not count. Batches are told by what they did. */
const RAW = statement(sql`
  select 'events', concat_ws(' ', since_version, until_version), count(*), sum(hashtextextended(
           concat_ws('|', user_id, created, firm_id, event_type, num_docs, feedback_score), 0)::numeric)
    from raw.events group by since_version, until_version
  union all
  select 'users', '', count(*), sum(hashtextextended(concat_ws('|', id, created, title), 0)::numeric) from raw.users
  union all
  select 'firms', '', count(*),
         sum(hashtextextended(concat_ws('|', id, created, firm_size, arr_in_thousands), 0)::numeric) from raw.firms
  union all
  select 'batches', string_agg(concat_ws('|', status, events_loaded, events_replaced, users_changed, firms_changed,
           first_event_date, last_event_date, has_times, changed_version), ';' order by id), count(*), null
    from raw.import_batches
  union all
  select 'files', string_agg(concat_ws('|', kind, name, sha256, rows), ';' order by batch_id, kind), count(*), null
    from raw.import_files
  union all
  select 'rejected', '', count(*), null from raw.rejected_rows
  order by 1, 2`);

function martsAt(version: number) {
  const digests = BUILT_TABLES.map(
    (table) => sql`
      select ${table.name}::text, count(*), sum(hashtextextended(
               (to_jsonb(built) - 'since_version' - 'until_version')::text, 0)::numeric)
        from ${tableName(table)} as built where ${holdsAt('built', version)}`,
  );
  // Several at once may be read in any order.
  return statement(sql`${join(digests, sql` union all `)} order by 1`);
}
