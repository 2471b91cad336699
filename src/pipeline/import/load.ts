import type { Session } from '../../database/engine.ts';
import { all, sql, statement } from '../../database/sql.ts';
import { readServedVersion } from '../../database/version.ts';
import { checkIds, checkReferences } from './check.ts';
import { insertEvents, insertRejected, upsert } from './insert.ts';
import { isKnown } from './known.ts';
import type { AsOf, ImportOptions } from './options.ts';
import { ImportFailedError, Problems } from './problems.ts';
import type { FileReport, ImportReport, Warning } from './report.ts';
import type { Kind } from './source.ts';
import { refuseEarlyAsOf, refuseOverlap, type Span, spanOf, within } from './span.ts';
import type { StagedFile } from './stage.ts';
import { countOf, markReplaced, takeOut } from './take-out.ts';
import { warnEarlyEvents, warnFutureEvents } from './warnings.ts';

type LoadOptions = Omit<ImportOptions, 'asOf'> & { readonly asOf: AsOf | undefined };

/** Stage tables on their way into raw. */
interface Load {
  readonly session: Session;
  readonly files: readonly StagedFile[];
  readonly options: LoadOptions;
  readonly batchId: number;
  /** The version that shows what is loaded. */
  readonly next: number;
}

/** What was done to each table. */
interface Counts {
  readonly changed: ReadonlyMap<Kind, number>;
  readonly rejected: ReadonlyMap<Kind, number>;
  readonly replaced: number;
  readonly span: Span | undefined;
}

/**
 * The one transaction of an import. Its rows hold from the version after the served one, which is read inside; so
 * the session must hold the write lock.
 * @throws ImportFailedError, or UserError for an overlap or an early as-of; then nothing is changed
 */
export function loadStaged(
  session: Session,
  staged: readonly StagedFile[],
  options: LoadOptions,
): Promise<ImportReport> {
  return session.transaction(async () => {
    const next = (await readServedVersion(session)).version + 1;
    const known: StagedFile[] = [];
    for (const file of staged) if (await isKnown(session, file, options.replace === true)) known.push(file);
    const files = staged.filter((file) => !known.includes(file));
    const load = { session, files, options, batchId: await openBatch(session, next), next };
    const entities = await loadEntities(load);
    await checkEvents(load);
    refuseProblems(load);
    const counts = await loadRest(load, entities);
    const changed = await closeBatch(load, counts);
    return {
      files: staged.map((file) => fileReport(file, known.includes(file), counts)),
      warnings: await warnings(load, counts.span, changed),
      batchId: changed ? load.batchId : undefined,
      replaced: counts.replaced,
    };
  });
}

/** Sequences do not go back with a transaction: ids of imports that were refused are given again here, under the lock. */
async function openBatch(session: Session, next: number): Promise<number> {
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

function fileOf({ files }: Load, kind: Kind): StagedFile | undefined {
  return files.find((file) => file.kind === kind);
}

/** Whether what is good of the file may be loaded. */
function isUsable({ options }: Load, file: StagedFile): boolean {
  return !file.broken && (options.quarantine === true || file.problems.total === 0);
}

/** Users and firms come first, so that the references of events can be looked up in raw alone. */
async function loadEntities(load: Load): Promise<Map<Kind, number>> {
  const { session, files, options, batchId } = load;
  const changed = new Map<Kind, number>();
  for (const file of files.filter(({ kind }) => kind !== 'EVENTS')) {
    await checkIds(session, file, options.quarantine === true);
    if (isUsable(load, file)) changed.set(file.kind, await upsert(session, file, batchId));
  }
  return changed;
}

/** Users are not looked up when the users file is not loaded for its problems: they would be told of twice. */
async function checkEvents(load: Load): Promise<void> {
  const events = fileOf(load, 'EVENTS');
  if (!events || events.broken) return;
  const [users, firms] = [fileOf(load, 'USERS'), fileOf(load, 'FIRMS')];
  const lookUp = { users: !users || isUsable(load, users), firms: !firms || isUsable(load, firms) };
  await checkReferences(load.session, events, lookUp, load.options.quarantine === true);
}

function refuseProblems(load: Load): void {
  if (load.files.every((file) => isUsable(load, file))) return;
  const report = Problems.merged(load.files.map((file) => file.problems)).report();
  // Of a file that could not be read to its end no row may be loaded, quarantine or not.
  const canQuarantine = load.options.quarantine !== true && load.files.every((file) => !file.broken);
  throw new ImportFailedError(report, canQuarantine);
}

async function loadRest(load: Load, entities: Map<Kind, number>): Promise<Counts> {
  const { session, files, batchId } = load;
  const events = fileOf(load, 'EVENTS');
  const span = events && (await spanOf(session, events));
  const replaced = events && span ? await makeRoom(load, events, span) : 0;
  const changed = new Map(entities);
  if (events && span) changed.set('EVENTS', await insertEvents(session, events, batchId, load.next));
  const rejected = new Map<Kind, number>();
  for (const file of files) {
    if (file.problems.total > 0) rejected.set(file.kind, await insertRejected(session, file, batchId));
  }
  return { changed, rejected, replaced, span };
}

/** Gives the number of events that were taken out for those of the file. */
async function makeRoom(load: Load, events: StagedFile, span: Span): Promise<number> {
  const { session, options, next } = load;
  if (options.asOf !== undefined) refuseEarlyAsOf(options.asOf, events, span);
  if (!options.append && !options.replace) await refuseOverlap(session, events, span);
  if (!options.replace) return 0;
  const firms = options.firmsOnly ? await firmsIn(session, events) : undefined;
  const condition = all([within(span), ...(firms ? [sql`firm_id = any(${firms})`] : [])]);
  const taken = await takeOut(session, condition, next);
  await markReplaced(session, taken, next);
  return countOf(taken);
}

async function firmsIn(session: Session, { table }: StagedFile): Promise<number[]> {
  const rows = await session.query(
    statement(sql`select distinct firm_id from ${table} where problems is null`),
  );
  return rows.map((row) => row[0] as number);
}

/** Records what was done; a batch that did nothing goes again. Gives whether it did something. */
async function closeBatch(load: Load, counts: Counts): Promise<boolean> {
  const { session, batchId, files, options } = load;
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
             as_of = ${options.asOf?.instant ?? null}::timestamptz at time zone 'UTC'
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

async function warnings(load: Load, span: Span | undefined, changed: boolean): Promise<Warning[]> {
  const events = fileOf(load, 'EVENTS');
  const early = events && (await warnEarlyEvents(load.session, events));
  const late = events && span?.reachesFuture && (await warnFutureEvents(load.session, events, load.batchId));
  const empty = load.files.filter((file) => file.rows === 0);
  return [
    ...(early ? [early] : []),
    ...(late ? [late] : []),
    ...empty.map(({ name }) => ({ message: `${name} has a header and no rows`, count: 1, sample: [] })),
    ...(!changed && load.options.asOf !== undefined ? [AS_OF_UNUSED] : []),
  ];
}

const AS_OF_UNUSED: Warning = {
  message: 'nothing was loaded, so the as-of instant was not stored',
  count: 1,
  sample: [],
};

function fileReport({ kind, name, rows }: StagedFile, known: boolean, counts: Counts): FileReport {
  const loaded = known ? 0 : (counts.changed.get(kind) ?? 0);
  const rejected = known ? 0 : (counts.rejected.get(kind) ?? 0);
  return { kind, name, rows, loaded, skippedAsKnown: known, rejected };
}
