-- Usage of the whole platform on each day.
--
-- Grain: UTC day with at least one event. Key: event_date.

with events as not materialized (
  select * from staging.stg_events
),

day_users as (
  select
    event_date,
    user_id,
    count(*) as num_queries,
    sum(num_docs) as num_docs,
    sum(feedback_score) as feedback_score,
    count(*) filter (where event_type = 'ASSISTANT') as num_assistant_queries,
    count(*) filter (where event_type = 'VAULT') as num_vault_queries,
    count(*) filter (where event_type = 'WORKFLOW') as num_workflow_queries
  from events
  group by event_date, user_id
),

day_totals as (
  select
    event_date,
    count(*) as num_active_users,
    sum(num_queries)::bigint as num_queries,
    sum(num_docs)::bigint as num_docs,
    sum(feedback_score)::bigint as feedback_score,
    sum(num_assistant_queries)::bigint as num_assistant_queries,
    sum(num_vault_queries)::bigint as num_vault_queries,
    sum(num_workflow_queries)::bigint as num_workflow_queries
  from day_users
  group by event_date
),

day_firms as (
  select event_date, firm_id
  from events
  group by event_date, firm_id
),

day_firm_counts as (
  select event_date, count(*) as num_active_firms
  from day_firms
  group by event_date
),

final as (
  select
    day_totals.event_date,
    day_totals.num_queries,
    day_totals.num_active_users,
    day_firm_counts.num_active_firms,
    day_totals.num_docs,
    day_totals.feedback_score::double precision / day_totals.num_queries as avg_feedback_score,
    day_totals.num_assistant_queries,
    day_totals.num_vault_queries,
    day_totals.num_workflow_queries
  from day_totals
  join day_firm_counts on day_firm_counts.event_date = day_totals.event_date
)

select * from final
