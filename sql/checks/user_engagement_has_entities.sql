-- name: user_engagement_has_entities
-- severity: error
-- reads: marts at $1
-- touched: mart.user_engagement by activity_month
-- description: Users and firms of user_engagement that are missing from the copies that queries join it to, so that
--   their activity would drop out of answers by title or firm.
-- advice: Import files that have these users and firms, or undo the import of their events; then build.

with engagement as (
  select * from mart.user_engagement
  where since_version <= $1::int and $1::int < until_version
),

users as (
  select * from mart.users
  where since_version <= $1::int and $1::int < until_version
),

firms as (
  select * from mart.firms
  where since_version <= $1::int and $1::int < until_version
),

active_users as (
  select user_id from engagement group by user_id
),

active_firms as (
  select firm_id from engagement group by firm_id
),

final as (
  select 'user' as entity, active_users.user_id as id
  from active_users
  left join users on users.user_id = active_users.user_id
  where users.user_id is null
  union all
  select 'firm', active_firms.firm_id::text
  from active_firms
  left join firms on firms.firm_id = active_firms.firm_id
  where firms.firm_id is null
)

select * from final
