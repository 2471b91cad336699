-- name: events_in_the_future
-- severity: warning
-- reads: newest state
-- description: Days after tomorrow, by the database's clock, that have events. They move as-of, and with it what
--   “the last month” is.
-- advice: See whether the file gives day and month the other way round; undo the import and mend the dates.

with events as (
  select * from staging.stg_events
),

final as (
  select event_date, count(*) as events
  from events
  where created_at >= date_trunc('day', now() at time zone 'UTC') + interval '2 days'
  group by event_date
  order by event_date
)

select * from final
