import { type ExecutionResult, type GraphQLArgs, graphql } from 'graphql';
import type { Config } from '../config.ts';
import type { Engine } from '../database/engine.ts';
import { createApi } from '../graphql/api.ts';
import { expandProblems } from '../graphql/errors.ts';
import { variableHints } from '../graphql/variable-hints.ts';
import { settled } from '../http/settle.ts';
import { model } from '../model/index.ts';

/** Who works on the command line: the operator, who may see everything. */
const OPERATOR = { scope: '', mayExplain: true };

/**
 * Executes one operation in this process, with errors in the form that clients of a server see.
 * @throws the error itself where a server would mask it: here the user is the operator
 */
export async function execute(
  engine: Engine,
  { fiscalYearStart }: Config,
  operation: Omit<GraphQLArgs, 'schema' | 'contextValue'>,
): Promise<ExecutionResult> {
  const bugs: unknown[] = [];
  const onBug = (_: string, error: unknown) => void bugs.push(error);
  const api = await createApi({ engine, model, onBug, viewer: OPERATOR, fiscalYearStart });
  try {
    const { schema } = api;
    const { errors, ...answer } = await settled(api, async () => {
      const context = await api.context();
      return { answer: await graphql({ ...operation, schema, contextValue: context }), context };
    });
    if (errors === undefined) return answer;
    const hints = variableHints(schema, errors, operation.variableValues);
    const shown = expandProblems(errors, hints).map((error) => api.formatError(error.toJSON(), error));
    if (bugs.length > 0) throw bugs[0];
    return { errors: shown as unknown as typeof errors, ...answer };
  } finally {
    await api.close();
  }
}
