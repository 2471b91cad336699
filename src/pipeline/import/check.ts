import type { Session } from '../../database/engine.ts';
import { ident, join, type Sql, sql, statement } from '../../database/sql.ts';
import { type Problem, SHOWN } from './problems.ts';
import type { Reason } from './refusal.ts';
import type { StagedFile } from './stage.ts';

/** A condition on whole sets of rows; `found` selects line, value and message of each row that breaks it. */
interface SetCheck {
  readonly reason: Reason;
  readonly column: string;
  readonly found: Sql;
}

/** Ids that are in the file more than once; the first one counts as good. */
export async function checkIds(session: Session, file: StagedFile, keepBad: boolean): Promise<void> {
  const found = sql`
    select line, id::text as value,
           'the id is in the file already, on line ' || first_line || '; expected each id once' as message
      from (select line, id,
                   min(line) over (partition by id) as first_line
              from ${file.table}
             where problems is null) as numbered
     where line > first_line`;
  await run(session, file, [{ reason: 'repeated id', column: 'ID', found }], keepBad);
}

/** Events whose user or firm is not loaded. `tables` says which of the two may be looked up. */
export async function checkReferences(
  session: Session,
  file: StagedFile,
  tables: { readonly users: boolean; readonly firms: boolean },
  keepBad: boolean,
): Promise<void> {
  const checks = [
    ...(tables.users ? [unknown(file, 'user')] : []),
    ...(tables.firms ? [unknown(file, 'firm')] : []),
  ];
  if (checks.length > 0) await run(session, file, checks, keepBad);
}

function unknown(file: StagedFile, what: 'user' | 'firm'): SetCheck {
  const id = ident(`${what}_id`);
  const known = ident('raw', `${what}s`);
  const message = `there is no such ${what}, neither in this import nor loaded before; import the ${what}s first or together`;
  const found = sql`
    select staged.line, staged.${id}::text as value, ${message}::text as message
      from ${file.table} as staged
      join (select distinct ${id} from ${file.table} where problems is null
            except select id from ${known}) as missing on missing.${id} = staged.${id}
     where staged.problems is null`;
  return { reason: `unknown ${what}`, column: `${what.toUpperCase()}_ID`, found };
}

async function run(session: Session, file: StagedFile, checks: readonly SetCheck[], keepBad: boolean) {
  for (const check of checks) await report(session, file, check);
  if (keepBad && file.problems.total > 0) await mark(session, file, checks);
}

async function report(session: Session, file: StagedFile, check: SetCheck): Promise<void> {
  const { kind, name, problems } = file;
  const { reason, column, found } = check;
  const rows = await session.query(
    statement(sql`
      select line, value, message, count(*) over () as total from (${found}) as found
       order by line limit ${SHOWN}`),
  );
  problems.count(reason, (rows[0]?.[3] as number | undefined) ?? 0);
  problems.show(
    rows.map(
      ([line, value, message]): Problem => ({
        kind,
        file: name,
        line: line as number,
        column,
        value: value as string,
        reason,
        message: message as string,
      }),
    ),
  );
}

/** Puts what was found to the rows themselves, all at once, so that a row may have several problems. */
async function mark(session: Session, file: StagedFile, checks: readonly SetCheck[]): Promise<void> {
  const found = checks.map(
    (check) => sql`
      select line, jsonb_build_object('column', ${check.column}::text, 'value', value,
                                      'reason', ${check.reason}::text, 'message', message) as problem
        from (${check.found}) as found`,
  );
  const values = file.format.columns.map((column) => sql`${ident(column.target)}`);
  await session.execute(
    statement(sql`
      update ${file.table} as staged
         set problems = bad.problems, record = concat_ws(',', ${join(values)})
        from (select line, jsonb_agg(problem) as problems
                from (${join(found, sql` union all `)}) as all_found group by line) as bad
       where bad.line = staged.line`),
  );
}
