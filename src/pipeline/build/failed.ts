import { UserError } from '../../errors.ts';
import type { CheckResult } from '../checks/run.ts';

/** A build whose checks found errors: the version before it is still served. */
export class BuildFailedError extends UserError {
  override readonly name = 'BuildFailedError';

  /** @param failed the checks of severity error that found something */
  constructor(readonly failed: readonly CheckResult[]) {
    super(
      `The build was not published: ${failed.length === 1 ? 'a check' : `${failed.length} checks`} found errors. ` +
        'What was served before is still served. Mend the data, or allow errors to publish all the same.',
      failed.map(describe),
    );
  }
}

function describe({ name, rows, description, advice, sample }: CheckResult): string {
  const examples = sample.map((row) => `  ${JSON.stringify(row)}`);
  return [`${name}: ${rows} ${rows === 1 ? 'row' : 'rows'}. ${description} ${advice}`, ...examples].join(
    '\n',
  );
}
