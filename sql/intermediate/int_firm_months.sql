-- Usage of each firm in each month.
--
-- Grain: month and firm, with at least one event. Key: activity_month, firm_id.
-- active_days has one bit for each day of the month, the first one at the far right.
--
-- A condition on activity_month reaches the events before anything is grouped. Keep it so.

with user_firm_months as (
  select * from intermediate.int_user_firm_months
),

final as (
  select
    firm_id,
    activity_month,
    sum(num_queries)::bigint as num_queries,
    sum(num_docs)::bigint as num_docs,
    sum(feedback_score)::bigint as feedback_score,
    min(first_active_date) as first_active_date,
    max(last_active_date) as last_active_date,
    bit_or(active_days) as active_days
  from user_firm_months
  group by firm_id, activity_month
)

select * from final
