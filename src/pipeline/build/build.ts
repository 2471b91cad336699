import type { Engine, Session } from '../../database/engine.ts';
import { join, type Sql, sql, statement } from '../../database/sql.ts';
import { readServedVersion, type ServedVersion } from '../../database/version.ts';
import type { Progress } from '../../progress.ts';
import { type CheckResult, runEach } from '../checks/run.ts';
import { definitionHash } from '../definition.ts';
import { viewDefinitions } from '../view-definitions.ts';
import { clearOldVersions, discardUnserved } from './clean.ts';
import { BuildFailedError } from './failed.ts';
import { gatherFacts, publish } from './publish.ts';
import { type ChangedRows, refreshTable } from './refresh.ts';
import {
  countRollups,
  createRollups,
  dropUnlisted,
  isFilled,
  type RollupPlan,
  type RollupToFill,
  stagesOfRollup,
  withStage,
} from './rollups.ts';
import { type Source, withSource } from './sources.ts';
import { BUILT_TABLES, type BuiltTable, type Mart, tableName } from './tables.ts';
import { dropTouched, gatherTouched, type Touched } from './touched.ts';

export interface BuildOptions {
  readonly progress: Progress;
  /** Publishes even though checks of severity error found something. */
  readonly allowErrors?: boolean;
  /** What else to make for the queries of a model; nothing where it is absent. */
  readonly rollups?: RollupPlan;
  /** Makes everything from all events, although only some have changed. */
  readonly full?: boolean;
}

export interface BuildReport {
  /** The version that is served now. */
  readonly version: number;
  /** Up to when the data are complete, ISO 8601 in UTC; absent without events. */
  readonly asOf: string | undefined;
  /** Rows that hold at the version, by table. */
  readonly rowCounts: Readonly<Record<string, number>>;
  /** What was written, by table. */
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
export async function needsBuild(engine: Engine, rollups?: RollupPlan): Promise<boolean> {
  const { record } = await readServedVersion(engine);
  return record === undefined || record.definitionHash !== definitionHash(rollups);
}

async function buildNext(session: Session, options: BuildOptions): Promise<BuildReport> {
  const { progress, allowErrors, rollups, full = false } = options;
  const started = performance.now();
  const served = await readServedVersion(session);
  const next = served.version + 1;
  progress.phase('Cleaning up');
  await dropUnlisted(session, rollups, progress);
  await discardUnserved(session, served.version);
  const cleared = await clearOldVersions(session);
  const definition = definitionHash(rollups);
  const isFull = full || served.record?.definitionHash !== definition;
  const filled = rollups?.at(next) ?? [];
  const changedRows = await refreshAll(session, served, { ...options, full: isFull }, filled);
  const results = await runEach(session, next, progress);
  if (!allowErrors) refuseErrors(results);
  progress.phase('Publishing');
  const facts = await gatherFacts(session);
  const rollupRows = rollups ? await countRollups(session, rollups) : {};
  const durationMs = Math.round(performance.now() - started);
  const record = { ...facts, rollups: rollupRows, durationMs, definitionHash: definition };
  await publish(session, { ...record, next, results });
  await vacuum(session, written([...BUILT_TABLES, ...filled], changedRows, cleared), progress);
  const findings = results.filter(({ rows }) => rows > 0);
  const { asOf, rowCounts } = facts;
  return { version: next, asOf, rowCounts, changedRows, durationMs, findings };
}

/** Brings every table to the newest state, from what has changed where that is enough. */
async function refreshAll(
  session: Session,
  { version, record }: ServedVersion,
  { progress, rollups, full }: BuildOptions,
  filled: readonly RollupToFill[],
): Promise<Record<string, ChangedRows>> {
  const next = version + 1;
  if (rollups) await createRollups(session, rollups);
  const tables: readonly BuiltTable[] = [...BUILT_TABLES, ...filled];
  const changedRows: Record<string, ChangedRows> = Object.fromEntries(
    tables.map(({ name }) => [name, { closed: 0, inserted: 0 }]),
  );
  const refresh = async (table: BuiltTable, source: Source) => {
    const before = changedRows[table.name]!;
    const { closed, inserted } = await refreshTable(session, table, source, next, progress);
    changedRows[table.name] = { closed: before.closed + closed, inserted: before.inserted + inserted };
  };
  try {
    const views = viewDefinitions();
    const fill = (mart: Mart, touched?: Touched) =>
      withSource(session, mart, views, touched, (source) => refresh(mart, source));
    for (const mart of BUILT_TABLES.filter(({ madeFrom }) => !madeFrom)) await fill(mart);
    const found = full ? undefined : await gatherTouched(session, next);
    // Where more events changed than were served, making everything is less work than finding out what changed.
    const touched = found && found.events > record!.rowCounts.events! ? undefined : found;
    for (const mart of BUILT_TABLES.filter(({ madeFrom }) => madeFrom)) await fill(mart, touched);
    for (const rollup of filled) {
      const isWhole = !touched || !(await isFilled(session, rollup, version));
      for (const stage of await stagesOfRollup(session, rollup, isWhole))
        await withStage(session, stage, (source) => refresh(rollup, source));
    }
  } finally {
    await dropTouched(session).catch(() => undefined);
  }
  return changedRows;
}

function refuseErrors(results: readonly CheckResult[]): void {
  const failed = results.filter(({ severity, rows }) => severity === 'error' && rows > 0);
  if (failed.length > 0) throw new BuildFailedError(failed);
}

function written(
  tables: readonly BuiltTable[],
  changedRows: Readonly<Record<string, ChangedRows>>,
  cleared: readonly Sql[],
): Sql[] {
  const changed = tables.filter(({ name }) => changedRows[name]!.closed + changedRows[name]!.inserted > 0);
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
