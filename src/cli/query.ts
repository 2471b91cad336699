import { readFile } from 'node:fs/promises';
import { text as allText } from 'node:stream/consumers';
import { type Command, InvalidArgumentError } from 'commander';
import type { ExecutionResult } from 'graphql';
import { UserError } from '../errors.ts';
import { type FoundList, listsIn, tabular } from './answer.ts';
import { command } from './command.ts';
import { csv } from './csv.ts';
import { withDatabase } from './database.ts';
import { count } from './progress.ts';
import { table } from './table.ts';

interface QueryOptions {
  readonly file?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operation?: string;
  readonly json?: boolean;
  readonly csv?: boolean;
}

/** `metricgraph query`: GraphQL without a server. */
export function queryCommand(): Command {
  return command('query', 'Answer a GraphQL query here, without a server', [
    [
      "query '{ metrics(groupBy: [MONTH]) { rows { month numQueries } totals { numQueries } } }'",
      'as a table',
    ],
    ["query --csv '{ metrics(groupBy: [FIRM]) { rows { firm { id } numQueries } } }' > firms.csv", 'as CSV'],
    ['query --json --file trend.graphql --variables \'{"first": 10}\'', 'the answer as GraphQL gives it'],
  ])
    .argument('[graphql]', 'the query')
    .option('--file <path>', 'read the query from a file; - is stdin')
    .option('--variables <json>', 'values of the variables, as a JSON object', parseVariables)
    .option('--operation <name>', 'which operation to run, where there are several')
    .option('--json', 'print the whole answer')
    .option('--csv', 'print the first list of rows as CSV')
    .action(async (graphql: string | undefined, options: QueryOptions, self: Command) => {
      if ((graphql === undefined) === (options.file === undefined))
        self.error('error: give the query either as the argument or with --file');
      if (options.json && options.csv) self.error('error: --json and --csv exclude each other');
      const source = graphql ?? (await readSource(options.file!));
      const result = await answerOf(source, options);
      if (options.json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
      refuseErrors(result);
      if (!options.json) print(result.data ?? {}, options.csv === true);
    });
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
async function answerOf(source: string, options: QueryOptions): Promise<ExecutionResult> {
  return withDatabase(async (engine) => {
    const { requireMigrated } = await import('./setup.ts');
    await requireMigrated(engine);
    const { execute } = await import('./execute.ts');
    return execute(engine, {
      source,
      ...(options.variables && { variableValues: options.variables }),
      ...(options.operation !== undefined && { operationName: options.operation }),
    });
  });
}

function refuseErrors({ errors }: ExecutionResult): void {
  if (!errors || errors.length === 0) return;
  throw new UserError(
    errors.length === 1 ? 'The query has an error.' : `The query has ${errors.length} errors.`,
    errors.map(({ message, locations, path, extensions }) => {
      const at = locations?.map(({ line, column }) => `line ${line}, column ${column}`).join('; ');
      const inside = (extensions as { path?: (string | number)[] }).path ?? [];
      const where = [path && `at ${[...path, ...inside].join('.')}`, at].filter(Boolean).join(', ');
      const { suggestion, allowed } = extensions as { suggestion?: string; allowed?: string[] };
      const hints = [
        suggestion === undefined ? '' : `Did you mean ${suggestion}?`,
        allowed === undefined || allowed.length === 0 ? '' : `Valid there: ${allowed.join(', ')}.`,
      ];
      return [message, where && `(${where})`, ...hints].filter(Boolean).join(' ');
    }),
  );
}

function print(data: object, asCsv: boolean): void {
  const lists = listsIn(data);
  const first = lists[0] ?? {
    path: '',
    rows: [data],
    totals: undefined,
    totalCount: undefined,
    hasNextPage: false,
  };
  const { columns, values } = tabular(first.rows);
  process.stdout.write(asCsv ? csv(columns, values) : pretty(first, columns, values));
  for (const line of remarks(first, lists.slice(1))) process.stderr.write(`${line}\n`);
}

function pretty({ totals }: FoundList, columns: readonly string[], values: readonly unknown[][]): string {
  const rows = values.length === 0 ? 'No rows.\n' : table(columns, values);
  if (totals === undefined) return rows;
  const total = tabular([totals]);
  return `${rows}\nTotals\n${table(total.columns, total.values)}`;
}

/** What the table does not show. */
function remarks(shown: FoundList, others: readonly FoundList[]): string[] {
  const lines: string[] = [];
  const of = shown.totalCount === undefined ? '' : ` of ${count(shown.totalCount)}`;
  if (shown.hasNextPage || (shown.totalCount ?? 0) > shown.rows.length)
    lines.push(
      `These are ${count(shown.rows.length)}${of} rows; ask for more with first, or page on with after.`,
    );
  if (others.length > 0)
    lines.push(`The answer also has ${others.map(({ path }) => path).join(', ')}; --json prints all of it.`);
  return lines;
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
