-- name: months_without_power_users
-- severity: info
-- reads: newest state
-- description: Months in which nobody can be a power user, since the calendar month before has no events: the first
--   month always, and each month after a gap.
-- advice: Leave these months out when you compare power users over time, or import the months before them.

with events as (
  select * from staging.stg_events
),

months as (
  select activity_month, count(*) as num_queries
  from events
  group by activity_month
),

windowed as (
  select *, lag(activity_month) over (order by activity_month) as month_before
  from months
),

final as (
  select activity_month, num_queries
  from windowed
  where month_before is distinct from (activity_month - interval '1 month')::date
  order by activity_month
)

select * from final
