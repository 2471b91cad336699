-- name: firms_without_events
-- severity: info
-- reads: newest state
-- description: Firms without a single event. They count in arr and seats, and show up as groups only on request.
-- advice: See whether their users have started yet, and whether their events are missing from the imports.

with firms as (
  select * from staging.stg_firms
),

active_firms as (
  select firm_id from intermediate.int_firm_events
  where num_queries > 0
),

final as (
  select firms.firm_id, firms.created_at, firms.firm_size, firms.arr
  from firms
  left join active_firms on active_firms.firm_id = firms.firm_id
  where active_firms.firm_id is null
  order by firms.firm_id
)

select * from final
