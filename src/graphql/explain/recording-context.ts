import type { Engine, Statement } from '../../database/engine.ts';
import { Reader } from '../../query/reading/reader.ts';
import { ResultCache } from '../../query/reading/result-cache.ts';
import { OperationContext } from '../context.ts';

/** Thrown where a field reads by other means than statements of its own, which there is no showing. */
export class NotShownError extends Error {
  override readonly name = 'NotShownError';
}

/** What one root field is run with to see its statements: each is noted, and finds no rows. */
export class RecordingContext extends OperationContext {
  readonly statements: readonly Statement[];

  /** @param only the key of the field in its operation; others are left alone */
  constructor(
    { engine, catalog, watcher, served, viewer }: OperationContext,
    readonly only: string,
  ) {
    const statements: Statement[] = [];
    const noting = recording(engine, statements);
    // Results of its own: what is only noted must not be taken for an answer.
    const reader = new Reader(noting, new ResultCache(0), served, viewer.scope);
    super(noting, catalog, watcher, served, viewer, reader);
    this.statements = statements;
  }
}

function recording({ kind, location }: Engine, into: Statement[]): Engine {
  const refuse = (): never => {
    throw new NotShownError('This is not read by statements of its own.');
  };
  return {
    ...{ kind, location },
    read: async (statement) => {
      into.push(statement);
      return [];
    },
    get prisma() {
      return refuse();
    },
    ...{ session: refuse, exclusive: refuse, migrating: refuse, listen: refuse, close: refuse },
  };
}
