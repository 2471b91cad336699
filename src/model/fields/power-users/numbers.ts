import { type Sql, sql } from '../../../query/define.ts';

/** A number of a user-month. */
export interface UserMonthNumber {
  readonly column: Sql;
  /** The database's type that it is compared as: exact, but for quotients. */
  readonly type: Sql;
  readonly description: string;
}

const count = (column: Sql, description: string): UserMonthNumber => ({
  column,
  type: sql`numeric`,
  description,
});
const quotient = (column: Sql, description: string): UserMonthNumber => ({
  column,
  type: sql`float8`,
  description,
});

/** The numbers by which user-months can be picked and sorted, by GraphQL field. */
export const NUMBERS = {
  numQueries: count(sql`num_queries`, 'Queries.'),
  numDocs: count(sql`num_docs`, 'Documents.'),
  numActiveDays: count(sql`num_active_days`, 'UTC days with a query.'),
  numAssistantQueries: count(sql`num_assistant_queries`, 'Queries of event type ASSISTANT.'),
  numVaultQueries: count(sql`num_vault_queries`, 'Queries of event type VAULT.'),
  numWorkflowQueries: count(sql`num_workflow_queries`, 'Queries of event type WORKFLOW.'),
  avgQueriesPerActiveDay: quotient(sql`avg_queries_per_active_day`, 'Queries ÷ active days.'),
  avgDocsPerQuery: quotient(sql`avg_docs_per_query`, 'Documents ÷ queries.'),
  avgFeedbackScore: quotient(sql`avg_feedback_score`, 'Mean feedback score, from 1 to 5.'),
  engagementScore: count(sql`engagement_score`, 'From 0 to 1, to 12 decimals.'),
} as const satisfies Readonly<Record<string, UserMonthNumber>>;

export type NumberName = keyof typeof NUMBERS;
