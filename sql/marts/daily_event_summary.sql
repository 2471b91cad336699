-- Usage of the whole platform by day, at the served version.
--
-- Grain: UTC day with at least one event. Key: event_date.

with served as (
  select version from mart.served_version
),

source as (
  select * from mart.daily_event_summary
),

final as (
  select
    source.event_date,
    source.num_queries,
    source.num_active_users,
    source.num_active_firms,
    source.num_docs,
    source.avg_feedback_score,
    source.num_assistant_queries,
    source.num_vault_queries,
    source.num_workflow_queries
  from source
  join served on source.since_version <= served.version and served.version < source.until_version
)

select * from final
