import type { Command } from 'commander';
import type { ExecutionResult } from 'graphql';
import { command } from './command.ts';
import { describeExplanation, type Explanation } from './explanation.ts';
import { answerOf, type OperationOptions, refuseErrors, sourceOf, takesOperation } from './operation.ts';

const FIELDS = 'path plan tables { level fact relation windows rejected { relation reason } } sql parameters';

/** The question whose answer says how another would be answered. */
const EXPLAIN = `query ($query: String!, $variables: JSON, $operationName: String, $databasePlan: Boolean!) {
  explain(query: $query, variables: $variables, operationName: $operationName, databasePlan: $databasePlan) {
    ${FIELDS} databasePlan @include(if: $databasePlan)
  }
}`;

const NOTHING = `Nothing in this query is answered by a statement that can be shown: lists of whole tables (firms, users, marts,
checks) have none, nor does what needs no data (catalog, dataset).
`;

interface ExplainOptions extends OperationOptions {
  readonly json?: boolean;
  readonly databasePlan?: boolean;
}

/** `metricgraph explain`: how a query would be answered, without answering it. */
export function explainCommand(): Command {
  const about = command('explain', 'Show how a GraphQL query would be answered: plan, tables, SQL', [
    [
      "explain '{ metrics(groupBy: [MONTH]) { rows { month numQueries } } }'",
      'the plan, the tables and why no smaller ones, the SQL and its parameters',
    ],
    [
      "explain --database-plan '{ metrics { totals { activeUsers } } }'",
      "the database's own plan of the SQL as well",
    ],
    ['explain --json --file trend.graphql', 'all of it as JSON'],
  ]);
  return takesOperation(about)
    .option('--json', 'print it as JSON')
    .option('--database-plan', "ask the database for its own plan, too; the query isn't run for it")
    .action(async (graphql: string | undefined, options: ExplainOptions, self: Command) => {
      const query = await sourceOf(graphql, options, self);
      const result = await explain(query, options);
      refuseErrors(result);
      const { explain: found } = result.data as unknown as { readonly explain: readonly Explanation[] };
      process.stdout.write(options.json ? `${JSON.stringify(found, null, 2)}\n` : shown(found));
    });
}

async function explain(query: string, options: ExplainOptions): Promise<ExecutionResult> {
  const { variables = null, operation: operationName = null, databasePlan = false } = options;
  const variableValues = { query, variables, operationName, databasePlan };
  const { errors, ...result } = await answerOf({ source: EXPLAIN, variableValues });
  if (errors === undefined) return result;
  // Where the mistake is in the query given, and not that it was given to `explain`.
  const own = errors.map(({ message, extensions }) => ({ message, extensions }));
  return { ...result, errors: own as unknown as typeof errors };
}

function shown(found: readonly Explanation[]): string {
  if (found.length === 0) return NOTHING;
  return found.map(describeExplanation).join('\n');
}
