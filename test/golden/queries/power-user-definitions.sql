-- comparePowerUserDefinitions
-- $1 = 1
-- $2 = 1
-- $3 = "HIGH"
-- $4 = 1
-- $5 = 2
-- $6 = 2
-- $7 = "HIGH"
-- $8 = 1
-- $9 = 1
-- $10 = 1
-- $11 = 1
-- $12 = 1
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
    by_a as (
    select user_id, activity_month, month_number
      from (select *, (engagement_level >= $3::mart.engagement_level)::int as months_reached from user_months) as rated
     where months_reached >= $4::int
       and active_months_in_a_row >= $5::int
       and num_interaction_types_used >= $6::int
       and true),
    by_b as (
    select user_id, activity_month, month_number
      from (select *, (engagement_level >= $7::mart.engagement_level)::int as months_reached from user_months) as rated
     where months_reached >= $8::int
       and active_months_in_a_row >= $9::int
       and num_interaction_types_used >= $10::int
       and true),
    matching as (select distinct user_month.user_id as "user_id", user_month.activity_month as "activity_month" from mart.user_engagement as "user_month"
     where "user_month"."since_version" <= $11 and $12 < "user_month"."until_version" and true),
    records as (
      select matching.user_id, matching.activity_month,
             by_a.user_id is not null as in_a, by_b.user_id is not null as in_b
        from matching
        left join by_a using (user_id, activity_month)
        left join by_b using (user_id, activity_month)
    ),
    users as (
      select user_id, bool_or(in_a) as in_a, bool_or(in_b) as in_b from records
  group by user_id
    )
    select 0 as level, null::date as month, 
    count(*) filter (where in_a and in_b), count(*) filter (where in_a and not in_b),
    count(*) filter (where in_b and not in_a), count(*) filter (where not in_a and not in_b) from records
     union all
    select 1, null::date, 
    count(*) filter (where in_a and in_b), count(*) filter (where in_a and not in_b),
    count(*) filter (where in_b and not in_a), count(*) filter (where not in_a and not in_b) from users
     union all
    select 2, activity_month, 
    count(*) filter (where in_a and in_b), count(*) filter (where in_a and not in_b),
    count(*) filter (where in_b and not in_a), count(*) filter (where not in_a and not in_b) from records
  group by activity_month
     order by level, month

-- comparePowerUserDefinitions
-- $1 = 1
-- $2 = 1
-- $3 = "HIGH"
-- $4 = 1
-- $5 = 2
-- $6 = 2
-- $7 = "HIGH"
-- $8 = 1
-- $9 = 1
-- $10 = 1
-- $11 = 1
-- $12 = 1
-- $13 = 101
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
    by_a as (
    select user_id, activity_month, month_number
      from (select *, (engagement_level >= $3::mart.engagement_level)::int as months_reached from user_months) as rated
     where months_reached >= $4::int
       and active_months_in_a_row >= $5::int
       and num_interaction_types_used >= $6::int
       and true),
    by_b as (
    select user_id, activity_month, month_number
      from (select *, (engagement_level >= $7::mart.engagement_level)::int as months_reached from user_months) as rated
     where months_reached >= $8::int
       and active_months_in_a_row >= $9::int
       and num_interaction_types_used >= $10::int
       and true),
    matching as (select distinct user_month.user_id as "user_id", user_month.activity_month as "activity_month" from mart.user_engagement as "user_month"
     where "user_month"."since_version" <= $11 and $12 < "user_month"."until_version" and true),
    records as (
      select matching.user_id, matching.activity_month,
             by_a.user_id is not null as in_a, by_b.user_id is not null as in_b
        from matching
        left join by_a using (user_id, activity_month)
        left join by_b using (user_id, activity_month)
    ),
    users as (
      select user_id, bool_or(in_a) as in_a, bool_or(in_b) as in_b from records
  group by user_id
    ),
      listed as (
        select user_months.*, activity_month as month
          from records join user_months using (user_id, activity_month)
         where in_b and not in_a
      )
      select activity_month as "cell_0", user_id as "cell_1", firm_id as "cell_2", "num_queries" as "cell_3", "num_docs" as "cell_4", "num_active_days" as "cell_5", "num_assistant_queries" as "cell_6", "num_vault_queries" as "cell_7", "num_workflow_queries" as "cell_8", "avg_queries_per_active_day" as "cell_9", "avg_docs_per_query" as "cell_10", "avg_feedback_score" as "cell_11", engagement_score::float8 as "cell_12", pr_engagement_score::float8 as "cell_13", engagement_level::text as "cell_14", last_active_date as "cell_15", month as "cell_16", "engagement_score" as "cell_17", user_id collate "C" as "cell_18" from listed
       where true
       order by month asc nulls last, "engagement_score" desc nulls last, user_id collate "C" asc nulls last
       limit $13
