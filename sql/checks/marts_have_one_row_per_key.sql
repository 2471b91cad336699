-- name: marts_have_one_row_per_key
-- severity: error
-- reads: marts at $1
-- touched: mart.user_engagement by activity_month, mart.user_movements by user_id,
--   mart.firm_months by activity_month, mart.firm_users by user_id, mart.firm_usage_summary by firm_id,
--   mart.daily_event_summary by event_date
-- description: Keys with more than one row in a mart at one version. The tables' own keys have since_version too, so
--   they do not rule out rows that overlap.
-- advice: Run `metricgraph build --full`, which makes the mart from all events: it was changed by hand.

with user_engagement as (
  select user_id || ' ' || activity_month as key
  from mart.user_engagement
  where since_version <= $1::int and $1::int < until_version
  group by user_id, activity_month
  having count(*) > 1
),

user_movements as (
  select concat_ws(' ', user_id, movement_month, firm_id, side) as key
  from mart.user_movements
  where since_version <= $1::int and $1::int < until_version
  group by user_id, movement_month, firm_id, side
  having count(*) > 1
),

firm_months as (
  select firm_id || ' ' || activity_month as key
  from mart.firm_months
  where since_version <= $1::int and $1::int < until_version
  group by firm_id, activity_month
  having count(*) > 1
),

firm_users as (
  select user_id || ' ' || firm_id as key
  from mart.firm_users
  where since_version <= $1::int and $1::int < until_version
  group by user_id, firm_id
  having count(*) > 1
),

firm_usage_summary as (
  select firm_id::text as key
  from mart.firm_usage_summary
  where since_version <= $1::int and $1::int < until_version
  group by firm_id
  having count(*) > 1
),

daily_event_summary as (
  select event_date::text as key
  from mart.daily_event_summary
  where since_version <= $1::int and $1::int < until_version
  group by event_date
  having count(*) > 1
),

users as (
  select user_id as key
  from mart.users
  where since_version <= $1::int and $1::int < until_version
  group by user_id
  having count(*) > 1
),

firms as (
  select firm_id::text as key
  from mart.firms
  where since_version <= $1::int and $1::int < until_version
  group by firm_id
  having count(*) > 1
),

final as (
  select 'user_engagement' as mart, key from user_engagement
  union all
  select 'user_movements', key from user_movements
  union all
  select 'firm_months', key from firm_months
  union all
  select 'firm_users', key from firm_users
  union all
  select 'firm_usage_summary', key from firm_usage_summary
  union all
  select 'daily_event_summary', key from daily_event_summary
  union all
  select 'users', key from users
  union all
  select 'firms', key from firms
)

select * from final
