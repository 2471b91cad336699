-- What became of each user's activity from one month to the next.
--
-- Grain: month, user, firm and side. Key: movement_month, user_id, firm_id, side.
-- Side CURRENT: the user was active in the month, at the firm. The movement is NEW where the month has the user's first
-- event, RETAINED where the user was active in the month before as well, else RESURRECTED.
-- Side PREVIOUS: the user was active in the month before, at the firm of then. The movement is RETAINED where the user
-- was active in the month as well, else CHURNED. So the month after the last one with events has rows of this side.
-- Activity is that of the whole platform: who changes firms is retained.

with user_firm_months as (
  select user_id, activity_month, firm_id from intermediate.int_user_firm_months
),

user_months as (
  select user_id, activity_month
  from user_firm_months
  group by user_id, activity_month
),

neighbours as (
  select
    user_id,
    activity_month,
    (activity_month + interval '1 month')::date as next_month,
    lag(activity_month) over user_history as month_active_before,
    lead(activity_month) over user_history as month_active_after
  from user_months
  window user_history as (partition by user_id order by activity_month)
),

moved as (
  select
    user_id,
    activity_month,
    next_month,
    case
      when month_active_before is null then 'NEW'
      when month_active_before = (activity_month - interval '1 month')::date then 'RETAINED'
      else 'RESURRECTED'
    end::mart.movement as movement,
    case
      when month_active_after = next_month then 'RETAINED'
      else 'CHURNED'
    end::mart.movement as next_movement
  from neighbours
),

final as (
  select
    user_firm_months.user_id,
    moved.activity_month as movement_month,
    user_firm_months.firm_id,
    'CURRENT'::mart.movement_side as side,
    moved.movement
  from user_firm_months
  join moved
    on moved.user_id = user_firm_months.user_id
    and moved.activity_month = user_firm_months.activity_month
  union all
  select
    user_firm_months.user_id,
    moved.next_month,
    user_firm_months.firm_id,
    'PREVIOUS'::mart.movement_side,
    moved.next_movement
  from user_firm_months
  join moved
    on moved.user_id = user_firm_months.user_id
    and moved.activity_month = user_firm_months.activity_month
)

select * from final
