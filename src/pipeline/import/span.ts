import type { Session } from '../../database/engine.ts';
import { type Sql, sql, statement } from '../../database/sql.ts';
import { OPEN_VERSION } from '../../database/version.ts';
import { UserError } from '../../errors.ts';
import type { AsOf } from './options.ts';
import type { StagedFile } from './stage.ts';

/** The time that the good rows of an events file cover. */
export interface Span {
  /** UTC dates, `YYYY-MM-DD`. */
  readonly firstDate: string;
  readonly lastDate: string;
  /** The latest event, ISO 8601. */
  readonly latest: string;
  /** Whether any event is at another time of day than midnight. */
  readonly hasTimes: boolean;
  /** Whether any is dated after tomorrow, by the database's clock. */
  readonly reachesFuture: boolean;
}

/** The first instant that counts as the future. */
export const FUTURE = sql`(date_trunc('day', now() at time zone 'UTC') + interval '2 days')`;

/** Undefined where there are no good rows. */
export async function spanOf(session: Session, file: StagedFile): Promise<Span | undefined> {
  const [row] = await session.query(
    statement(sql`
      select min(created)::date, max(created)::date, max(created),
             bool_or(created <> date_trunc('day', created)), max(created) >= ${FUTURE}
        from ${file.table} where problems is null`),
  );
  const [firstDate, lastDate, latest, hasTimes, reachesFuture] = row as [
    string | null,
    string,
    string,
    boolean,
    boolean,
  ];
  return firstDate === null ? undefined : { firstDate, lastDate, latest, hasTimes, reachesFuture };
}

/** The condition that an event of raw.events is dated within the span. */
export function within(span: Span): Sql {
  return sql`created >= ${span.firstDate}::date and created < ${span.lastDate}::date + 1`;
}

/**
 * An overlap is most often the same events exported once more, which would count twice.
 * @throws UserError when events are loaded already that are dated within the span
 */
export async function refuseOverlap(session: Session, file: StagedFile, span: Span): Promise<void> {
  const loaded = await session.query(
    statement(sql`
      select batch_id, count(*), min(created)::date, max(created)::date
        from raw.events where until_version = ${OPEN_VERSION} and ${within(span)}
       group by batch_id order by batch_id`),
  );
  if (loaded.length === 0) return;
  const count = loaded.reduce((sum, row) => sum + (row[1] as number), 0);
  throw new UserError(
    `${file.name} has events from ${span.firstDate} to ${span.lastDate}, and ${count} events of those dates are loaded ` +
      'already. Nothing was loaded. Use --append to add the file to them, or --replace to put it in their place ' +
      '(with --firms-only, only in place of the events of the firms that the file names).',
    loaded.map(([id, events, first, last]) => `import ${id}: ${events} events from ${first} to ${last}`),
  );
}

/**
 * @throws UserError when the as-of instant given is before an event: the data would be newer than they say
 */
export function refuseEarlyAsOf(asOf: AsOf, file: StagedFile, span: Span): void {
  const isEarly =
    asOf.endOf === undefined
      ? comparable(asOf.instant) < comparable(span.latest)
      : asOf.endOf < span.lastDate;
  if (!isEarly) return;
  throw new UserError(
    `The as-of instant ${asOf.endOf ?? asOf.instant} is before the latest event of ${file.name}, at ${span.latest}. ` +
      'Give a later one, or none to take the end of the data.',
  );
}

/** Instants in ISO 8601 and UTC, with the fraction that may be left out. */
function comparable(instant: string): string {
  return instant.replace('Z', '').padEnd(20, '.').padEnd(26, '0');
}
