-- Usage of each firm over all history.
--
-- Grain: firm, firms without events included. Key: firm_id.
-- Counts are 0 and averages null for a firm without events. arr_per_user divides by active users, not by seats.
-- firm_size and arr are current values.

with firm_months as (
  select * from intermediate.int_firm_months
),

firm_users as (
  select * from intermediate.int_firm_users
),

firms as (
  select * from staging.stg_firms
),

firm_totals as (
  select
    firm_id,
    sum(bit_count(active_days))::int as num_active_days,
    sum(num_queries)::bigint as num_queries,
    sum(num_docs)::bigint as num_docs,
    sum(feedback_score)::bigint as feedback_score,
    min(first_active_date) as first_active_date,
    max(last_active_date) as last_active_date
  from firm_months
  group by firm_id
),

firm_user_counts as (
  select firm_id, count(*) as num_active_users
  from firm_users
  group by firm_id
),

final as (
  select
    firms.firm_id,
    coalesce(firm_totals.num_active_days, 0) as num_active_days,
    coalesce(firm_user_counts.num_active_users, 0) as num_active_users,
    coalesce(firm_totals.num_queries, 0) as num_queries,
    coalesce(firm_totals.num_docs, 0) as num_docs,
    firm_totals.feedback_score::double precision / firm_totals.num_queries as avg_feedback_score,
    firm_totals.num_queries::double precision / firm_totals.num_active_days as avg_queries_per_active_day,
    firm_totals.num_queries::double precision / firm_user_counts.num_active_users as avg_queries_per_active_user,
    firm_totals.first_active_date,
    firm_totals.last_active_date,
    firms.firm_size,
    firms.arr,
    firms.arr::double precision / firm_user_counts.num_active_users as arr_per_user
  from firms
  left join firm_totals on firm_totals.firm_id = firms.firm_id
  left join firm_user_counts on firm_user_counts.firm_id = firms.firm_id
)

select * from final
