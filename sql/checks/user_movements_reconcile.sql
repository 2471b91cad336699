-- name: user_movements_reconcile
-- severity: error
-- reads: marts at $1
-- touched: intermediate.int_user_firm_months by user_id, mart.user_movements by user_id
-- description: Months whose user_movements do not add up to the events: users, and users by firm, of each movement.
-- advice: Run `metricgraph build --full`, which makes the mart from all events: it was changed by hand.

with user_firm_months as (
  select * from intermediate.int_user_firm_months
),

movements as (
  select * from mart.user_movements
  where since_version <= $1::int and $1::int < until_version
),

user_months as (
  select
    user_id,
    activity_month,
    (activity_month + interval '1 month')::date as next_month,
    count(*) as num_firms
  from user_firm_months
  group by user_id, activity_month
),

first_months as (
  select user_id, min(activity_month) as first_month
  from user_months
  group by user_id
),

sides as (
  select
    this.activity_month as movement_month,
    'CURRENT' as side,
    case
      when before.user_id is not null then 'RETAINED'
      when this.activity_month = first_months.first_month then 'NEW'
      else 'RESURRECTED'
    end as movement,
    this.num_firms
  from user_months as this
  join first_months on first_months.user_id = this.user_id
  left join user_months as before
    on before.user_id = this.user_id
    and before.next_month = this.activity_month
  union all
  select
    this.next_month,
    'PREVIOUS',
    case when after.user_id is not null then 'RETAINED' else 'CHURNED' end,
    this.num_firms
  from user_months as this
  left join user_months as after
    on after.user_id = this.user_id
    and after.activity_month = this.next_month
),

expected as (
  select movement_month, side, movement, count(*) as users, sum(num_firms) as users_by_firm
  from sides
  group by movement_month, side, movement
),

built_sides as (
  select movement_month, side::text as side, movement::text as movement, user_id, count(*) as num_firms
  from movements
  group by movement_month, side, movement, user_id
),

built as (
  select movement_month, side, movement, count(*) as users, sum(num_firms) as users_by_firm
  from built_sides
  group by movement_month, side, movement
),

final as (
  select
    coalesce(expected.movement_month, built.movement_month) as movement_month,
    to_jsonb(expected) as expected,
    to_jsonb(built) as built
  from expected
  full join built
    on built.movement_month = expected.movement_month
    and built.side = expected.side
    and built.movement = expected.movement
  where to_jsonb(expected) is distinct from to_jsonb(built)
  order by movement_month
)

select * from final
