import type { Engine, Session } from '../../database/engine.ts';
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

/** Every import, the latest first. */
export async function listImports(engine: Engine): Promise<ImportRecord[]> {
  const batches = await engine.prisma.importBatch.findMany({
    orderBy: { id: 'desc' },
    include: { files: { orderBy: { kind: 'asc' } } },
  });
  return batches.map((batch) => ({
    id: batch.id,
    importedAt: batch.importedAt.toISOString(),
    status: batch.status,
    eventsLoaded: Number(batch.eventsLoaded),
    eventsReplaced: Number(batch.eventsReplaced),
    usersChanged: Number(batch.usersChanged),
    firmsChanged: Number(batch.firmsChanged),
    rowsRejected: Number(batch.rowsRejected),
    firstEventDate: batch.firstEventDate?.toISOString().slice(0, 10),
    lastEventDate: batch.lastEventDate?.toISOString().slice(0, 10),
    asOf: batch.asOf?.toISOString(),
    files: batch.files.map(({ kind, name, rows }) => ({ kind, name, rows: Number(rows) })),
  }));
}

/** The first rejected rows in the order of their files, of one import or the latest of all. */
export async function listRejected(
  engine: Engine,
  options: { readonly batchId?: number | undefined; readonly limit: number },
): Promise<RejectedRow[]> {
  const rows = await engine.prisma.rejectedRow.findMany({
    ...(options.batchId !== undefined && { where: { batchId: options.batchId } }),
    orderBy: [{ batchId: 'desc' }, { id: 'asc' }],
    take: options.limit,
  });
  return rows.map(({ batchId, kind, line, column, value, reason, message, record }) => ({
    batchId,
    kind,
    line: Number(line),
    column: column ?? undefined,
    value: value ?? undefined,
    reason,
    message,
    record,
  }));
}

const PENDING = statement(sql`
  select exists (select from raw.import_batches
                  where changed_version > (select version from mart.served_version))`);

/** Whether an import or an undo is not in the served version yet, so that a build has something to do. */
export async function importsPending(from: Engine | Session): Promise<boolean> {
  const [row] = 'read' in from ? await from.read(PENDING) : await from.query(PENDING);
  return row![0] as boolean;
}
