import { sql } from '../../../query/define.ts';

/** The numbers by which user-months can be picked and sorted, by GraphQL field. */
export const NUMBERS = {
  numQueries: { column: 'num_queries', type: sql`int8`, description: 'Queries.' },
  numDocs: { column: 'num_docs', type: sql`int8`, description: 'Documents.' },
  numActiveDays: { column: 'num_active_days', type: sql`int8`, description: 'UTC days with a query.' },
  numAssistantQueries: {
    column: 'num_assistant_queries',
    type: sql`int8`,
    description: 'Queries of event type ASSISTANT.',
  },
  numVaultQueries: {
    column: 'num_vault_queries',
    type: sql`int8`,
    description: 'Queries of event type VAULT.',
  },
  numWorkflowQueries: {
    column: 'num_workflow_queries',
    type: sql`int8`,
    description: 'Queries of event type WORKFLOW.',
  },
  avgQueriesPerActiveDay: {
    column: 'avg_queries_per_active_day',
    type: sql`float8`,
    description: 'Queries ÷ active days.',
  },
  avgDocsPerQuery: { column: 'avg_docs_per_query', type: sql`float8`, description: 'Documents ÷ queries.' },
  avgFeedbackScore: {
    column: 'avg_feedback_score',
    type: sql`float8`,
    description: 'Mean feedback score, from 1 to 5.',
  },
  engagementScore: {
    column: 'engagement_score',
    type: sql`numeric`,
    description: 'From 0 to 1, to 12 decimals.',
  },
} as const;

export type NumberName = keyof typeof NUMBERS;
