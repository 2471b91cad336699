-- Number of events on each day, for checks of the whole history; kept in mart.daily_event_summary.
--
-- Grain: UTC day with at least one event. Key: event_date.

with events as (
  select * from staging.stg_events
),

final as (
  select event_date, count(*) as num_queries
  from events
  group by event_date
)

select * from final
