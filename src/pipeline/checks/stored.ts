import type { Engine } from '../../database/engine.ts';
import { sql, statement } from '../../database/sql.ts';
import type { Severity } from './definition.ts';
import type { CheckResult } from './run.ts';

/** What the checks found when `version` was built, errors first; those that found nothing are in it too. */
export async function storedResults(engine: Engine, version: number): Promise<CheckResult[]> {
  const rows = await engine.read(
    statement(sql`
      select name, severity::text, description, advice, rows, sample
        from mart.check_results
       where version = ${version}
       order by severity, name`),
  );
  return rows.map(([name, severity, description, advice, count, sample]) => ({
    name: name as string,
    severity: (severity as string).toLowerCase() as Severity,
    description: description as string,
    advice: advice as string,
    rows: count as number,
    sample: sample as CheckResult['sample'],
  }));
}
