import type { Cell, Engine, Row, Session } from '../../database/engine.ts';
import { sql, statement } from '../../database/sql.ts';
import type { Kind } from './source.ts';

/** One import, as it is now. */
export interface ImportRecord {
  readonly id: number;
  /** ISO 8601. */
  readonly importedAt: string;
  readonly status: 'LOADED' | 'PARTLY_REPLACED' | 'REPLACED' | 'UNDONE';
  readonly eventsLoaded: number;
  readonly eventsReplaced: number;
  readonly usersChanged: number;
  readonly firmsChanged: number;
  readonly rowsRejected: number;
  /** UTC dates, `YYYY-MM-DD`. */
  readonly firstEventDate: string | undefined;
  readonly lastEventDate: string | undefined;
  /** The as-of instant that was given, ISO 8601. */
  readonly asOf: string | undefined;
  readonly files: readonly { readonly kind: Kind; readonly name: string; readonly rows: number }[];
}

/** A bad row that was left out; one for each problem of a row. */
export interface RejectedRow {
  readonly batchId: number;
  readonly kind: Kind;
  readonly line: number;
  readonly column: string | undefined;
  readonly value: string | undefined;
  readonly reason: string;
  readonly message: string;
  /** As it stood in the file; of rows refused for others (repeated ids, unknown users), its values as they were read. */
  readonly record: string;
}

const IMPORTS = statement(sql`
  select batch.id, batch.imported_at, batch.status::text, batch.events_loaded, batch.events_replaced,
         batch.users_changed, batch.firms_changed, batch.rows_rejected, batch.first_event_date, batch.last_event_date,
         batch.as_of, file.kind::text, file.name, file.rows
    from raw.import_batches as batch
    left join raw.import_files as file on file.batch_id = batch.id
   order by batch.id desc, file.kind`);

/** An import that is being put together from one row for each of its files. */
type Listed = ImportRecord & { readonly files: ImportRecord['files'][number][] };

/**
 * Every import, the latest first. In SQL of its own, as {@link listRejected} is: Prisma's query compiler takes longer
 * to load than all the rest of a command that only lists.
 */
export async function listImports(engine: Engine): Promise<ImportRecord[]> {
  const imports = new Map<number, Listed>();
  for (const row of await engine.read(IMPORTS)) {
    const found = imports.get(row[0] as number) ?? importOf(row);
    imports.set(found.id, found);
    const [kind, name, rows] = row.slice(11);
    if (kind !== null) found.files.push({ kind: kind as Kind, name: name as string, rows: rows as number });
  }
  return [...imports.values()];
}

function importOf(row: Row): Listed {
  const [eventsLoaded, eventsReplaced, usersChanged, firmsChanged, rowsRejected] = row.slice(3) as number[];
  return {
    id: row[0] as number,
    importedAt: instantOf(row[1]!),
    status: row[2] as ImportRecord['status'],
    eventsLoaded: eventsLoaded!,
    eventsReplaced: eventsReplaced!,
    usersChanged: usersChanged!,
    firmsChanged: firmsChanged!,
    rowsRejected: rowsRejected!,
    firstEventDate: (row[8] as string | null) ?? undefined,
    lastEventDate: (row[9] as string | null) ?? undefined,
    asOf: row[10] === null ? undefined : instantOf(row[10]!),
    files: [],
  };
}

/** With milliseconds, always. */
function instantOf(cell: Cell): string {
  return new Date(cell as string).toISOString();
}

/** The first rejected rows in the order of their files, of one import or the latest of all. */
export async function listRejected(
  engine: Engine,
  { batchId, limit }: { readonly batchId?: number | undefined; readonly limit: number },
): Promise<RejectedRow[]> {
  const rows = await engine.read(
    statement(sql`
      select batch_id, kind::text, line, "column", value, reason, message, record
        from raw.rejected_rows
       where ${batchId === undefined ? sql`true` : sql`batch_id = ${batchId}`}
       order by batch_id desc, id
       limit ${limit}`),
  );
  return rows.map((row) => ({
    batchId: row[0] as number,
    kind: row[1] as Kind,
    line: row[2] as number,
    column: (row[3] as string | null) ?? undefined,
    value: (row[4] as string | null) ?? undefined,
    reason: row[5] as string,
    message: row[6] as string,
    record: row[7] as string,
  }));
}

const IMPORTED = statement(sql`select exists (select from raw.import_batches)`);

/** Whether anything was ever imported. */
export async function anyImport(engine: Engine): Promise<boolean> {
  const [row] = await engine.read(IMPORTED);
  return row![0] as boolean;
}

const PENDING = statement(sql`
  select exists (select from raw.import_batches
                  where changed_version > (select version from mart.served_version))`);

/** Whether an import or an undo is not in the served version yet, so that a build has something to do. */
export async function importsPending(from: Engine | Session): Promise<boolean> {
  const [row] = 'read' in from ? await from.read(PENDING) : await from.query(PENDING);
  return row![0] as boolean;
}
