-- Usage of firms over all history, at the served version.
--
-- Grain: firm, firms without events included. Key: firm_id.
-- firm_size (seats) and arr (US dollars a year) are current values; arr_per_user divides by active users.

with served as (
  select version from mart.served_version
),

source as (
  select * from mart.firm_usage_summary
),

final as (
  select
    source.firm_id,
    source.num_active_days,
    source.num_active_users,
    source.num_queries,
    source.num_docs,
    source.avg_feedback_score,
    source.avg_queries_per_active_day,
    source.avg_queries_per_active_user,
    source.first_active_date,
    source.last_active_date,
    source.firm_size,
    source.arr,
    source.arr_per_user
  from source
  join served on source.since_version <= served.version and served.version < source.until_version
)

select * from final
