-- name: events_in_the_future
-- severity: warning
-- reads: newest state
-- description: Days after tomorrow, by the database's clock, that have events. They move as-of, and with it what
--   “the last month” is.
-- advice: See whether the file gives day and month the other way round; undo the import and mend the dates.

with days as (
  select * from intermediate.int_event_days
),

final as (
  select event_date, num_queries as events
  from days
  where event_date >= (now() at time zone 'UTC')::date + 2
  order by event_date
)

select * from final
