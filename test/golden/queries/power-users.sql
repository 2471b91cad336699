-- powerUsers
-- $1 = 1
-- $2 = 1
-- $3 = 1
-- $4 = 1
-- $5 = -1
-- $6 = "HIGH"
-- $7 = 2
-- $8 = 1
-- $9 = 1
-- $10 = -1
-- $11 = 1
-- $12 = 1
-- $13 = -1
-- $14 = 1
-- $15 = 1
-- $16 = "HIGH"
-- $17 = 2
-- $18 = 1
-- $19 = 1
-- $20 = -1
-- $21 = 101
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
    + (num_workflow_queries > 0)::int) >= $7::int and exists (
      select from mart.user_engagement as "usage_other_other"
       where "usage_other_other"."user_id" = "usage_other"."user_id" and "usage_other_other"."since_version" <= $8 and $9 < "usage_other_other"."until_version" and "usage_other_other"."activity_month" = ("usage_other"."activity_month" + make_interval(months => $10::int))::date and true
      offset 0)
      offset 0) then 'KEPT' else 'GAINED' end as transition, true as is_active,
               
  ((num_assistant_queries > 0)::int + (num_vault_queries > 0)::int
    + (num_workflow_queries > 0)::int) as num_interaction_types_used, exists (
      select from mart.user_engagement as "usage_other"
       where "usage_other"."user_id" = "usage"."user_id" and "usage_other"."since_version" <= $11 and $12 < "usage_other"."until_version" and "usage_other"."activity_month" = ("usage"."activity_month" + make_interval(months => $13::int))::date and true
      offset 0) as is_after_active_month
          from mart.user_engagement as usage
         where "usage"."since_version" <= $14 and $15 < "usage"."until_version" and engagement_level >= $16::mart.engagement_level and 
  ((num_assistant_queries > 0)::int + (num_vault_queries > 0)::int
    + (num_workflow_queries > 0)::int) >= $17::int and exists (
      select from mart.user_engagement as "usage_other"
       where "usage_other"."user_id" = "usage"."user_id" and "usage_other"."since_version" <= $18 and $19 < "usage_other"."until_version" and "usage_other"."activity_month" = ("usage"."activity_month" + make_interval(months => $20::int))::date and true
      offset 0)
           and true
      )
      select activity_month as "cell_0", user_id as "cell_1", firm_id as "cell_2", "num_queries" as "cell_3", "num_docs" as "cell_4", "num_active_days" as "cell_5", "num_assistant_queries" as "cell_6", "num_vault_queries" as "cell_7", "num_workflow_queries" as "cell_8", "avg_queries_per_active_day" as "cell_9", "avg_docs_per_query" as "cell_10", "avg_feedback_score" as "cell_11", engagement_score::float8 as "cell_12", pr_engagement_score::float8 as "cell_13", engagement_level::text as "cell_14", last_active_date as "cell_15", month as "cell_16", transition as "cell_17", is_active as "cell_18", num_interaction_types_used as "cell_19", is_after_active_month as "cell_20", num_interaction_types_used >= 2 as "cell_21", month as "cell_22", "engagement_score" as "cell_23", user_id collate "C" as "cell_24" from listed
       where true
       order by month asc, "engagement_score" desc, user_id collate "C" asc
       limit $21

-- powerUsers
-- $1 = 1
-- $2 = 1
-- $3 = 1
-- $4 = 1
-- $5 = "HIGH"
-- $6 = 2
-- $7 = 1
-- $8 = 1
-- $9 = -1
-- $10 = "2024-04-15T15:00:00"
-- $11 = 1
-- $12 = 1
-- $13 = 1
-- $14 = 1
with 
    ranked_months as (
      select activity_month, greatest(count(*) - 1, 1) as others
        from mart.user_engagement as peers
       where "peers"."since_version" <= $1 and $2 < "peers"."until_version"
       group by activity_month
    ),
    qualified as (
    select user_id, activity_month from mart.user_engagement as usage
     where "usage"."since_version" <= $3 and $4 < "usage"."until_version" and true
       and engagement_level >= $5::mart.engagement_level and 
  ((num_assistant_queries > 0)::int + (num_vault_queries > 0)::int
    + (num_workflow_queries > 0)::int) >= $6::int and exists (
      select from mart.user_engagement as "usage_other"
       where "usage_other"."user_id" = "usage"."user_id" and "usage_other"."since_version" <= $7 and $8 < "usage_other"."until_version" and "usage_other"."activity_month" = ("usage"."activity_month" + make_interval(months => $9::int))::date and true
      offset 0)),
    transitions as (
    select coalesce(this_month.user_id, last_month.user_id) as user_id,
           coalesce(this_month.activity_month, last_month.activity_month) as activity_month,
           coalesce(this_month.activity_month, (last_month.activity_month + interval '1 month')::date) as month,
           case when last_month.user_id is null then 'GAINED'
                when this_month.user_id is null then 'LOST'
                else 'KEPT' end as transition
      from qualified as this_month
      full join qualified as last_month
        on last_month.user_id = this_month.user_id
           and (last_month.activity_month + interval '1 month')::date = this_month.activity_month
     where this_month.user_id is not null
        or last_month.activity_month + interval '1 month' <= $10::timestamp),
    matching as (select distinct user_month.user_id as "user_id", user_month.activity_month as "activity_month" from mart.user_engagement as "user_month"
     where "user_month"."since_version" <= $11 and $12 < "user_month"."until_version" and true),
    matching_before as (select distinct user_month.user_id as "user_id", user_month.activity_month as "activity_month" from mart.user_engagement as "user_month"
     where "user_month"."since_version" <= $13 and $14 < "user_month"."until_version" and true),
    counted as (
      select activity_month as month, user_id, null as transition from matching
       union all
      select month, user_id, transition from transitions join matching using (user_id, activity_month)
       where transition <> 'LOST'
       union all
      select month, user_id, transition from transitions join matching_before using (user_id, activity_month)
       where transition = 'LOST'
    )
    select null::date as month, 
    count(*) filter (where transition in ('KEPT', 'GAINED')),
    count(distinct user_id) filter (where transition in ('KEPT', 'GAINED')),
    count(distinct user_id) filter (where transition is null),
    count(*) filter (where transition = 'KEPT'),
    count(*) filter (where transition = 'GAINED'),
    count(*) filter (where transition = 'LOST') from counted
     union all
    select month, 
    count(*) filter (where transition in ('KEPT', 'GAINED')),
    count(distinct user_id) filter (where transition in ('KEPT', 'GAINED')),
    count(distinct user_id) filter (where transition is null),
    count(*) filter (where transition = 'KEPT'),
    count(*) filter (where transition = 'GAINED'),
    count(*) filter (where transition = 'LOST') from counted
  group by month
     order by month nulls first
