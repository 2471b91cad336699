import type { Session } from '../../database/engine.ts';
import { empty, sql, statement } from '../../database/sql.ts';
import type { Kind } from './source.ts';

/**
 * Whether the same bytes are loaded and wholly in effect: events of a batch that is LOADED; users or firms when no
 * later file of the kind changed any. With `replace`, a file of which rows were rejected may come again.
 */
export async function isKnown(
  session: Session,
  file: { readonly kind: Kind; readonly sha256: string },
  replace: boolean,
): Promise<boolean> {
  const newest = sql`
    and not exists (select from raw.import_files as later
                     where later.kind = files.kind and later.batch_id > files.batch_id)`;
  const rows = await session.query(
    statement(sql`
      select 1 from raw.import_files as files
        join raw.import_batches as batches on batches.id = files.batch_id
       where files.sha256 = ${file.sha256} and files.kind = ${file.kind}::raw.file_kind
         and batches.status = 'LOADED'
         ${replace ? sql`and batches.rows_rejected = 0` : empty}
         ${file.kind === 'EVENTS' ? empty : newest}
       limit 1`),
  );
  return rows.length > 0;
}
