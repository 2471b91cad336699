import type { Command } from 'commander';
import { type FoundList, listsIn, tabular } from './answer.ts';
import { command } from './command.ts';
import { csv } from './csv.ts';
import { answerOf, type OperationOptions, refuseErrors, sourceOf, takesOperation } from './operation.ts';
import { count } from './progress.ts';
import { table } from './table.ts';

interface QueryOptions extends OperationOptions {
  readonly json?: boolean;
  readonly csv?: boolean;
}

/** `metricgraph query`: GraphQL without a server. */
export function queryCommand(): Command {
  const about = command('query', 'Answer a GraphQL query here, without a server', [
    [
      "query '{ metrics(groupBy: [MONTH]) { rows { month numQueries } totals { numQueries } } }'",
      'as a table',
    ],
    ["query --csv '{ metrics(groupBy: [FIRM]) { rows { firm { id } numQueries } } }' > firms.csv", 'as CSV'],
    ['query --json --file trend.graphql --variables \'{"first": 10}\'', 'the answer as GraphQL gives it'],
  ]);
  return takesOperation(about)
    .option('--json', 'print the whole answer')
    .option('--csv', 'print the first list of rows as CSV')
    .action(async (graphql: string | undefined, options: QueryOptions, self: Command) => {
      if (options.json && options.csv) self.error('error: --json and --csv exclude each other');
      const source = await sourceOf(graphql, options, self);
      const result = await answerOf({
        source,
        ...(options.variables && { variableValues: options.variables }),
        ...(options.operation !== undefined && { operationName: options.operation }),
      });
      if (options.json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
      refuseErrors(result);
      if (!options.json) print(result.data ?? {}, options.csv === true);
    });
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
