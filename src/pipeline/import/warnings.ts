import type { Session } from '../../database/engine.ts';
import { sql, statement } from '../../database/sql.ts';
import type { Warning } from './report.ts';
import { FUTURE } from './span.ts';
import type { StagedFile } from './stage.ts';

const SAMPLE = 5;

/**
 * Events of the future: loaded, since it is for the user to say what they are, but as-of
 * is the latest event, so that one wrong year makes every period before it complete.
 */
export async function warnFutureEvents(
  session: Session,
  file: StagedFile,
  batchId: number,
): Promise<Warning> {
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
export async function warnEarlyEvents(session: Session, file: StagedFile): Promise<Warning | undefined> {
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
