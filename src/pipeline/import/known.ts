import type { Session } from '../../database/engine.ts';
import { empty, sql, statement } from '../../database/sql.ts';
import type { Progress } from '../../progress.ts';
import type { Kind, Source } from './source.ts';

/** A file whose bytes are loaded, so that it was not read. */
export interface KnownFile {
  readonly kind: Kind;
  readonly name: string;
  readonly sha256: string;
  readonly rows: number;
}

/**
 * The file, where it is known before it is read. Hashing it takes a hundredth of importing it, and spares reading,
 * checking and staging what is there; a first import has nothing to compare with and does without.
 */
export async function knownBefore(
  session: Session,
  kind: Kind,
  source: Source,
  replace: boolean,
  progress: Progress,
): Promise<KnownFile | undefined> {
  const ofKind = sql`select exists (select from raw.import_files where kind = ${kind}::raw.file_kind)`;
  const [row] = await session.query(statement(ofKind));
  if (row![0] !== true || source.hash === undefined) return undefined;
  progress.phase(`Comparing ${source.name} with what is loaded`);
  const sha256 = await source.hash();
  if (sha256 === undefined) return undefined;
  const rows = await knownRows(session, { kind, sha256 }, replace);
  return rows === undefined ? undefined : { kind, name: source.name, sha256, rows };
}

/**
 * The number of rows of a file whose very bytes are loaded and wholly in effect: events of a batch that is LOADED;
 * users or firms when no later file of the kind changed any. With `replace`, a file of which rows were rejected may
 * come again. Undefined for any other file.
 */
export async function knownRows(
  session: Session,
  file: { readonly kind: Kind; readonly sha256: string },
  replace: boolean,
): Promise<number | undefined> {
  const newest = sql`
    and not exists (select from raw.import_files as later
                     where later.kind = files.kind and later.batch_id > files.batch_id)`;
  const rows = await session.query(
    statement(sql`
      select files.rows from raw.import_files as files
        join raw.import_batches as batches on batches.id = files.batch_id
       where files.sha256 = ${file.sha256} and files.kind = ${file.kind}::raw.file_kind
         and batches.status = 'LOADED'
         ${replace ? sql`and batches.rows_rejected = 0` : empty}
         ${file.kind === 'EVENTS' ? empty : newest}
       limit 1`),
  );
  return rows[0]?.[0] as number | undefined;
}
