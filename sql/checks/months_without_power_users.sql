-- name: months_without_power_users
-- severity: info
-- reads: newest state
-- description: Months in which nobody can be a power user, since the calendar month before has no events: the first
--   month always, and each month after a gap.
-- advice: Leave these months out when you compare power users over time, or import the months before them.

with days as (
  select * from intermediate.int_event_days
),

months as (
  select date_trunc('month', event_date)::date as activity_month, sum(num_queries) as num_queries
  from days
  group by 1
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
