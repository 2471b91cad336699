import type { Session } from '../../database/engine.ts';
import { sql, statement } from '../../database/sql.ts';
import type { AsOf } from './options.ts';
import type { Warning } from './report.ts';
import { FUTURE, type Span } from './span.ts';
import type { StagedFile } from './stage.ts';

const SAMPLE = 5;

/** What was loaded from. */
interface Loaded {
  readonly session: Session;
  readonly batchId: number;
  readonly files: readonly StagedFile[];
  readonly options: { readonly asOf: AsOf | undefined };
}

/**
 * Everything that looks wrong with what was loaded.
 * @param changed - whether anything was
 */
export async function warningsOf(
  loaded: Loaded,
  span: Span | undefined,
  changed: boolean,
): Promise<Warning[]> {
  const { session, batchId, files, options } = loaded;
  const events = files.find(({ kind }) => kind === 'EVENTS');
  const early = events && (await warnEarlyEvents(session, events));
  const late = events && span?.reachesFuture && (await warnFutureEvents(session, events, batchId));
  const empty = files.filter((file) => file.rows === 0);
  return [
    ...(early ? [early] : []),
    ...(late ? [late] : []),
    ...empty.map(({ name }) => ({ message: `${name} has a header and no rows`, count: 1, sample: [] })),
    ...(!changed && options.asOf !== undefined ? [AS_OF_UNUSED] : []),
  ];
}

const AS_OF_UNUSED: Warning = {
  message: 'nothing was loaded, so the as-of instant was not stored',
  count: 1,
  sample: [],
};

/**
 * Events of the future: loaded, since it is for the user to say what they are, but as-of
 * is the latest event, so that one wrong year makes every period before it complete.
 */
async function warnFutureEvents(session: Session, file: StagedFile, batchId: number): Promise<Warning> {
  const rows = await session.query(
    statement(sql`
      select line, created, count(*) over () as total from ${file.table}
       where problems is null and created >= ${FUTURE}
       order by line limit ${SAMPLE}`),
  );
  return {
    message:
      'events are dated in the future, and the data count as complete up to the latest of them; if that is wrong, ' +
      `take the import out with \`metricgraph imports undo ${batchId}\`, mend the dates and import the file again`,
    count: rows[0]![2] as number,
    sample: rows.map(([line, created]) => `${file.name}:${line} ${created}`),
  };
}

/** Events dated before their user's account: loaded, since dates of accounts are often those of a migration. */
async function warnEarlyEvents(session: Session, file: StagedFile): Promise<Warning | undefined> {
  const rows = await session.query(
    statement(sql`
      select staged.line, staged.user_id, staged.created::date, users.created::date, count(*) over () as total
        from ${file.table} as staged
        join raw.users as users on users.id = staged.user_id
       where staged.problems is null and staged.created::date < users.created::date
       order by staged.line limit ${SAMPLE}`),
  );
  if (rows.length === 0) return undefined;
  return {
    message: 'events are dated before their user was created',
    count: rows[0]![4] as number,
    sample: rows.map(
      ([line, user, event, account]) =>
        `${file.name}:${line} user ${user} on ${event}, created on ${account}`,
    ),
  };
}
