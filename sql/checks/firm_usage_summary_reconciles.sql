-- name: firm_usage_summary_reconciles
-- severity: error
-- reads: marts at $1
-- description: Firms whose firm_usage_summary does not add up to their events (queries, documents, users, days) or
--   differs from the firm's seats and arr, and firms that it lacks.
-- advice: Run `metricgraph build --full`, which makes the mart from all events: it was changed by hand.

with firm_months as (
  select * from intermediate.int_firm_months
),

firm_users as (
  select * from intermediate.int_firm_users
),

firms as (
  select * from staging.stg_firms
),

summary as (
  select * from mart.firm_usage_summary
  where since_version <= $1::int and $1::int < until_version
),

usage as (
  select
    firm_id,
    sum(bit_count(active_days)) as num_active_days,
    sum(num_queries) as num_queries,
    sum(num_docs) as num_docs
  from firm_months
  group by firm_id
),

users as (
  select firm_id, count(*) as num_active_users
  from firm_users
  group by firm_id
),

expected as (
  select
    firms.firm_id,
    coalesce(usage.num_active_days, 0) as num_active_days,
    coalesce(users.num_active_users, 0) as num_active_users,
    coalesce(usage.num_queries, 0) as num_queries,
    coalesce(usage.num_docs, 0) as num_docs,
    firms.firm_size,
    firms.arr
  from firms
  left join usage on usage.firm_id = firms.firm_id
  left join users on users.firm_id = firms.firm_id
),

built as (
  select firm_id, num_active_days, num_active_users, num_queries, num_docs, firm_size, arr
  from summary
),

final as (
  select
    coalesce(expected.firm_id, built.firm_id) as firm_id,
    to_jsonb(expected) as expected,
    to_jsonb(built) as built
  from expected
  full join built on built.firm_id = expected.firm_id
  where to_jsonb(expected) is distinct from to_jsonb(built)
  order by firm_id
)

select * from final
