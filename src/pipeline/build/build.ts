import type { Engine, Session } from '../../database/engine.ts';
import { readServedVersion, type ServedVersion } from '../../database/version.ts';
import type { Progress } from '../../progress.ts';
import { runInBuild } from '../checks/in-build.ts';
import type { CheckResult } from '../checks/run.ts';
import { definitionHash } from '../definition.ts';
import { viewDefinitions } from '../view-definitions.ts';
import { clearOldVersions, discardUnserved } from './clean.ts';
import { countAll, countChanged } from './counts.ts';
import { BuildFailedError } from './failed.ts';
import { gatherTimes, publish } from './publish.ts';
import { type ChangedRows, refreshTable } from './refresh.ts';
import {
  createRollups,
  dropUnlisted,
  forEachStage,
  indexRollups,
  isFilled,
  makingOf,
  type RollupPlan,
  type RollupToFill,
} from './rollups.ts';
import { type Source, sourceOf } from './sources.ts';
import { BUILT_TABLES, type BuiltTable, type Mart } from './tables.ts';
import { gatherTouched, type Touched } from './touched.ts';
import { vacuum } from './vacuum.ts';
import { withWorking } from './working.ts';

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
  return exclusively(engine, options, (session) => buildNext(session, options));
}

/**
 * Builds where `isDue` says so before waiting for others, and says so still when they are done.
 * @throws BuildFailedError as {@link build} does
 */
export async function buildIfDue(
  engine: Engine,
  options: BuildOptions,
  isDue: () => Promise<boolean>,
): Promise<BuildReport | undefined> {
  if (!(await isDue())) return undefined;
  return exclusively(engine, options, async (session) =>
    (await isDue()) ? buildNext(session, options) : undefined,
  );
}

function exclusively<T>(
  engine: Engine,
  { progress }: BuildOptions,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  return engine.exclusive(
    (session) => work(session).finally(() => progress.end()),
    () => progress.note('Waiting for another import or build to finish.'),
  );
}

/** Whether a build is due: nothing was built yet, or what is served was built by other definitions. */
export async function needsBuild(engine: Engine, rollups?: RollupPlan): Promise<boolean> {
  const { record } = await readServedVersion(engine);
  return record === undefined || record.definitionHash !== definitionHash(rollups);
}

async function buildNext(session: Session, options: BuildOptions): Promise<BuildReport> {
  const { progress, rollups, full = false } = options;
  const started = performance.now();
  const served = await readServedVersion(session);
  progress.phase('Cleaning up');
  await dropUnlisted(session, rollups, progress);
  await discardUnserved(session, served.version);
  const cleared = await clearOldVersions(session);
  const definition = definitionHash(rollups);
  const isFull = full || served.record?.definitionHash !== definition;
  const filled = rollups?.at(served.version + 1) ?? [];
  const { changedRows, ...made } = await makeNext(session, served, { ...options, full: isFull }, filled);
  progress.phase('Publishing');
  const durationMs = Math.round(performance.now() - started);
  await publish(session, { ...made, durationMs, definitionHash: definition });
  await vacuum(session, [...written([...BUILT_TABLES, ...filled], changedRows), ...cleared], progress);
  const { next: version, asOf, rowCounts, results } = made;
  const findings = results.filter(({ rows }) => rows > 0);
  return { version, asOf, rowCounts, changedRows, durationMs, findings };
}

/** Everything of the next version but for its publication. */
async function makeNext(
  session: Session,
  served: ServedVersion,
  options: BuildOptions,
  filled: readonly RollupToFill[],
) {
  const { progress, allowErrors, rollups } = options;
  const next = served.version + 1;
  return withWorking(session, async () => {
    const { changedRows, touched } = await refreshAll(session, served, options, filled);
    const results = await runInBuild(session, next, touched, progress);
    if (!allowErrors) refuseErrors(results);
    const times = await gatherTimes(session);
    const counts = touched
      ? await countChanged(session, rollups, served.record!, next, { ...changedRows, events: touched.events })
      : await countAll(session, rollups);
    return { next, changedRows, results, ...times, ...counts };
  });
}

/** Brings every table to the newest state, from what has changed where that is enough. */
async function refreshAll(
  session: Session,
  { version, record }: ServedVersion,
  { progress, rollups, full }: BuildOptions,
  filled: readonly RollupToFill[],
): Promise<{ readonly changedRows: Record<string, ChangedRows>; readonly touched: Touched | undefined }> {
  const next = version + 1;
  if (rollups) await createRollups(session, rollups);
  const tables: readonly BuiltTable[] = [...BUILT_TABLES, ...filled];
  const changedRows: Record<string, ChangedRows> = Object.fromEntries(
    tables.map(({ name }) => [name, { closed: 0, inserted: 0 }]),
  );
  const refresh = async (table: BuiltTable, source: Source, isEmpty: boolean) => {
    const before = changedRows[table.name]!;
    const { closed, inserted } = await refreshTable(session, table, source, { next, isEmpty, progress });
    changedRows[table.name] = { closed: before.closed + closed, inserted: before.inserted + inserted };
  };
  const views = viewDefinitions();
  const fill = async (mart: Mart, touched?: Touched) =>
    refresh(mart, await sourceOf(session, mart, views, touched), version === 0);
  for (const mart of BUILT_TABLES.filter(({ madeFrom }) => !madeFrom)) await fill(mart);
  const found = full ? undefined : await gatherTouched(session, next);
  // Where more events changed than were served, making everything is less work than finding out what changed.
  const isMost = found && found.events.inserted + found.events.closed > record!.rowCounts.events!;
  const touched = isMost ? undefined : found;
  for (const mart of BUILT_TABLES.filter(({ madeFrom }) => madeFrom)) await fill(mart, touched);
  let isWhole = !touched;
  for (const rollup of filled) {
    // Those after one that is made whole may be made from it, and would find nothing of the version before there.
    const isEmpty = !(await isFilled(session, rollup, version));
    isWhole ||= isEmpty;
    const making = await makingOf(session, rollup, isWhole);
    await forEachStage(session, making, (source) => refresh(rollup, source, isEmpty));
  }
  if (rollups) await indexRollups(session, rollups, progress);
  return { changedRows, touched };
}

function refuseErrors(results: readonly CheckResult[]): void {
  const failed = results.filter(({ severity, rows }) => severity === 'error' && rows > 0);
  if (failed.length > 0) throw new BuildFailedError(failed);
}

function written(
  tables: readonly BuiltTable[],
  changedRows: Readonly<Record<string, ChangedRows>>,
): readonly BuiltTable[] {
  return tables.filter(({ name }) => changedRows[name]!.closed + changedRows[name]!.inserted > 0);
}
