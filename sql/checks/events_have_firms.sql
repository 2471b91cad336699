-- name: events_have_firms
-- severity: error
-- reads: newest state
-- touched: staging.stg_events by event_id
-- description: Firms with events that are not among the firms. Imports check this; there is no foreign key,
--   which would make loading three times slower.
-- advice: Import a firms file that has these firms, or undo the import of their events.

with events as (
  select * from staging.stg_events
),

firms as (
  select * from staging.stg_firms
),

active_firms as (
  select firm_id, count(*) as events
  from events
  group by firm_id
),

final as (
  select active_firms.firm_id, active_firms.events
  from active_firms
  left join firms on firms.firm_id = active_firms.firm_id
  where firms.firm_id is null
  order by active_firms.firm_id
)

select * from final
