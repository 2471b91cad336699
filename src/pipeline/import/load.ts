import type { Session } from '../../database/engine.ts';
import { all, sql, statement } from '../../database/sql.ts';
import { readServedVersion } from '../../database/version.ts';
import { UserError } from '../../errors.ts';
import { type Counts, closeBatch, openBatch } from './batch.ts';
import { checkIds, checkReferences } from './check.ts';
import { insertEvents, insertRejected, upsert } from './insert.ts';
import { type KnownFile, knownRows } from './known.ts';
import type { AsOf, ImportOptions } from './options.ts';
import { ImportFailedError, Problems } from './problems.ts';
import type { FileReport, ImportReport } from './report.ts';
import type { Kind } from './source.ts';
import { refuseEarlyAsOf, refuseOverlap, type Span, spanOf, within } from './span.ts';
import type { StagedFile } from './stage.ts';
import { countOf, markReplaced, takeOut } from './take-out.ts';
import { warningsOf } from './warnings.ts';

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

/**
 * The one transaction of an import. Its rows hold from the version after the served one, which is read inside; so
 * the session must hold the write lock.
 * @throws ImportFailedError, or UserError for an overlap or an early as-of; then nothing is changed
 */
export function loadFiles(
  session: Session,
  read: readonly (StagedFile | KnownFile)[],
  options: LoadOptions,
): Promise<ImportReport> {
  return session.transaction(async () => {
    const next = (await readServedVersion(session)).version + 1;
    const files: StagedFile[] = [];
    for (const file of read) {
      if ((await knownRows(session, file, options.replace === true)) === undefined) files.push(staged(file));
    }
    const load = { session, files, options, batchId: await openBatch(session, next), next };
    const entities = await loadEntities(load);
    await checkEvents(load);
    refuseProblems(load);
    const counts = await loadRest(load, entities);
    const changed = await closeBatch(session, load.batchId, files, options.asOf, counts);
    return {
      files: read.map((file) => fileReport(file, !files.some((each) => each === file), counts)),
      warnings: await warningsOf(load, counts.span, changed),
      batchId: changed ? load.batchId : undefined,
      replaced: counts.replaced,
    };
  });
}

/** @throws UserError for a file that is not known any more, and so was not read */
function staged(file: StagedFile | KnownFile): StagedFile {
  if ('table' in file) return file;
  throw new UserError(
    `${file.name} was loaded when this import began, and another command took it out meanwhile. ` +
      'Nothing was loaded; run the import again.',
  );
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

function fileReport(
  { kind, name, rows }: StagedFile | KnownFile,
  known: boolean,
  counts: Counts,
): FileReport {
  const loaded = known ? 0 : (counts.changed.get(kind) ?? 0);
  const rejected = known ? 0 : (counts.rejected.get(kind) ?? 0);
  return { kind, name, rows, loaded, skippedAsKnown: known, rejected };
}
