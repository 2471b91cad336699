-- name: users_in_several_firms
-- severity: warning
-- reads: newest state
-- touched: intermediate.int_user_firm_months by activity_month
-- month: activity_month
-- order: activity_month, user_id
-- description: Users with events for more than one firm in a month. Queries and users count under the firm of each
--   event; user_engagement names the firm with most queries (of equals the lower id); a user-month counts in
--   engagement_score under every firm of the month, and once in totals.
-- advice: If a user moved to another firm, nothing is wrong. If firms share an account, give each person their own.

with user_firm_months as (
  select * from intermediate.int_user_firm_months
),

final as (
  select
    activity_month,
    user_id,
    count(*) as num_firms,
    jsonb_object_agg(firm_id, num_queries) as queries_by_firm
  from user_firm_months
  group by activity_month, user_id
  having count(*) > 1
)

select * from final
