-- powerUsers
-- $1 = -1
-- $2 = "HIGH"
-- $3 = 1
-- $4 = -1
-- $5 = "HIGH"
-- $6 = 1
-- $7 = 101
with 
    ranked_months as (
      select activity_month, greatest(count(*) - 1, 1) as others
        from mart.user_engagement as peers
       where "peers"."since_version" <= 1 and 1 < "peers"."until_version"
       group by activity_month
    ),
      listed as (
        select usage.*, activity_month as month, case when exists (
      select from mart.user_engagement as "usage_other"
       where "usage_other"."user_id" = "usage"."user_id" and "usage_other"."since_version" <= 1 and 1 < "usage_other"."until_version" and "usage_other"."activity_month" = ("usage"."activity_month" + make_interval(months => $1::int))::date and engagement_level >= $2::mart.engagement_level and 
  ((num_assistant_queries > 0)::int + (num_vault_queries > 0)::int
    + (num_workflow_queries > 0)::int) >= $3::int
      offset 0) then 'KEPT' else 'GAINED' end as transition, true as is_active,
               
  ((num_assistant_queries > 0)::int + (num_vault_queries > 0)::int
    + (num_workflow_queries > 0)::int) as num_interaction_types_used, coalesce("usage"."is_consecutive_month", exists (
      select from mart.user_engagement as "usage_other"
       where "usage_other"."user_id" = "usage"."user_id" and "usage_other"."since_version" <= 1 and 1 < "usage_other"."until_version" and "usage_other"."activity_month" = ("usage"."activity_month" + make_interval(months => $4::int))::date and true
      offset 0)) as is_after_active_month
          from mart.user_engagement as usage
         where "usage"."since_version" <= 1 and 1 < "usage"."until_version" and engagement_level >= $5::mart.engagement_level and 
  ((num_assistant_queries > 0)::int + (num_vault_queries > 0)::int
    + (num_workflow_queries > 0)::int) >= $6::int
           and true
      )
      select user_id as "cell_0", engagement_score::float8 as "cell_1", pr_engagement_score::float8 as "cell_2", engagement_level::text as "cell_3", month as "cell_4", is_after_active_month as "cell_5" from listed
       where true
       order by month asc, "engagement_score" desc, user_id collate "C" asc
       limit $7
