import type { Api } from '../graphql/api.ts';
import type { OperationContext } from '../graphql/context.ts';

/** The version was cleared under an operation twice: builds follow each other faster than it can be answered. */
export class VersionsTooFastError extends Error {
  override readonly name = 'VersionsTooFastError';

  constructor() {
    super('The data changed twice while this operation ran. Try again when the imports under way are done.');
  }
}

/** What an operation came to. Without a context it failed before it read anything, and its answer stands. */
export interface Ran<Answer> {
  readonly answer: Answer;
  /** The very object that the resolvers were given. */
  readonly context: OperationContext | undefined;
}

/**
 * Runs an operation so that its answer is wholly of one version: once more when its version was cleared meanwhile.
 * @throws VersionsTooFastError, and what reading the version pointer throws
 */
export async function settled<Answer>(
  api: Pick<Api, 'settled'>,
  run: () => Promise<Ran<Answer>>,
): Promise<Answer> {
  for (const _ of ['first', 'again']) {
    const { answer, context } = await run();
    if (context === undefined || (await api.settled(context))) return answer;
  }
  throw new VersionsTooFastError();
}
