-- Number of events of each firm, for checks of the whole history; kept in mart.firm_usage_summary.
--
-- Grain: firm with at least one event. Key: firm_id. (The mart has firms without events too.)

with events as (
  select * from staging.stg_events
),

final as (
  select firm_id, count(*) as num_queries
  from events
  group by firm_id
)

select * from final
