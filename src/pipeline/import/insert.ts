import type { Session } from '../../database/engine.ts';
import { ident, join, sql, statement } from '../../database/sql.ts';
import type { StagedFile } from './stage.ts';

/** Adds the good users or firms and changes those that differ. Gives how many. */
export function upsert(session: Session, file: StagedFile, batchId: number): Promise<number> {
  const table = ident('raw', file.kind.toLowerCase());
  const names = file.format.columns.map((column) => ident(column.target));
  const changeable = file.format.columns
    .filter((column) => column.target !== 'id')
    .map((column) => ident(column.target));
  const sets = changeable.map((name) => sql`${name} = excluded.${name}`);
  return session.execute(
    statement(sql`
      insert into ${table} as old (${join(names)}, batch_id)
      select ${join(names)}, ${batchId}::integer from ${file.table} where problems is null
          on conflict (id) do update set ${join(sets)}, batch_id = excluded.batch_id
       where (${join(changeable.map((name) => sql`old.${name}`))})
             is distinct from (${join(changeable.map((name) => sql`excluded.${name}`))})`),
  );
}

/**
 * Adds the good events, holding from version `next`. Gives how many. They go in by month and user: the key's index,
 * which starts with the user, then grows from left to right instead of all over, which takes half of the time,
 * and a month's events still lie together.
 */
export function insertEvents(
  session: Session,
  file: StagedFile,
  batchId: number,
  next: number,
): Promise<number> {
  const names = join(file.format.columns.map((column) => ident(column.target)));
  return session.execute(
    statement(sql`
      insert into raw.events (${names}, batch_id, since_version)
      select ${names}, ${batchId}::integer, ${next}::integer from ${file.table} where problems is null
       order by date_trunc('month', created), user_id`),
  );
}

/** Keeps the bad rows, one for each row and problem. Gives the number of rows. */
export async function insertRejected(session: Session, file: StagedFile, batchId: number): Promise<number> {
  await session.execute(
    statement(sql`
      insert into raw.rejected_rows (batch_id, kind, line, "column", value, reason, message, record)
      select ${batchId}::integer, ${file.kind}::raw.file_kind, staged.line, problem."column", problem.value,
             problem.reason, problem.message, staged.record
        from ${file.table} as staged
       cross join rows from (jsonb_to_recordset(staged.problems)
                             as ("column" text, value text, reason text, message text))
             with ordinality as problem ("column", value, reason, message, place)
       order by staged.line, problem.place`),
  );
  const [row] = await session.query(
    statement(sql`select count(*) from ${file.table} where problems is not null`),
  );
  return row![0] as number;
}
