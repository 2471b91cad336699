-- metrics
-- $1 = 1
-- $2 = 1
-- $3 = 1
-- $4 = 1
-- $5 = 101
with "rows_core" as (select "key_month", "key_engagement_level", "key_power_user", "key_interaction_types_used", "a0"::numeric as "a0", "a1"::numeric as "a1", case when "has_rows" then 0 end as "mark"
  from (select source."key_month", source."key_engagement_level", source."key_power_user", source."key_interaction_types_used", coalesce(sum("source"."num_queries"), 0)::numeric as "a0", count(distinct "source"."user_id") as "a1", count(*) > 0 as "has_rows"
    from (
      select user_month.activity_month::date as "key_month", user_month.engagement_level::mart.engagement_level as "key_engagement_level", 
  (user_month.engagement_level = 'HIGH' and previous_month.user_id is not null and 
  ((user_month.num_assistant_queries > 0)::int + (user_month.num_vault_queries > 0)::int
    + (user_month.num_workflow_queries > 0)::int) >= 2)::boolean as "key_power_user", 
  ((user_month.num_assistant_queries > 0)::int + (user_month.num_vault_queries > 0)::int
    + (user_month.num_workflow_queries > 0)::int)::int as "key_interaction_types_used", user_month.num_queries as "num_queries", user_month.user_id as "user_id"
        from mart.user_engagement as "user_month"
        left join mart.user_engagement as "previous_month" on previous_month.user_id = user_month.user_id
          and previous_month.activity_month = (user_month.activity_month - interval '1 month')::date and "previous_month"."since_version" <= $1 and $2 < "previous_month"."until_version"
       where "user_month"."since_version" <= $3 and $4 < "user_month"."until_version" and true) as source
  group by source."key_month", source."key_engagement_level", source."key_power_user", source."key_interaction_types_used") as branch),
"rows" as (select "key_month", "key_engagement_level", "key_power_user", "key_interaction_types_used", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries", "a1"::int8 as "metric_active_users" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows")
select kind as cell_kind, "key_month"::date as "cell_0", "key_engagement_level"::text as "cell_1", "key_power_user"::boolean as "cell_2", "key_interaction_types_used"::int as "cell_3", "metric_num_queries"::int8 as "cell_4", "metric_active_users"::int8 as "cell_5"
  from (select * from "surviving" offset 0) as page order by "key_month" asc nulls last, "key_engagement_level" asc nulls last, "key_power_user" asc nulls last, "key_interaction_types_used" asc nulls last limit $5
