import type { Session } from '../../database/engine.ts';
import { sql, statement } from '../../database/sql.ts';
import type { AsOf } from './options.ts';
import type { Kind } from './source.ts';
import type { Span } from './span.ts';
import type { StagedFile } from './stage.ts';

/** What was done to each table. */
export interface Counts {
  readonly changed: ReadonlyMap<Kind, number>;
  readonly rejected: ReadonlyMap<Kind, number>;
  readonly replaced: number;
  readonly span: Span | undefined;
}

/** Sequences do not go back with a transaction: ids of imports that were refused are given again here, under the lock. */
export async function openBatch(session: Session, next: number): Promise<number> {
  await session.query(
    statement(sql`
      select setval(pg_get_serial_sequence('raw.import_batches', 'id'),
                    (select coalesce(max(id), 0) + 1 from raw.import_batches), false)`),
  );
  const [row] = await session.query(
    statement(sql`insert into raw.import_batches (changed_version) values (${next}) returning id`),
  );
  return row![0] as number;
}

/** Records what was done; a batch that did nothing goes again. Gives whether it did something. */
export async function closeBatch(
  session: Session,
  batchId: number,
  files: readonly StagedFile[],
  asOf: AsOf | undefined,
  counts: Counts,
): Promise<boolean> {
  const count = (of: ReadonlyMap<Kind, number>, kind: Kind) => of.get(kind) ?? 0;
  const rejected = [...counts.rejected.values()].reduce((sum, each) => sum + each, 0);
  const changed = [...counts.changed.values()].some((each) => each > 0) || rejected > 0;
  if (!changed) {
    await session.execute(statement(sql`delete from raw.import_batches where id = ${batchId}`));
    return false;
  }
  await session.execute(
    statement(sql`
      update raw.import_batches
         set events_loaded = ${count(counts.changed, 'EVENTS')}, events_replaced = ${counts.replaced},
             users_changed = ${count(counts.changed, 'USERS')}, firms_changed = ${count(counts.changed, 'FIRMS')},
             rows_rejected = ${rejected},
             first_event_date = ${counts.span?.firstDate ?? null}, last_event_date = ${counts.span?.lastDate ?? null},
             has_times = ${counts.span?.hasTimes ?? false},
             as_of = ${asOf?.instant ?? null}::timestamptz at time zone 'UTC'
       where id = ${batchId}`),
  );
  for (const { kind, name, sha256, rows } of files) {
    await session.execute(
      statement(sql`
        insert into raw.import_files (batch_id, kind, name, sha256, rows)
        values (${batchId}, ${kind}::raw.file_kind, ${name}, ${sha256}, ${rows})`),
    );
  }
  return true;
}
