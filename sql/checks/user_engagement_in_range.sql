-- name: user_engagement_in_range
-- severity: error
-- reads: marts at $1
-- touched: mart.user_engagement by activity_month
-- description: Rows of user_engagement that contradict themselves: a score outside 0 to 1, a level that does not fit
--   its percent rank, active days or a last active date outside the month, no queries, types that do not add up to
--   them, or feedback outside 1 to 5.
-- advice: Run `metricgraph build --full`, which makes the mart from all events: it was changed by hand.

with engagement as (
  select * from mart.user_engagement
  where since_version <= $1::int and $1::int < until_version
),

final as (
  select *
  from engagement
  where activity_month <> date_trunc('month', activity_month)::date
    or date_trunc('month', last_active_date)::date <> activity_month
    or num_active_days not between 1 and 31
    or num_queries < num_active_days
    or num_queries <> num_workflow_queries + num_vault_queries + num_assistant_queries
    or num_docs < 0
    or avg_feedback_score not between 1 and 5
    or engagement_score not between 0 and 1
    or pr_engagement_score not between 0 and 1
    or engagement_level <> case
      when pr_engagement_score >= 0.8 then 'HIGH'
      when pr_engagement_score < 0.3 then 'LOW'
      else 'MEDIUM'
    end::mart.engagement_level
)

select * from final
