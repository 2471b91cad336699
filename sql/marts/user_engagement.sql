-- Activity and engagement of users by month, at the served version.
--
-- Grain: month and user, for users with at least one event in the month. Key: activity_month, user_id.
-- Percent ranks and levels are taken among all users active in the month, before any filter.
-- firm_id is the firm with most of the user's queries of the month; of equals the lower id.

with served as (
  select version from mart.served_version
),

source as (
  select * from mart.user_engagement
),

final as (
  select
    source.activity_month,
    source.user_id,
    source.firm_id,
    source.num_active_days,
    source.num_queries,
    source.num_workflow_queries,
    source.num_vault_queries,
    source.num_assistant_queries,
    source.avg_queries_per_active_day,
    source.num_docs,
    source.avg_docs_per_query,
    source.avg_feedback_score,
    source.last_active_date,
    source.engagement_score,
    source.pr_engagement_score,
    source.engagement_level
  from source
  join served on source.since_version <= served.version and served.version < source.until_version
)

select * from final
