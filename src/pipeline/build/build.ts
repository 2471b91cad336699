import type { Engine, Session } from '../../database/engine.ts';
import { readServedVersion, type ServedVersion } from '../../database/version.ts';
import type { Progress } from '../../progress.ts';
import { type BuiltCheckResult, runInBuild } from '../checks/in-build.ts';
import type { CheckResult } from '../checks/run.ts';
import { definitionHash } from '../definition.ts';
import { clearOldVersions, discardUnserved } from './clean.ts';
import { countAll, countChanged } from './counts.ts';
import { BuildFailedError } from './failed.ts';
import { Lanes } from './lanes.ts';
import { type ChangedTables, makeMarts, makeRollups } from './make-tables.ts';
import { gatherTimes, publish } from './publish.ts';
import { createRollups, dropUnlisted, filledRollups, type RollupPlan } from './rollups.ts';
import { BUILT_TABLES, type TableName } from './tables.ts';
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
  readonly changedRows: ChangedTables;
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
  return exclusively(engine, options, (session) => buildNext(engine, session, options));
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
    (await isDue()) ? buildNext(engine, session, options) : undefined,
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

async function buildNext(engine: Engine, session: Session, options: BuildOptions): Promise<BuildReport> {
  const { progress, rollups, full = false } = options;
  const started = performance.now();
  const served = await readServedVersion(session);
  progress.phase('Cleaning up');
  await dropUnlisted(session, rollups, progress);
  await discardUnserved(session, served.version);
  const cleared = await clearOldVersions(session);
  const definition = definitionHash(rollups);
  const isFull = full || served.record?.definitionHash !== definition;
  const { changedRows, ...made } = await makeNext(engine, session, { ...options, full: isFull }, served);
  progress.phase('Publishing');
  const durationMs = Math.round(performance.now() - started);
  await publish(session, { ...made, durationMs, definitionHash: definition });
  const tables = [
    ...BUILT_TABLES,
    ...(rollups?.tables ?? []).map(({ name }) => ({ schema: 'rollup', name })),
  ];
  await vacuum(session, [...written(tables, changedRows), ...cleared], progress);
  const { next: version, asOf, rowCounts, results } = made;
  const findings = results.filter(({ rows }) => rows > 0);
  return { version, asOf, rowCounts, changedRows, durationMs, findings };
}

/** Everything of the next version but for its publication. */
async function makeNext(
  engine: Engine,
  session: Session,
  { progress, allowErrors, rollups, full = false }: BuildOptions,
  served: ServedVersion,
) {
  const next = served.version + 1;
  if (rollups) await createRollups(session, rollups);
  const filled = await filledRollups(session, rollups, served.version);
  return withWorking(session, progress, async () => {
    const { changedRows, touched, results } = await Lanes.over(engine, session, progress, async (lanes) => {
      const marts = await makeMarts(lanes, served, full);
      const [ofRollups, results] = await Promise.all([
        rollups && makeRollups(lanes, served, rollups, filled, marts.touched),
        runInBuild(lanes, next, marts.touched).then((found) => (allowErrors ? found : withoutErrors(found))),
      ]);
      return { ...marts, changedRows: { ...marts.changedRows, ...ofRollups }, results };
    });
    const times = await gatherTimes(session);
    const counts = touched
      ? await countChanged(session, rollups, served.record!, next, { ...changedRows, events: touched.events })
      : await countAll(session, rollups);
    return { next, changedRows, results, ...times, ...counts };
  });
}

/** @throws BuildFailedError when a check of severity error found something */
function withoutErrors(results: BuiltCheckResult[]): BuiltCheckResult[] {
  const failed = results.filter(({ severity, rows }) => severity === 'error' && rows > 0);
  if (failed.length > 0) throw new BuildFailedError(failed);
  return results;
}

function written(tables: readonly TableName[], changedRows: ChangedTables): readonly TableName[] {
  return tables.filter(({ name }) => changedRows[name]!.closed + changedRows[name]!.inserted > 0);
}
