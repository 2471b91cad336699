import type { Session } from '../../database/engine.ts';
import { sql, statement } from '../../database/sql.ts';
import type { Lanes } from '../build/lanes.ts';
import { fromKept, textOf, withFewerRows } from '../build/reading.ts';
import { isTouched, type Touched } from '../build/touched.ts';
import { type ByMonth, type CheckDefinition, checkDefinitions } from './definition.ts';
import { type CheckResult, runOne } from './run.ts';

/** What a check found in each month that it found something in, so that a later build need not look there again. */
type FoundByMonth = Readonly<Record<string, Pick<CheckResult, 'rows' | 'sample'>>>;

/** What a check found in a build. */
export interface BuiltCheckResult extends CheckResult {
  /** Of a check that tells months apart. */
  readonly byMonth?: FoundByMonth;
}

/**
 * Runs the checks on what a build made for version `next`, and gives what they would find in everything. Where only
 * `touched` has changed, errors are looked for there alone, as long as none were found before; and months that were
 * not touched count as at the version before.
 */
export async function runInBuild(
  lanes: Lanes,
  next: number,
  touched: Touched | undefined,
): Promise<BuiltCheckResult[]> {
  const clean = touched
    ? await lanes.turn().read('Checking', (session) => foundNothing(session, next - 1))
    : new Set<string>();
  return Promise.all(
    checkDefinitions().map((check) =>
      lanes
        .turn()
        .read(`Checking ${check.name}`, (session) => runOneInBuild(session, next, check, touched, clean)),
    ),
  );
}

/** The checks that found nothing when a version was built. */
async function foundNothing(session: Session, version: number): Promise<ReadonlySet<string>> {
  const rows = await session.query(
    statement(sql`select name from mart.check_results where version = ${version} and rows = 0`),
  );
  return new Set(rows.map(([name]) => name as string));
}

async function runOneInBuild(
  session: Session,
  next: number,
  check: CheckDefinition,
  touched: Touched | undefined,
  clean: ReadonlySet<string>,
): Promise<BuiltCheckResult> {
  const { byMonth, name, reads } = check;
  if (byMonth) return runByMonth(session, next, check, byMonth, touched);
  if (touched && check.touched.length > 0 && clean.has(name)) {
    const result = await runOne(session, next, { ...check, select: fromKept(narrowed(check, touched)) });
    // A part of the rows may show less of each than all of them do.
    return result.rows === 0 ? result : runOne(session, next, check);
  }
  // Marts that were made from everything are compared with everything, not with one another.
  const select = touched || reads === 'newest state' ? fromKept(check.select) : check.select;
  return runOne(session, next, { ...check, select });
}

function narrowed(check: CheckDefinition, touched: Touched): string {
  return check.touched.reduce((text, part) => withFewerRows(text, { ...part, touched }), check.select);
}

/** The months that were touched are looked at anew, the others are what they were when the version before was built. */
async function runByMonth(
  session: Session,
  next: number,
  check: CheckDefinition,
  { month, order }: ByMonth,
  touched: Touched | undefined,
): Promise<BuiltCheckResult> {
  const { name, severity, description, advice } = check;
  const columns = order.map(({ column, isDescending }) => ({
    column,
    direction: isDescending ? ' desc' : '',
  }));
  const byColumns = columns.map(({ column, direction }) => `${column}${direction}`).join(', ');
  const byFields = columns.map(({ column, direction }) => `found -> '${column}'${direction}`).join(', ');
  const select = fromKept(touched ? narrowed(check, touched) : check.select);
  const isKept = touched ? textOf(sql`not ${isTouched('activity_month', 'before')}`) : 'false';
  const [row] = await session.query({
    text: `
      with offending as (
        ${select}
      ),
      placed as (
        select ${month} as activity_month, to_jsonb(offending) as found,
               row_number() over (partition by ${month} order by ${byColumns}) as place
          from offending
      ),
      before as (
        select months.key::date as activity_month, months.value as found
          from mart.check_results as result
         cross join jsonb_each(result.by_month) as months
         where result.version = $1::int - 1 and result.name = $2::text
      ),
      months as (
        select activity_month,
               jsonb_build_object(
                 'rows', count(*),
                 'sample', jsonb_agg(found order by place) filter (where place <= 5)
               ) as found
          from placed
         group by activity_month
        union all
        select activity_month, found from before where ${isKept}
      ),
      samples as (
        select found
          from (select jsonb_array_elements(found -> 'sample') as found from months) as each
         order by ${byFields}
         limit 5
      )
      select coalesce(sum((found -> 'rows')::bigint), 0)::bigint,
             (select coalesce(jsonb_agg(found order by ${byFields}), '[]') from samples),
             coalesce(jsonb_object_agg(activity_month, found), '{}')
        from months`,
    values: [next, name],
  });
  const [rows, sample, byMonth] = row as unknown as [number, CheckResult['sample'], FoundByMonth];
  return { name, severity, description, advice, rows, sample, byMonth };
}
