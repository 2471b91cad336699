-- powerUsers
-- $1 = -1
-- $2 = "HIGH"
-- $3 = 2
-- $4 = -1
-- $5 = -1
-- $6 = "HIGH"
-- $7 = 2
-- $8 = -1
-- $9 = 101
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
    + (num_workflow_queries > 0)::int) >= $3::int and coalesce("usage_other"."is_consecutive_month", exists (
      select from mart.user_engagement as "usage_other_other"
       where "usage_other_other"."user_id" = "usage_other"."user_id" and "usage_other_other"."since_version" <= 1 and 1 < "usage_other_other"."until_version" and "usage_other_other"."activity_month" = ("usage_other"."activity_month" + make_interval(months => $4::int))::date and true
      offset 0))
      offset 0) then 'KEPT' else 'GAINED' end as transition, true as is_active,
               
  ((num_assistant_queries > 0)::int + (num_vault_queries > 0)::int
    + (num_workflow_queries > 0)::int) as num_interaction_types_used, coalesce("usage"."is_consecutive_month", exists (
      select from mart.user_engagement as "usage_other"
       where "usage_other"."user_id" = "usage"."user_id" and "usage_other"."since_version" <= 1 and 1 < "usage_other"."until_version" and "usage_other"."activity_month" = ("usage"."activity_month" + make_interval(months => $5::int))::date and true
      offset 0)) as is_after_active_month
          from mart.user_engagement as usage
         where "usage"."since_version" <= 1 and 1 < "usage"."until_version" and engagement_level >= $6::mart.engagement_level and 
  ((num_assistant_queries > 0)::int + (num_vault_queries > 0)::int
    + (num_workflow_queries > 0)::int) >= $7::int and coalesce("usage"."is_consecutive_month", exists (
      select from mart.user_engagement as "usage_other"
       where "usage_other"."user_id" = "usage"."user_id" and "usage_other"."since_version" <= 1 and 1 < "usage_other"."until_version" and "usage_other"."activity_month" = ("usage"."activity_month" + make_interval(months => $8::int))::date and true
      offset 0))
           and true
      )
      select user_id as "cell_0", firm_id as "cell_1", "num_queries" as "cell_2", engagement_level::text as "cell_3", month as "cell_4", num_interaction_types_used as "cell_5" from listed
       where true
       order by month asc, "engagement_score" desc, user_id collate "C" asc
       limit $9

-- powerUsers
-- $1 = "HIGH"
-- $2 = 2
-- $3 = -1
-- $4 = "2024-04-15T15:00:00"
-- $5 = 1
-- $6 = 1
-- $7 = 1
-- $8 = 1
with 
    ranked_months as (
      select activity_month, greatest(count(*) - 1, 1) as others
        from mart.user_engagement as peers
       where "peers"."since_version" <= 1 and 1 < "peers"."until_version"
       group by activity_month
    ),
    qualified as (
    select user_id, activity_month from mart.user_engagement as usage
     where "usage"."since_version" <= 1 and 1 < "usage"."until_version" and true
       and engagement_level >= $1::mart.engagement_level and 
  ((num_assistant_queries > 0)::int + (num_vault_queries > 0)::int
    + (num_workflow_queries > 0)::int) >= $2::int and coalesce("usage"."is_consecutive_month", exists (
      select from mart.user_engagement as "usage_other"
       where "usage_other"."user_id" = "usage"."user_id" and "usage_other"."since_version" <= 1 and 1 < "usage_other"."until_version" and "usage_other"."activity_month" = ("usage"."activity_month" + make_interval(months => $3::int))::date and true
      offset 0))),
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
        or last_month.activity_month + interval '1 month' <= $4::timestamp),
    matching as (select distinct user_month.user_id as "user_id", user_month.activity_month as "activity_month" from mart.user_engagement as "user_month"
     where "user_month"."since_version" <= $5 and $6 < "user_month"."until_version" and true),
    matching_before as (select distinct user_month.user_id as "user_id", user_month.activity_month as "activity_month" from mart.user_engagement as "user_month"
     where "user_month"."since_version" <= $7 and $8 < "user_month"."until_version" and true),
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
