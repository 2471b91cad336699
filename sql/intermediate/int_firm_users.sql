-- The users of each firm over all history: those who were active there.
--
-- Grain: user and firm, with at least one event. Key: user_id, firm_id.

with user_firm_months as (
  select * from intermediate.int_user_firm_months
),

final as (
  select user_id, firm_id, min(first_active_date) as first_active_date
  from user_firm_months
  group by user_id, firm_id
)

select * from final
