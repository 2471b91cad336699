import type { Engine, Session } from '../../database/engine.ts';
import { sql, statement } from '../../database/sql.ts';
import { readServedVersion } from '../../database/version.ts';
import { UserError } from '../../errors.ts';
import { countOf, takeOut } from './take-out.ts';

export interface UndoReport {
  readonly batchId: number;
  /** Events that the next build leaves out. */
  readonly eventsTakenOut: number;
  /** Files whose events this import had replaced: they do not come back unless loaded again. */
  readonly filesToLoadAgain: readonly { readonly batchId: number; readonly name: string }[];
}

/**
 * Takes the events of an import out again. Users and firms stay as they are.
 * @throws UserError when there is no such import, it was undone before, or none of its events are in effect
 */
export function undoImport(engine: Engine, batchId: number, onWait?: () => void): Promise<UndoReport> {
  return engine.exclusive(
    (session) =>
      session.transaction(async () => {
        const replacedEvents = await undoable(session, batchId);
        const next = (await readServedVersion(session)).version + 1;
        const taken = await takeOut(session, sql`batch_id = ${batchId}`, next);
        await session.execute(
          statement(sql`
            update raw.import_batches set status = 'UNDONE', changed_version = ${next} where id = ${batchId}`),
        );
        const filesToLoadAgain = replacedEvents ? await replacedFiles(session, batchId) : [];
        return { batchId, eventsTakenOut: countOf(taken), filesToLoadAgain };
      }),
    onWait,
  );
}

/** Gives whether the import had replaced events of others. */
async function undoable(session: Session, batchId: number): Promise<boolean> {
  const isId = Number.isInteger(batchId) && batchId > 0 && batchId < 2 ** 31;
  const [row] = isId
    ? await session.query(
        statement(sql`
          select status::text, events_loaded, events_replaced from raw.import_batches where id = ${batchId}`),
      )
    : [];
  if (!row) throw new UserError(`There is no import ${batchId}. ${await existing(session)}`);
  const [status, loaded, replaced] = row as [string, number, number];
  if (status === 'UNDONE') throw new UserError(`Import ${batchId} was undone before; nothing was changed.`);
  if (loaded === 0)
    throw new UserError(
      `Import ${batchId} loaded no events, and an undo leaves users and firms as they are; ` +
        'to set them back, import the file that they were in before.',
    );
  if (status === 'REPLACED')
    throw new UserError(
      `All events of import ${batchId} were replaced by later imports; nothing is left to undo.`,
    );
  return replaced > 0;
}

async function existing(session: Session): Promise<string> {
  const [row] = await session.query(statement(sql`select min(id), max(id) from raw.import_batches`));
  return row?.[0] == null ? 'Nothing was imported yet.' : `Imports have ids from ${row[0]} to ${row[1]}.`;
}

/** Which import replaced which events is not kept: these are the earlier ones of the same dates that lost some. */
async function replacedFiles(session: Session, batchId: number): Promise<UndoReport['filesToLoadAgain']> {
  const rows = await session.query(
    statement(sql`
      select files.batch_id, files.name
        from raw.import_batches as undone
        join raw.import_batches as earlier
          on earlier.id < undone.id and earlier.status in ('PARTLY_REPLACED', 'REPLACED')
         and earlier.first_event_date <= undone.last_event_date
         and earlier.last_event_date >= undone.first_event_date
        join raw.import_files as files on files.batch_id = earlier.id and files.kind = 'EVENTS'
       where undone.id = ${batchId}
       order by files.batch_id`),
  );
  return rows.map(([id, name]) => ({ batchId: id as number, name: name as string }));
}
