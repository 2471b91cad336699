-- powerUsers
-- $1 = 1
-- $2 = 1
-- $3 = "HIGH"
-- $4 = 1
-- $5 = 1
-- $6 = 1
-- $7 = "2024-04-15T15:00:00"
-- $8 = 1
-- $9 = 1
-- $10 = 101
with 
    numbered as (
      select usage.*,
             (extract(year from activity_month) * 12 + extract(month from activity_month))::int as month_number,
             (num_assistant_queries > 0)::int + (num_vault_queries > 0)::int
               + (num_workflow_queries > 0)::int as num_interaction_types_used
        from mart.user_engagement as usage
       where "usage"."since_version" <= $1 and $2 < "usage"."until_version"
    ),
    runs as (
      select *, month_number - row_number() over (partition by user_id order by month_number) as run
        from numbered
    ),
    user_months as (
      select *, row_number() over (partition by user_id, run order by month_number) as active_months_in_a_row
        from runs
    ),
    qualified as (
    select user_id, activity_month, month_number
      from (select *, (engagement_level >= $3::mart.engagement_level)::int as months_reached from user_months) as rated
     where months_reached >= $4::int
       and active_months_in_a_row >= $5::int
       and num_interaction_types_used >= $6::int
       and true),
    transitions as (
    select coalesce(this_month.user_id, last_month.user_id) as user_id,
           coalesce(this_month.activity_month, last_month.activity_month) as activity_month,
           coalesce(this_month.activity_month, (last_month.activity_month + interval '1 month')::date) as month,
           case when last_month.user_id is null then 'GAINED'
                when this_month.user_id is null then 'LOST'
                else 'KEPT' end as transition
      from qualified as this_month
      full join qualified as last_month
        on last_month.user_id = this_month.user_id and last_month.month_number + 1 = this_month.month_number
     where this_month.user_id is not null
        or last_month.activity_month + interval '1 month' <= $7::timestamp),
      matching as (select distinct user_month.user_id as "user_id", user_month.activity_month as "activity_month" from mart.user_engagement as "user_month"
     where "user_month"."since_version" <= $8 and $9 < "user_month"."until_version" and true),
      listed as (
        select user_months.*, transitions.month, transition, present.user_id is not null as is_active
          from transitions
          join matching using (user_id, activity_month)
          join user_months using (user_id, activity_month)
          left join user_months as present
            on present.user_id = transitions.user_id and present.activity_month = transitions.month
         where transition <> 'LOST'
      )
      select activity_month as "cell_0", user_id as "cell_1", firm_id as "cell_2", "num_queries" as "cell_3", "num_docs" as "cell_4", "num_active_days" as "cell_5", "num_assistant_queries" as "cell_6", "num_vault_queries" as "cell_7", "num_workflow_queries" as "cell_8", "avg_queries_per_active_day" as "cell_9", "avg_docs_per_query" as "cell_10", "avg_feedback_score" as "cell_11", engagement_score::float8 as "cell_12", pr_engagement_score::float8 as "cell_13", engagement_level::text as "cell_14", last_active_date as "cell_15", month as "cell_16", transition as "cell_17", is_active as "cell_18", num_interaction_types_used as "cell_19", active_months_in_a_row >= 2 as "cell_20", num_interaction_types_used >= 2 as "cell_21", month as "cell_22", "engagement_score" as "cell_23", user_id collate "C" as "cell_24" from listed
       where true
       order by month asc nulls last, "engagement_score" desc nulls last, user_id collate "C" asc nulls last
       limit $10
