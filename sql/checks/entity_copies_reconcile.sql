-- name: entity_copies_reconcile
-- severity: error
-- reads: marts at $1
-- description: Users and firms whose copies, which queries read, differ from what was imported.
-- advice: Run `metricgraph build --full`, which copies all users and firms: the copies were changed by hand.

with users as (
  select user_id, created_at, title from staging.stg_users
),

firms as (
  select firm_id, created_at, firm_size, arr from staging.stg_firms
),

user_copies as (
  select user_id, created_at, title from mart.users
  where since_version <= $1::int and $1::int < until_version
),

firm_copies as (
  select firm_id, created_at, firm_size, arr from mart.firms
  where since_version <= $1::int and $1::int < until_version
),

final as (
  select
    'user' as entity,
    coalesce(users.user_id, user_copies.user_id) as id,
    to_jsonb(users) as imported,
    to_jsonb(user_copies) as copied
  from users
  full join user_copies on user_copies.user_id = users.user_id
  where row(users.user_id, users.created_at, users.title)
    is distinct from row(user_copies.user_id, user_copies.created_at, user_copies.title)
  union all
  select
    'firm',
    coalesce(firms.firm_id, firm_copies.firm_id)::text,
    to_jsonb(firms),
    to_jsonb(firm_copies)
  from firms
  full join firm_copies on firm_copies.firm_id = firms.firm_id
  where row(firms.firm_id, firms.created_at, firms.firm_size, firms.arr)
    is distinct from row(firm_copies.firm_id, firm_copies.created_at, firm_copies.firm_size, firm_copies.arr)
)

select * from final
