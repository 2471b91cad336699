import type { Api, OperationContext } from '../graphql/api.ts';

/** The version was cleared under an operation twice: builds follow each other faster than it can be answered. */
export class VersionsTooFastError extends Error {
  override readonly name = 'VersionsTooFastError';

  constructor() {
    super('The data changed twice while this operation ran. Try again when the imports under way are done.');
  }
}

/**
 * Runs an operation so that its answer is wholly of one version: once more when its version was cleared meanwhile.
 * `run` may fail before it asks for a context; then its answer stands.
 * @throws VersionsTooFastError, and what reading the version pointer throws
 */
export async function settled<Answer>(
  api: Pick<Api, 'context' | 'settled'>,
  run: (context: () => Promise<OperationContext>) => Promise<Answer>,
): Promise<Answer> {
  for (const _ of ['first', 'again']) {
    let bound: OperationContext | undefined;
    const answer = await run(async () => {
      bound = await api.context();
      return bound;
    });
    if (bound === undefined || (await api.settled(bound))) return answer;
  }
  throw new VersionsTooFastError();
}
