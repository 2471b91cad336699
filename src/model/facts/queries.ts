import { type Fact, type Relation, sql } from '../../query/define.ts';
import { joined, own } from '../dimensions/attribute.ts';
import { eventAttributes } from '../dimensions/event.ts';
import { firmAttributes, firmOf } from '../dimensions/firm.ts';
import { userAttributes, userOf } from '../dimensions/user.ts';
import { previousMonth, userMonthAttributes } from '../dimensions/user-month.ts';
import { userMonthRelation } from './user-month-relation.ts';

/** One row per query: the base of everything that is counted per event. */
const events: Relation = {
  name: 'events',
  table: sql`raw.events`,
  alias: 'event',
  grain: 'instant',
  time: sql`event.created`,
  key: ['event_id'],
  joins: {
    firm: firmOf(sql`event.firm_id`),
    app_user: userOf(sql`event.user_id`),
    user_month: {
      table: sql`mart.user_engagement`,
      on: sql`user_month.user_id = event.user_id and user_month.activity_month = date_trunc('month', event.created)::date`,
      versioned: true,
    },
    previous_month: { ...previousMonth, needs: ['user_month'] },
  },
  dimensions: {
    firm: { sql: sql`event.firm_id` },
    user: { sql: sql`event.user_id` },
    ...own(eventAttributes),
    ...joined(firmAttributes, 'firm'),
    ...joined(userAttributes, 'app_user'),
    ...joined(userMonthAttributes, 'user_month'),
  },
  columns: {
    event_id: { sql: sql`event.event_id` },
    user_id: { sql: sql`event.user_id` },
    firm_id: { sql: sql`event.firm_id` },
    num_docs: { sql: sql`event.num_docs` },
    feedback_score: { sql: sql`event.feedback_score` },
    is_low_feedback: { sql: sql`event.feedback_score <= 2` },
    is_high_feedback: { sql: sql`event.feedback_score >= 4` },
    is_assistant: { sql: sql`event.event_type = 'ASSISTANT'` },
    is_vault: { sql: sql`event.event_type = 'VAULT'` },
    is_workflow: { sql: sql`event.event_type = 'WORKFLOW'` },
  },
  measures: {
    num_queries: { aggregate: 'count' },
    num_docs: { aggregate: 'sum', column: 'num_docs' },
    median_docs: { aggregate: 'percentile', column: 'num_docs', fraction: 0.5 },
    p95_docs: { aggregate: 'percentile', column: 'num_docs', fraction: 0.95 },
    min_docs: { aggregate: 'min', column: 'num_docs' },
    max_docs: { aggregate: 'max', column: 'num_docs' },
    feedback_sum: { aggregate: 'sum', column: 'feedback_score' },
    low_feedback: { aggregate: 'countIf', column: 'is_low_feedback' },
    high_feedback: { aggregate: 'countIf', column: 'is_high_feedback' },
    active_users: { aggregate: 'countDistinct', column: 'user_id' },
    active_firms: { aggregate: 'countDistinct', column: 'firm_id' },
    active_days: { aggregate: 'countPeriods', grain: 'day' },
    num_assistant_queries: { aggregate: 'countIf', column: 'is_assistant' },
    num_vault_queries: { aggregate: 'countIf', column: 'is_vault' },
    num_workflow_queries: { aggregate: 'countIf', column: 'is_workflow' },
  },
};

/** Sums of counts that a smaller relation holds per row. */
const summed = {
  num_queries: { aggregate: 'sum', column: 'num_queries' },
  num_docs: { aggregate: 'sum', column: 'num_docs' },
  num_assistant_queries: { aggregate: 'sum', column: 'num_assistant_queries' },
  num_vault_queries: { aggregate: 'sum', column: 'num_vault_queries' },
  num_workflow_queries: { aggregate: 'sum', column: 'num_workflow_queries' },
} as const;

/** One row per active user and month. A month tells nothing of a firm or an event type by itself. */
const userMonths: Relation = {
  ...userMonthRelation,
  columns: {
    ...userMonthRelation.columns,
    num_queries: { sql: sql`user_month.num_queries` },
    num_docs: { sql: sql`user_month.num_docs` },
    num_assistant_queries: { sql: sql`user_month.num_assistant_queries` },
    num_vault_queries: { sql: sql`user_month.num_vault_queries` },
    num_workflow_queries: { sql: sql`user_month.num_workflow_queries` },
  },
  measures: { ...summed, active_users: { aggregate: 'countDistinct', column: 'user_id' } },
};

/** One row per active day of the whole platform. */
const days: Relation = {
  name: 'daily_event_summary',
  table: sql`mart.daily_event_summary`,
  alias: 'daily',
  grain: 'day',
  time: sql`daily.event_date`,
  key: ['event_date'],
  joins: {},
  dimensions: {},
  columns: {
    event_date: { sql: sql`daily.event_date` },
    num_queries: { sql: sql`daily.num_queries` },
    num_docs: { sql: sql`daily.num_docs` },
    num_active_users: { sql: sql`daily.num_active_users` },
    num_active_firms: { sql: sql`daily.num_active_firms` },
    num_assistant_queries: { sql: sql`daily.num_assistant_queries` },
    num_vault_queries: { sql: sql`daily.num_vault_queries` },
    num_workflow_queries: { sql: sql`daily.num_workflow_queries` },
  },
  measures: {
    ...summed,
    active_users: { aggregate: 'stored', column: 'num_active_users' },
    active_firms: { aggregate: 'stored', column: 'num_active_firms' },
    active_days: { aggregate: 'count' },
  },
};

export const queries: Fact = {
  name: 'queries',
  description: 'Queries that users put to the assistant; one event is one query.',
  rows: 'defines',
  holds: 'event',
  relations: [days, userMonths, events],
  rollups: [
    {
      name: 'queries_cube',
      description: 'Queries by every mix of period, firm, title and event type, with distinct counts.',
      grains: ['ever', 'year', 'quarter', 'month'],
      dimensions: ['firm', 'title', 'event_type'],
      isCube: true,
      from: ['queries_by_day', 'queries_by_user'],
    },
    {
      name: 'queries_by_day',
      description: 'Queries of each day by firm, title and event type.',
      grains: ['day'],
      dimensions: ['firm', 'title', 'event_type'],
    },
    {
      name: 'queries_by_user',
      description:
        'Queries of each month by user, firm and event type: what distinct users are counted from.',
      grains: ['month'],
      dimensions: ['user', 'firm', 'event_type'],
    },
  ],
  source: {
    id: 'event_id',
    dimensions: ['user', 'firm', 'event_type'],
    columns: [
      { name: 'num_docs', description: 'Documents that the query was put over.' },
      {
        name: 'feedback_score',
        description: 'Score that the user gave the answer, from 1 (worst) to 5 (best).',
      },
    ],
  },
};
