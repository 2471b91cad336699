import type { Engine, Session } from '../../database/engine.ts';
import { join, type Sql, sql, statement } from '../../database/sql.ts';
import { readServedVersion } from '../../database/version.ts';
import type { Progress } from '../../progress.ts';
import { type CheckResult, runEach } from '../checks/run.ts';
import { definitionHash } from '../definition.ts';
import { clearOldVersions, discardUnserved } from './clean.ts';
import { BuildFailedError } from './failed.ts';
import { gatherFacts, publish } from './publish.ts';
import { type ChangedRows, refreshTable } from './refresh.ts';
import { BUILT_TABLES, tableName } from './tables.ts';

export interface BuildOptions {
  readonly progress: Progress;
  /** Publishes even though checks of severity error found something. */
  readonly allowErrors?: boolean;
}

export interface BuildReport {
  /** The version that is served now. */
  readonly version: number;
  /** Up to when the data are complete, ISO 8601 in UTC; absent without events. */
  readonly asOf: string | undefined;
  /** Rows that hold at the version, by table. */
  readonly rowCounts: Readonly<Record<string, number>>;
  /** What was written, by mart table. */
  readonly changedRows: Readonly<Record<string, ChangedRows>>;
  readonly durationMs: number;
  /** The checks that found something. */
  readonly findings: readonly CheckResult[];
}

/**
 * Makes the next version from the newest raw data and serves it. Readers keep the version they started with and
 * never wait; a build that fails or is killed leaves the old version served, and the next one cleans up after it.
 * @throws BuildFailedError when a check of severity error found something and `allowErrors` is not set
 */
export function build(engine: Engine, options: BuildOptions): Promise<BuildReport> {
  const { progress } = options;
  return engine.exclusive(
    (session) => buildNext(session, options).finally(() => progress.end()),
    () => progress.note('Waiting for another import or build to finish.'),
  );
}

/** Whether a build is due: nothing was built yet, or what is served was built by other definitions. */
export async function needsBuild(engine: Engine): Promise<boolean> {
  const { record } = await readServedVersion(engine);
  return record === undefined || record.definitionHash !== definitionHash();
}

async function buildNext(session: Session, { progress, allowErrors }: BuildOptions): Promise<BuildReport> {
  const started = performance.now();
  const { version: served } = await readServedVersion(session);
  const next = served + 1;
  progress.phase('Cleaning up');
  await discardUnserved(session, served);
  const cleared = await clearOldVersions(session);
  const changedRows = await refreshTables(session, next, progress);
  const results = await runEach(session, next, progress);
  if (!allowErrors) refuseErrors(results);
  progress.phase('Publishing');
  const facts = await gatherFacts(session);
  const durationMs = Math.round(performance.now() - started);
  await publish(session, { ...facts, next, durationMs, definitionHash: definitionHash(), results });
  await vacuum(session, written(changedRows, cleared), progress);
  const findings = results.filter(({ rows }) => rows > 0);
  const { asOf, rowCounts } = facts;
  return { version: next, asOf, rowCounts, changedRows, durationMs, findings };
}

async function refreshTables(
  session: Session,
  next: number,
  progress: Progress,
): Promise<Record<string, ChangedRows>> {
  const changed: Record<string, ChangedRows> = {};
  for (const table of BUILT_TABLES) changed[table.name] = await refreshTable(session, table, next, progress);
  return changed;
}

function refuseErrors(results: readonly CheckResult[]): void {
  const failed = results.filter(({ severity, rows }) => severity === 'error' && rows > 0);
  if (failed.length > 0) throw new BuildFailedError(failed);
}

function written(changedRows: Readonly<Record<string, ChangedRows>>, cleared: readonly Sql[]): Sql[] {
  const changed = BUILT_TABLES.filter(
    ({ name }) => changedRows[name]!.closed + changedRows[name]!.inserted > 0,
  );
  return [...changed.map(tableName), ...cleared];
}

/** The version is served by now, so that what goes wrong here is only news. */
async function vacuum(session: Session, tables: readonly Sql[], progress: Progress): Promise<void> {
  if (tables.length === 0) return;
  progress.phase('Vacuuming');
  try {
    // Without truncating: that takes a lock which readers would wait for.
    await session.execute(statement(sql`vacuum (analyze, truncate false) ${join(tables)}`));
  } catch (error) {
    progress.note(
      `The new version is served, but its tables could not be vacuumed: ${(error as Error).message}`,
    );
  }
}
