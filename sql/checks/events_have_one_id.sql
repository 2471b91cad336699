-- name: events_have_one_id
-- severity: error
-- reads: newest state
-- touched: staging.stg_events by event_id
-- description: Events that share an event_id. The table's key is user_id and event_id together, so that it can be
--   distributed; ids come from one sequence and should be unique alone. (Users and firms have primary keys, no
--   column may be null, and enum types admit only known event types and titles: nothing to check there.)
-- advice: Restore raw.events from a backup, or undo and repeat the imports of the events listed.

with events as (
  select * from staging.stg_events
),

final as (
  select event_id, count(*) as events
  from events
  group by event_id
  having count(*) > 1
  order by event_id
)

select * from final
