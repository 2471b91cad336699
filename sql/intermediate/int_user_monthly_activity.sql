-- What each user did in each month, ranked and scored among all users active in that month.
--
-- Grain: month and user, for users with at least one event in the month. Key: activity_month, user_id.
-- firm_id is the firm with most of the user's queries of the month; of equals the lower id.
-- A percent rank is (rank - 1) / (n - 1) among the month's n active users, 0 when n = 1; equals share the lower rank.
-- engagement_score = 0.6 * percent rank of num_queries + 0.3 * of num_docs + 0.1 * of avg_feedback_score,
-- computed as k / 10(n - 1) from the integer k = 6(r_queries - 1) + 3(r_docs - 1) + (r_feedback - 1).
-- pr_engagement_score is the percent rank of k; engagement_level is HIGH from 0.8, LOW below 0.3, else MEDIUM.
-- is_consecutive_month tells whether the month follows one in which the user was active too, at any firm.
-- Both scores are exact to 12 decimals, and levels compare integers, so every engine and rebuild agree.
--
-- A condition on activity_month reaches the events before anything is grouped or ranked: each step is
-- read once, groups by activity_month and ranks within it. Keep it so. What is read as month_before is of the month
-- before such a condition's.

with user_firm_months as (
  select * from intermediate.int_user_firm_months
),

followed_months as (
  select distinct
    user_id,
    (activity_month + interval '1 month')::date as activity_month
  from intermediate.int_user_firm_months as month_before
),

user_months as (
  select
    activity_month,
    user_id,
    -- The greatest of (queries, -firm) is the firm with most queries, of equals the lower id.
    -(max(array[num_queries, -firm_id]))[2] as firm_id,
    bit_count(bit_or(active_days)) as num_active_days,
    sum(num_queries)::bigint as num_queries,
    sum(num_workflow_queries)::bigint as num_workflow_queries,
    sum(num_vault_queries)::bigint as num_vault_queries,
    sum(num_assistant_queries)::bigint as num_assistant_queries,
    sum(num_docs)::bigint as num_docs,
    sum(feedback_score)::bigint as feedback_score,
    max(last_active_date) as last_active_date
  from user_firm_months
  group by activity_month, user_id
),

averaged as (
  select
    *,
    num_queries::double precision / num_active_days as avg_queries_per_active_day,
    num_docs::double precision / num_queries as avg_docs_per_query,
    -- Exact to rank by: the quotient of two integers is rounded correctly, so equal fractions give equal doubles,
    -- and fractions up to 5 over fewer than 2^24 queries differ by more than the rounding.
    feedback_score::double precision / num_queries as avg_feedback_score
  from user_months
),

scored as (
  select
    *,
    6 * (rank() over (partition by activity_month order by num_queries) - 1)
      + 3 * (rank() over (partition by activity_month order by num_docs) - 1)
      + (rank() over (partition by activity_month order by avg_feedback_score) - 1) as score,
    -- n - 1, or 1 for a user alone: every rank is then 1, so the scores are 0 and the level LOW.
    greatest(count(*) over (partition by activity_month) - 1, 1) as others
  from averaged
),

ranked as (
  select
    *,
    rank() over (partition by activity_month order by score) - 1 as users_below
  from scored
),

final as (
  select
    ranked.activity_month,
    ranked.user_id,
    firm_id,
    num_active_days::int as num_active_days,
    num_queries,
    num_workflow_queries,
    num_vault_queries,
    num_assistant_queries,
    avg_queries_per_active_day,
    num_docs,
    avg_docs_per_query,
    avg_feedback_score,
    last_active_date,
    -- 30 decimals before rounding to 12, so that rounding twice cannot show.
    round(score::numeric(50, 30) / (10 * others), 12)::numeric(13, 12) as engagement_score,
    round(users_below::numeric(50, 30) / others, 12)::numeric(13, 12) as pr_engagement_score,
    case
      when 10 * users_below >= 8 * others then 'HIGH'
      when 10 * users_below < 3 * others then 'LOW'
      else 'MEDIUM'
    end::mart.engagement_level as engagement_level,
    followed_months.user_id is not null as is_consecutive_month
  from ranked
  left join followed_months
    on followed_months.user_id = ranked.user_id
    and followed_months.activity_month = ranked.activity_month
)

select * from final
