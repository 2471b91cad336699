-- name: daily_event_summary_reconciles
-- severity: error
-- reads: marts at $1
-- touched: staging.stg_events by event_date, mart.daily_event_summary by event_date
-- description: Days whose daily_event_summary does not add up to the events (queries in all and by type, documents,
--   users), and days that it lacks or has too many.
-- advice: Run `metricgraph build --full`, which makes the mart from all events: it was changed by hand.

with events as (
  select * from staging.stg_events
),

summary as (
  select * from mart.daily_event_summary
  where since_version <= $1::int and $1::int < until_version
),

day_users as (
  select
    event_date,
    user_id,
    count(*) as num_queries,
    sum(num_docs) as num_docs,
    count(*) filter (where event_type = 'ASSISTANT') as num_assistant_queries,
    count(*) filter (where event_type = 'VAULT') as num_vault_queries,
    count(*) filter (where event_type = 'WORKFLOW') as num_workflow_queries
  from events
  group by event_date, user_id
),

expected as (
  select
    event_date,
    sum(num_queries) as num_queries,
    count(*) as num_active_users,
    sum(num_docs) as num_docs,
    sum(num_assistant_queries) as num_assistant_queries,
    sum(num_vault_queries) as num_vault_queries,
    sum(num_workflow_queries) as num_workflow_queries
  from day_users
  group by event_date
),

built as (
  select
    event_date,
    num_queries,
    num_active_users,
    num_docs,
    num_assistant_queries,
    num_vault_queries,
    num_workflow_queries
  from summary
),

final as (
  select
    coalesce(expected.event_date, built.event_date) as event_date,
    to_jsonb(expected) as expected,
    to_jsonb(built) as built
  from expected
  full join built on built.event_date = expected.event_date
  where to_jsonb(expected) is distinct from to_jsonb(built)
  order by event_date
)

select * from final
