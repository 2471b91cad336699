import type { GraphQLResponse } from '@apollo/server';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Api } from '../graphql/api.ts';
import { expandProblems } from '../graphql/errors.ts';
import { type VariableHint, type Variables, variableHints } from '../graphql/variable-hints.ts';

/** The code of an error that says that no data version can be read. */
export const UNAVAILABLE = 'SERVICE_UNAVAILABLE';

/** The forms in which errors leave. Apollo knows one for each error; a request with several mistakes has several. */
export class ErrorForms {
  private readonly several = new WeakMap<GraphQLFormattedError, readonly GraphQLFormattedError[]>();

  private readonly hints = new WeakMap<GraphQLError, VariableHint>();

  constructor(private readonly api: Pick<Api, 'formatError' | 'schema'>) {}

  /** To be told of an operation's errors before they are formatted, since those about variables do not hold their values. */
  encounter(errors: readonly GraphQLError[], variables: Variables | undefined): void {
    for (const [error, hint] of variableHints(this.api.schema, errors, variables))
      this.hints.set(error, hint);
  }

  /** The first form of an error. */
  format(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
    if (formatted.extensions?.code === UNAVAILABLE) return formatted;
    const problems = error instanceof GraphQLError ? expandProblems([error], this.hints) : [error];
    if (problems.length === 1 && problems[0] === error) return this.api.formatError(formatted, error);
    const forms = problems.map((problem) =>
      this.api.formatError((problem as GraphQLError).toJSON(), problem),
    );
    this.several.set(forms[0]!, forms);
    return forms[0]!;
  }

  /** Puts the further forms beside the first, and answers 503 when a field found the version unreadable. */
  complete({ body, http }: GraphQLResponse): void {
    if (body.kind !== 'single' || !body.singleResult.errors) return;
    const errors = body.singleResult.errors.flatMap((first) => this.several.get(first) ?? [first]);
    body.singleResult = { ...body.singleResult, errors };
    if (errors.some(({ extensions }) => extensions?.code === UNAVAILABLE)) http.status = 503;
  }
}
