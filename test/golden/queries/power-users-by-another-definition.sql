-- powerUsers
-- $1 = 1
-- $2 = 1
-- $3 = 1
-- $4 = 1
-- $5 = -1
-- $6 = "HIGH"
-- $7 = 1
-- $8 = 1
-- $9 = 1
-- $10 = -1
-- $11 = 1
-- $12 = 1
-- $13 = "HIGH"
-- $14 = 1
-- $15 = 101
with 
    ranked_months as (
      select activity_month, greatest(count(*) - 1, 1) as others
        from mart.user_engagement as peers
       where "peers"."since_version" <= $1 and $2 < "peers"."until_version"
       group by activity_month
    ),
      listed as (
        select usage.*, activity_month as month, case when exists (
      select from mart.user_engagement as "usage_other"
       where "usage_other"."user_id" = "usage"."user_id" and "usage_other"."since_version" <= $3 and $4 < "usage_other"."until_version" and "usage_other"."activity_month" = ("usage"."activity_month" + make_interval(months => $5::int))::date and engagement_level >= $6::mart.engagement_level and 
  ((num_assistant_queries > 0)::int + (num_vault_queries > 0)::int
    + (num_workflow_queries > 0)::int) >= $7::int
      offset 0) then 'KEPT' else 'GAINED' end as transition, true as is_active,
               
  ((num_assistant_queries > 0)::int + (num_vault_queries > 0)::int
    + (num_workflow_queries > 0)::int) as num_interaction_types_used, exists (
      select from mart.user_engagement as "usage_other"
       where "usage_other"."user_id" = "usage"."user_id" and "usage_other"."since_version" <= $8 and $9 < "usage_other"."until_version" and "usage_other"."activity_month" = ("usage"."activity_month" + make_interval(months => $10::int))::date and true
      offset 0) as is_after_active_month
          from mart.user_engagement as usage
         where "usage"."since_version" <= $11 and $12 < "usage"."until_version" and engagement_level >= $13::mart.engagement_level and 
  ((num_assistant_queries > 0)::int + (num_vault_queries > 0)::int
    + (num_workflow_queries > 0)::int) >= $14::int
           and true
      )
      select activity_month as "cell_0", user_id as "cell_1", firm_id as "cell_2", "num_queries" as "cell_3", "num_docs" as "cell_4", "num_active_days" as "cell_5", "num_assistant_queries" as "cell_6", "num_vault_queries" as "cell_7", "num_workflow_queries" as "cell_8", "avg_queries_per_active_day" as "cell_9", "avg_docs_per_query" as "cell_10", "avg_feedback_score" as "cell_11", engagement_score::float8 as "cell_12", pr_engagement_score::float8 as "cell_13", engagement_level::text as "cell_14", last_active_date as "cell_15", month as "cell_16", transition as "cell_17", is_active as "cell_18", num_interaction_types_used as "cell_19", is_after_active_month as "cell_20", num_interaction_types_used >= 2 as "cell_21", month as "cell_22", "engagement_score" as "cell_23", user_id collate "C" as "cell_24" from listed
       where true
       order by month asc, "engagement_score" desc, user_id collate "C" asc
       limit $15
