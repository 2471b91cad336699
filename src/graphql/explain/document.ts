import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  parse,
  validate,
} from 'graphql';
import { BAD_REQUEST } from '../codes.ts';
import type { OperationContext } from '../context.ts';
import { expandProblems } from '../errors.ts';
import { withHint } from '../hints.ts';
import { variableHints } from '../variable-hints.ts';
import { DocumentError } from './document-error.ts';
import { NotShownError, RecordingContext } from './recording-context.ts';
import type { Explained, Explaining } from './schema.ts';

type PromiseOrValue<T> = Promise<T> | T;

/** A document as a client would send it. */
export interface Operation {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | null;
  readonly operationName?: string | null;
}

/**
 * How the fields of a document would be answered, in the order of the document; one of several statements is there for each.
 * @param schema that says it instead of answering
 * @throws DocumentError with everything that is wrong with it
 */
export async function explainDocument(
  schema: GraphQLSchema,
  { query, variables, operationName }: Operation,
  context: OperationContext,
): Promise<readonly (Explained & { readonly key: string })[]> {
  const document = parsed(query);
  const problems = validate(schema, document);
  if (problems.length > 0) throw new DocumentError(problems.map((problem) => withHint(schema, problem)));
  const run = (contextValue: Explaining | RecordingContext) =>
    execute({ schema, document, variableValues: variables, operationName, contextValue });
  const explaining: Explaining = { context, found: new Map(), toRun: [] };
  const { data, errors = [] } = await run(explaining);
  const recorded = await Promise.all(explaining.toRun.map((key) => record(run, context, key)));
  for (const { key, statements } of recorded)
    explaining.found.set(
      key,
      statements.map((statement) => ({ statement })),
    );
  const all = [...errors, ...recorded.flatMap((each) => each.errors)];
  if (all.length > 0) {
    const hints = variableHints(schema, all, variables);
    throw new DocumentError(expandProblems(all, hints).map(coded));
  }
  return Object.keys(data ?? {}).flatMap((key) =>
    (explaining.found.get(key) ?? []).map((explained) => ({ key, ...explained })),
  );
}

/** The statements of one root field; none where some of it is read by other means. */
async function record(
  run: (context: RecordingContext) => PromiseOrValue<ExecutionResult>,
  context: OperationContext,
  key: string,
) {
  const recording = new RecordingContext(context, key);
  const { errors = [] } = await run(recording);
  context.isBehind ||= recording.isBehind;
  const others = errors.filter(({ originalError }) => !(originalError instanceof NotShownError));
  return { key, errors: others, statements: others.length < errors.length ? [] : recording.statements };
}

/** With the code that servers give to values of variables that do not fit, and to an operation that is not there. */
function coded(error: GraphQLError): GraphQLError {
  const { message, nodes = null, originalError, extensions } = error;
  const isOfGraphQL = !originalError || originalError instanceof GraphQLError;
  if (!isOfGraphQL || extensions.code !== undefined) return error;
  return new GraphQLError(message, { nodes, extensions: { ...extensions, code: BAD_REQUEST } });
}

function parsed(query: string): DocumentNode {
  try {
    return parse(query);
  } catch (error) {
    const { message, nodes, source, positions } = error as GraphQLError;
    const extensions = { code: 'GRAPHQL_PARSE_FAILED' };
    throw new DocumentError([new GraphQLError(message, { nodes, source, positions, extensions } as object)]);
  }
}
