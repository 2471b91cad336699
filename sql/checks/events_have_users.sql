-- name: events_have_users
-- severity: error
-- reads: newest state
-- touched: staging.stg_events by event_id
-- description: Users with events who are not among the users. Imports check this; there is no foreign key,
--   which would make loading three times slower.
-- advice: Import a users file that has these users, or undo the import of their events.

with events as (
  select * from staging.stg_events
),

users as (
  select * from staging.stg_users
),

active_users as (
  select user_id, count(*) as events
  from events
  group by user_id
),

final as (
  select active_users.user_id, active_users.events
  from active_users
  left join users on users.user_id = active_users.user_id
  where users.user_id is null
  order by active_users.user_id
)

select * from final
