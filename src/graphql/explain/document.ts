import { type DocumentNode, execute, GraphQLError, type GraphQLSchema, parse, validate } from 'graphql';
import { BAD_REQUEST } from '../codes.ts';
import type { OperationContext } from '../context.ts';
import { expandProblems } from '../errors.ts';
import { withHint } from '../hints.ts';
import { variableHints } from '../variable-hints.ts';
import { DocumentError } from './document-error.ts';
import type { Explained, Explaining } from './schema.ts';

/** A document as a client would send it. */
export interface Operation {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | null;
  readonly operationName?: string | null;
}

/**
 * How the fields of a document would be answered, in the order of the document.
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
  const contextValue: Explaining = { context, found: new Map() };
  const { data, errors } = await execute({
    schema,
    document,
    variableValues: variables,
    operationName,
    contextValue,
  });
  if (errors) {
    const hints = variableHints(schema, errors, variables);
    throw new DocumentError(expandProblems(errors, hints).map(coded));
  }
  return Object.keys(data ?? {}).flatMap((key) => {
    const explained = contextValue.found.get(key);
    return explained ? [{ key, ...explained }] : [];
  });
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
