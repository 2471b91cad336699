-- name: user_engagement_reconciles
-- severity: error
-- reads: marts at $1
-- touched: staging.stg_events by activity_month, mart.user_engagement by activity_month
-- description: Months whose user_engagement does not add up to the events: users, queries (in all and by type) and
--   documents.
-- advice: Run `metricgraph build --full`, which makes the mart from all events: it was changed by hand.

with events as (
  select * from staging.stg_events
),

engagement as (
  select * from mart.user_engagement
  where since_version <= $1::int and $1::int < until_version
),

user_events as (
  select
    activity_month,
    user_id,
    count(*) as num_queries,
    count(*) filter (where event_type = 'WORKFLOW') as num_workflow_queries,
    count(*) filter (where event_type = 'VAULT') as num_vault_queries,
    count(*) filter (where event_type = 'ASSISTANT') as num_assistant_queries,
    sum(num_docs) as num_docs
  from events
  group by activity_month, user_id
),

expected as (
  select
    activity_month,
    count(*) as users,
    sum(num_queries) as num_queries,
    sum(num_workflow_queries) as num_workflow_queries,
    sum(num_vault_queries) as num_vault_queries,
    sum(num_assistant_queries) as num_assistant_queries,
    sum(num_docs) as num_docs
  from user_events
  group by activity_month
),

built as (
  select
    activity_month,
    count(*) as users,
    sum(num_queries) as num_queries,
    sum(num_workflow_queries) as num_workflow_queries,
    sum(num_vault_queries) as num_vault_queries,
    sum(num_assistant_queries) as num_assistant_queries,
    sum(num_docs) as num_docs
  from engagement
  group by activity_month
),

final as (
  select
    coalesce(expected.activity_month, built.activity_month) as activity_month,
    to_jsonb(expected) as expected,
    to_jsonb(built) as built
  from expected
  full join built on built.activity_month = expected.activity_month
  where to_jsonb(expected) is distinct from to_jsonb(built)
  order by activity_month
)

select * from final
