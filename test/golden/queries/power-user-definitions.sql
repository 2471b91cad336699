-- comparePowerUserDefinitions
-- $1 = "HIGH"
-- $2 = 2
-- $3 = -1
-- $4 = "HIGH"
-- $5 = 1
-- $6 = 1
-- $7 = 1
with 
    ranked_months as (
      select activity_month, greatest(count(*) - 1, 1) as others
        from mart.user_engagement as peers
       where "peers"."since_version" <= 1 and 1 < "peers"."until_version"
       group by activity_month
    ),
    by_a as (
    select user_id, activity_month from mart.user_engagement as usage
     where "usage"."since_version" <= 1 and 1 < "usage"."until_version" and true
       and engagement_level >= $1::mart.engagement_level and 
  ((num_assistant_queries > 0)::int + (num_vault_queries > 0)::int
    + (num_workflow_queries > 0)::int) >= $2::int and coalesce("usage"."is_consecutive_month", exists (
      select from mart.user_engagement as "usage_other"
       where "usage_other"."user_id" = "usage"."user_id" and "usage_other"."since_version" <= 1 and 1 < "usage_other"."until_version" and "usage_other"."activity_month" = ("usage"."activity_month" + make_interval(months => $3::int))::date and true
      offset 0))),
    by_b as (
    select user_id, activity_month from mart.user_engagement as usage
     where "usage"."since_version" <= 1 and 1 < "usage"."until_version" and true
       and engagement_level >= $4::mart.engagement_level and 
  ((num_assistant_queries > 0)::int + (num_vault_queries > 0)::int
    + (num_workflow_queries > 0)::int) >= $5::int),
    matching as (select distinct user_month.user_id as "user_id", user_month.activity_month as "activity_month" from mart.user_engagement as "user_month"
     where "user_month"."since_version" <= $6 and $7 < "user_month"."until_version" and true),
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
-- $1 = "HIGH"
-- $2 = 2
-- $3 = -1
-- $4 = "HIGH"
-- $5 = 1
-- $6 = 1
-- $7 = 1
-- $8 = 101
with 
    ranked_months as (
      select activity_month, greatest(count(*) - 1, 1) as others
        from mart.user_engagement as peers
       where "peers"."since_version" <= 1 and 1 < "peers"."until_version"
       group by activity_month
    ),
    by_a as (
    select user_id, activity_month from mart.user_engagement as usage
     where "usage"."since_version" <= 1 and 1 < "usage"."until_version" and true
       and engagement_level >= $1::mart.engagement_level and 
  ((num_assistant_queries > 0)::int + (num_vault_queries > 0)::int
    + (num_workflow_queries > 0)::int) >= $2::int and coalesce("usage"."is_consecutive_month", exists (
      select from mart.user_engagement as "usage_other"
       where "usage_other"."user_id" = "usage"."user_id" and "usage_other"."since_version" <= 1 and 1 < "usage_other"."until_version" and "usage_other"."activity_month" = ("usage"."activity_month" + make_interval(months => $3::int))::date and true
      offset 0))),
    by_b as (
    select user_id, activity_month from mart.user_engagement as usage
     where "usage"."since_version" <= 1 and 1 < "usage"."until_version" and true
       and engagement_level >= $4::mart.engagement_level and 
  ((num_assistant_queries > 0)::int + (num_vault_queries > 0)::int
    + (num_workflow_queries > 0)::int) >= $5::int),
    matching as (select distinct user_month.user_id as "user_id", user_month.activity_month as "activity_month" from mart.user_engagement as "user_month"
     where "user_month"."since_version" <= $6 and $7 < "user_month"."until_version" and true),
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
        select usage.*, records.activity_month as month
          from records
          join mart.user_engagement as usage
            on usage.user_id = records.user_id and usage.activity_month = records.activity_month
               and "usage"."since_version" <= 1 and 1 < "usage"."until_version"
         where in_b and not in_a
      )
      select activity_month as "cell_0", user_id as "cell_1", engagement_level::text as "cell_2", month as "cell_3", "engagement_score" as "cell_4", user_id collate "C" as "cell_5" from listed
       where true
       order by month asc, "engagement_score" desc, user_id collate "C" asc
       limit $8
