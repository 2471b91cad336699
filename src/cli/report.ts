import { UserError } from '../errors.ts';
import { ImportFailedError, type ProblemReport } from '../pipeline/import/problems.ts';
import { count } from './progress.ts';
import { table } from './table.ts';

/** A failed import with its problems as tables; any other error as it is. */
export function tellProblems(error: unknown): unknown {
  if (!(error instanceof ImportFailedError)) return error;
  return new UserError(error.message, [problemTables(error.report)], { cause: error });
}

function problemTables({ problems, total, byReason }: ProblemReport): string {
  const shown = table(
    ['file', 'line', 'column', 'value', 'reason', 'expected'],
    problems.map(({ file, line, column, value, reason, message }) => [
      file,
      line,
      column,
      value,
      reason,
      message,
    ]),
  );
  const more = total > problems.length ? `… and ${count(total - problems.length)} more\n` : '';
  const reasons = Object.entries(byReason).sort(([, one], [, other]) => other - one);
  return `\n${shown}${more}\n${table(['reason', 'problems'], reasons)}`;
}
