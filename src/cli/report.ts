import type {
  FileReport,
  ImportRecord,
  ImportReport,
  RejectedRow,
  UndoReport,
  Warning,
} from '../pipeline/import/index.ts';
import { count } from './progress.ts';
import { plain, table } from './table.ts';

/** What an import did, for people. */
export function describeImport({ files, warnings, batchId, replaced }: ImportReport): string {
  const nothing = files.every(({ skippedAsKnown }) => skippedAsKnown)
    ? 'Nothing was loaded: these files are loaded already.'
    : 'Nothing was loaded: there was nothing new in these files.';
  const outcome =
    batchId === undefined
      ? nothing
      : `Loaded as import ${batchId}${replaced > 0 ? `, in place of ${count(replaced)} events` : ''}.`;
  return [...files.map(describeFile), ...warnings.map(describeWarning), outcome].join('\n');
}

function describeFile({ kind, name, rows, loaded, skippedAsKnown, rejected }: FileReport): string {
  const head = `${plain(name)}: ${count(rows)} rows`;
  if (skippedAsKnown) return `${head}, the same file is loaded already`;
  const did =
    kind === 'EVENTS'
      ? `${count(loaded)} events loaded`
      : `${count(loaded)} ${kind.toLowerCase()} new or changed`;
  return rejected === 0
    ? `${head}, ${did}`
    : `${head}, ${did}, ${count(rejected)} left out (\`metricgraph rejected\`)`;
}

function describeWarning({ message, count: number, sample }: Warning): string {
  const places = sample.map((place) => `\n  ${plain(place)}`).join('');
  return `Warning: ${message} (${count(number)})${places}`;
}

/** What an undo did, for people. */
export function describeUndo({ batchId, eventsTakenOut, filesToLoadAgain }: UndoReport): string {
  const head = `Import ${batchId} is undone: ${count(eventsTakenOut)} events are taken out; users and firms stay.`;
  if (filesToLoadAgain.length === 0) return head;
  const files = filesToLoadAgain.map(({ batchId: id, name }) => `\n  ${plain(name)} (import ${id})`).join('');
  return `${head}\nThe events that it had replaced do not come back; to have them again, load:${files}`;
}

/** The imports as a table. */
export function importsTable(list: readonly ImportRecord[]): string {
  if (list.length === 0) return 'Nothing was imported yet.\n';
  return table(
    ['id', 'imported at', 'status', 'events', 'users', 'firms', 'rejected', 'dates', 'files'],
    list.map((record) => [
      record.id,
      `${record.importedAt.slice(0, 19).replace('T', ' ')}Z`,
      record.status.toLowerCase().replaceAll('_', ' '),
      record.eventsLoaded,
      record.usersChanged,
      record.firmsChanged,
      record.rowsRejected,
      record.firstEventDate === undefined ? undefined : `${record.firstEventDate} to ${record.lastEventDate}`,
      record.files.map(({ name }) => name).join(', '),
    ]),
  );
}

/** Rejected rows as a table. */
export function rejectedTable(rows: readonly RejectedRow[]): string {
  if (rows.length === 0) return 'No rows were rejected.\n';
  return table(
    ['import', 'file', 'line', 'column', 'value', 'reason', 'what is wrong'],
    rows.map((row) => [
      row.batchId,
      row.kind.toLowerCase(),
      row.line,
      row.column,
      row.value,
      row.reason,
      row.message,
    ]),
  );
}
