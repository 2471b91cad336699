import type { Engine, Session } from '../../database/engine.ts';
import { sql, statement } from '../../database/sql.ts';
import { readServedVersion } from '../../database/version.ts';
import { type Progress, quiet } from '../../progress.ts';
import { type CheckDefinition, checkDefinitions, type Severity } from './definition.ts';

/** What one check found. */
export interface CheckResult {
  readonly name: string;
  readonly severity: Severity;
  readonly description: string;
  readonly advice: string;
  /** Number of rows found; 0 when all is well. */
  readonly rows: number;
  /** Up to five of them. */
  readonly sample: readonly Readonly<Record<string, unknown>>[];
}

/** What the checks found on demand, outside a build. */
export interface ChecksReport {
  /** The served version, whose marts were checked; 0 before the first build. */
  readonly version: number;
  /** Every check that ran. */
  readonly results: readonly CheckResult[];
  /** Checks of marts that were left out, since the marts do not show the newest state yet. */
  readonly leftOut: readonly string[];
  /** Why they were left out. */
  readonly reason: string | undefined;
}

/**
 * Runs the checks on one consistent state: the newest raw data, and the marts at the served version. While
 * imports or the first build are pending, the checks of marts are left out: the two would rightly differ.
 */
export function runChecks(engine: Engine, progress: Progress = quiet): Promise<ChecksReport> {
  return engine.session((session) =>
    session.transaction(async () => {
      await session.script('set transaction isolation level repeatable read, read only');
      const { version } = await readServedVersion(session);
      const reason =
        version === 0
          ? 'nothing was built yet'
          : (await importsWait(session, version))
            ? 'an import waits for its build'
            : undefined;
      const checks = checkDefinitions();
      const left = reason === undefined ? [] : checks.filter(({ reads }) => reads !== 'newest state');
      const run = checks.filter((check) => !left.includes(check));
      const results = await runEach(session, version, progress, run);
      progress.end();
      return { version, results, leftOut: left.map(({ name }) => name), reason };
    }),
  );
}

async function importsWait(session: Session, version: number): Promise<boolean> {
  const [row] = await session.query(
    statement(sql`select exists (select from raw.import_batches where changed_version > ${version})`),
  );
  return row![0] as boolean;
}

async function runEach(
  session: Session,
  version: number,
  progress: Progress,
  checks: readonly CheckDefinition[],
): Promise<CheckResult[]> {
  progress.phase('Checking', checks.length, 'checks');
  const results: CheckResult[] = [];
  for (const check of checks) {
    results.push(await runOne(session, version, check));
    progress.advance(1);
  }
  return results;
}

/** Runs a check on all that its select reads; of marts at `version`. */
export async function runOne(
  session: Session,
  version: number,
  check: CheckDefinition,
): Promise<CheckResult> {
  const { name, severity, description, advice, reads, select, byMonth } = check;
  const order = byMonth?.order.map(({ column, isDescending }) => `${column}${isDescending ? ' desc' : ''}`);
  const [row] = await session.query({
    text: `
      with offending as (
        ${select}
      ),
      sample as (select * from offending${order ? ` order by ${order.join(', ')}` : ''} limit 5)
      select (select count(*) from offending), (select coalesce(jsonb_agg(to_jsonb(sample)), '[]') from sample)`,
    values: reads === 'marts at $1' ? [version] : [],
  });
  const [rows, sample] = row as unknown as [number, CheckResult['sample']];
  return { name, severity, description, advice, rows, sample };
}
