import { type Fact, type Join, type Relation, sql } from '../query/define.ts';

/** Attributes of the user of a row of `alias`. */
const userOf = (alias: 'event' | 'usage'): Join => ({
  table: sql`mart.users`,
  on: alias === 'event' ? sql`app_user.user_id = event.user_id` : sql`app_user.user_id = usage.user_id`,
  versioned: true,
});

/** One row per query: the base of everything that is counted per event. */
const events: Relation = {
  name: 'events',
  table: sql`raw.events`,
  alias: 'event',
  grain: 'instant',
  time: sql`event.created`,
  key: ['event_id'],
  joins: {
    app_user: userOf('event'),
    user_month: {
      table: sql`mart.user_engagement`,
      on: sql`user_month.user_id = event.user_id and user_month.activity_month = date_trunc('month', event.created)::date`,
      versioned: true,
    },
  },
  dimensions: {
    firm: { sql: sql`event.firm_id` },
    title: { sql: sql`app_user.title`, joins: ['app_user'], nullable: true },
    event_type: { sql: sql`event.event_type` },
    engagement_level: { sql: sql`user_month.engagement_level`, joins: ['user_month'], nullable: true },
    user: { sql: sql`event.user_id` },
  },
  columns: {
    event_id: { sql: sql`event.event_id` },
    user_id: { sql: sql`event.user_id` },
    firm_id: { sql: sql`event.firm_id` },
    active_day: { sql: sql`event.created::date` },
    num_docs: { sql: sql`event.num_docs` },
    feedback_score: { sql: sql`event.feedback_score` },
    is_assistant: { sql: sql`event.event_type = 'ASSISTANT'` },
    is_vault: { sql: sql`event.event_type = 'VAULT'` },
    is_workflow: { sql: sql`event.event_type = 'WORKFLOW'` },
  },
  measures: {
    num_queries: { aggregate: 'count' },
    num_docs: { aggregate: 'sum', column: 'num_docs' },
    feedback_sum: { aggregate: 'sum', column: 'feedback_score' },
    active_users: { aggregate: 'countDistinct', column: 'user_id' },
    active_firms: { aggregate: 'countDistinct', column: 'firm_id' },
    active_days: { aggregate: 'countDistinct', column: 'active_day' },
    num_assistant_queries: { aggregate: 'countIf', column: 'is_assistant' },
    num_vault_queries: { aggregate: 'countIf', column: 'is_vault' },
    num_workflow_queries: { aggregate: 'countIf', column: 'is_workflow' },
  },
};

const perTypeColumns = (alias: 'usage' | 'daily') => ({
  num_assistant_queries: {
    sql: alias === 'usage' ? sql`usage.num_assistant_queries` : sql`daily.num_assistant_queries`,
  },
  num_vault_queries: { sql: alias === 'usage' ? sql`usage.num_vault_queries` : sql`daily.num_vault_queries` },
  num_workflow_queries: {
    sql: alias === 'usage' ? sql`usage.num_workflow_queries` : sql`daily.num_workflow_queries`,
  },
});

/** Sums of counts that a smaller relation holds per row. */
const summed = {
  num_queries: { aggregate: 'sum', column: 'num_queries' },
  num_docs: { aggregate: 'sum', column: 'num_docs' },
  num_assistant_queries: { aggregate: 'sum', column: 'num_assistant_queries' },
  num_vault_queries: { aggregate: 'sum', column: 'num_vault_queries' },
  num_workflow_queries: { aggregate: 'sum', column: 'num_workflow_queries' },
} as const;

/** One row per active day of the whole platform. */
const days: Relation = {
  name: 'daily_event_summary',
  table: sql`mart.daily_event_summary`,
  alias: 'daily',
  grain: 'day',
  time: sql`daily.event_date::timestamp`,
  key: ['event_date'],
  joins: {},
  dimensions: {},
  columns: {
    event_date: { sql: sql`daily.event_date` },
    num_queries: { sql: sql`daily.num_queries` },
    num_docs: { sql: sql`daily.num_docs` },
    num_active_users: { sql: sql`daily.num_active_users` },
    num_active_firms: { sql: sql`daily.num_active_firms` },
    ...perTypeColumns('daily'),
  },
  measures: {
    ...summed,
    active_users: { aggregate: 'stored', column: 'num_active_users' },
    active_firms: { aggregate: 'stored', column: 'num_active_firms' },
    active_days: { aggregate: 'count' },
  },
};

/** One row per active user and month; `usage.firm_id`, its main firm, is no dimension of what is counted per event. */
const userMonthsBase: Relation = {
  name: 'user_engagement',
  table: sql`mart.user_engagement`,
  alias: 'usage',
  grain: 'month',
  time: sql`usage.activity_month::timestamp`,
  key: ['user_id', 'activity_month'],
  joins: {
    app_user: userOf('usage'),
    previous_month: {
      table: sql`mart.user_engagement`,
      on: sql`previous_month.user_id = usage.user_id
              and previous_month.activity_month = (usage.activity_month - interval '1 month')::date`,
      versioned: true,
    },
    month_event: {
      table: sql`raw.events`,
      on: sql`month_event.user_id = usage.user_id
              and month_event.created >= usage.activity_month
              and month_event.created < usage.activity_month + interval '1 month'`,
      versioned: true,
      multiplies: true,
    },
  },
  dimensions: {
    title: { sql: sql`app_user.title`, joins: ['app_user'], nullable: true },
    engagement_level: { sql: sql`usage.engagement_level` },
    user: { sql: sql`usage.user_id` },
  },
  columns: {
    user_id: { sql: sql`usage.user_id` },
    activity_month: { sql: sql`usage.activity_month` },
    num_queries: { sql: sql`usage.num_queries` },
    num_docs: { sql: sql`usage.num_docs` },
    ...perTypeColumns('usage'),
    engagement_score: { sql: sql`usage.engagement_score` },
    is_high: { sql: sql`usage.engagement_level = 'HIGH'` },
    is_power_user: {
      sql: sql`usage.engagement_level = 'HIGH' and previous_month.user_id is not null
               and (usage.num_assistant_queries > 0)::int + (usage.num_vault_queries > 0)::int
                   + (usage.num_workflow_queries > 0)::int >= 2`,
      joins: ['previous_month'],
    },
  },
  measures: {},
};

export const facts: readonly Fact[] = [
  {
    name: 'queries',
    description: 'Queries that users put to the assistant; one event is one query.',
    rows: 'defines',
    relations: [
      days,
      {
        ...userMonthsBase,
        measures: { ...summed, active_users: { aggregate: 'countDistinct', column: 'user_id' } },
      },
      events,
    ],
  },
  {
    name: 'user_months',
    description:
      'Months in which a user was active, ranked within the month. One counts under every firm that the user was active in that month, and once in any total.',
    rows: 'coincides',
    relations: [
      {
        ...userMonthsBase,
        dimensions: {
          ...userMonthsBase.dimensions,
          firm: { sql: sql`month_event.firm_id`, joins: ['month_event'] },
        },
        measures: {
          engagement_score: { aggregate: 'mean', column: 'engagement_score' },
          high_users: { aggregate: 'countDistinct', column: 'user_id', where: 'is_high' },
          power_users: { aggregate: 'countDistinct', column: 'user_id', where: 'is_power_user' },
        },
      },
    ],
  },
];
