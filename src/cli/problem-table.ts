import { UserError } from '../errors.ts';
import { ImportFailedError, type ProblemReport } from '../pipeline/import/index.ts';
import { count } from './progress.ts';
import { table } from './table.ts';

/** A failed import with its problems as a table; any other error as it is. */
export function tellProblems(error: unknown): unknown {
  if (!(error instanceof ImportFailedError)) return error;
  return new UserError(error.message, ['', problemTable(error.report)], { cause: error });
}

function problemTable({ problems, total }: ProblemReport): string {
  const shown = table(
    ['file', 'line', 'column', 'value', 'reason', 'what is wrong'],
    problems.map(({ file, line, column, value, reason, message }) => [
      file,
      line,
      column,
      value,
      reason,
      message,
    ]),
  );
  return total > problems.length ? `${shown}… and ${count(total - problems.length)} more` : shown.trimEnd();
}
