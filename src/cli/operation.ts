import { readFile } from 'node:fs/promises';
import { text as allText } from 'node:stream/consumers';
import { type Command, InvalidArgumentError } from 'commander';
import type { ExecutionResult, GraphQLArgs } from 'graphql';
import { UserError } from '../errors.ts';
import { withDatabase } from './database.ts';

/** The options of a command that takes a GraphQL query. */
export interface OperationOptions {
  readonly file?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operation?: string;
}

/** Declares the query and its options. */
export function takesOperation(command: Command): Command {
  return command
    .argument('[graphql]', 'the query')
    .option('--file <path>', 'read the query from a file; - is stdin')
    .option('--variables <json>', 'values of the variables, as a JSON object', parseVariables)
    .option('--operation <name>', 'which operation to run, where there are several');
}

/** The text of the query, given as the argument or in a file. */
export async function sourceOf(
  graphql: string | undefined,
  { file }: OperationOptions,
  command: Command,
): Promise<string> {
  if ((graphql === undefined) === (file === undefined))
    command.error('error: give the query either as the argument or with --file');
  return graphql ?? readSource(file!);
}

async function readSource(path: string): Promise<string> {
  if (path === '-') return allText(process.stdin);
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UserError(`The query file cannot be read: ${(error as Error).message}.`, [], { cause: error });
  }
}

/** Errors are formatted as over HTTP, but for those that would be masked: here the user is the operator. */
export async function answerOf(
  operation: Omit<GraphQLArgs, 'schema' | 'contextValue'>,
): Promise<ExecutionResult> {
  const load = () => import('./execute.ts');
  return withDatabase(async (engine, config) => {
    const { requireMigrated } = await import('./setup.ts');
    await requireMigrated(engine);
    const { execute } = await load();
    return execute(engine, config, operation);
  }, load);
}

interface Hints {
  /** Where in the request, or in the document given, the mistake is. */
  readonly path?: readonly (string | number)[];
  readonly locations?: ErrorLocations;
  readonly suggestion?: string;
  readonly allowed?: readonly string[];
}

type ErrorLocations = readonly { readonly line: number; readonly column: number }[];

/** @throws UserError that tells each error of an answer, where it has some */
export function refuseErrors({ errors }: ExecutionResult): void {
  if (!errors || errors.length === 0) return;
  throw new UserError(
    errors.length === 1 ? 'The query has an error.' : `The query has ${errors.length} errors.`,
    errors.map(({ message, locations: own, path, extensions }) => {
      const { path: inside, locations = own, suggestion, allowed } = extensions as Hints;
      const at = locations?.map(({ line, column }) => `line ${line}, column ${column}`).join('; ');
      const place = placeOf(path ?? [], inside ?? []);
      const where = [place && `at ${place}`, at].filter(Boolean).join(', ');
      const hints = [
        // GraphQL's own messages have theirs.
        suggestion === undefined || message.includes('Did you mean') ? '' : `Did you mean ${suggestion}?`,
        allowed === undefined || allowed.length === 0 ? '' : `Valid there: ${allowed.join(', ')}.`,
      ];
      return [message, where && `(${where})`, ...hints].filter(Boolean).join(' ');
    }),
  );
}

/** Some problems say where they are in the whole request, others below their field. */
function placeOf(field: readonly (string | number)[], inside: readonly (string | number)[]): string {
  const isWhole = inside.length > 0 && field.every((step, index) => inside[index] === step);
  return (isWhole ? inside : [...field, ...inside]).join('.');
}

function parseVariables(json: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new InvalidArgumentError(`It is not JSON: ${(error as Error).message}.`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new InvalidArgumentError('Expected a JSON object, as {"first": 10}.');
  return value as Readonly<Record<string, unknown>>;
}
