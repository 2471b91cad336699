-- powerUsers
-- $1 = 1
-- $2 = 1
-- $3 = 1
-- $4 = 1
-- $5 = true
-- $6 = 101
with "rows_core" as (select "key_user", "key_month", "a0"::numeric as "a0", case when "has_rows" then 0 end as "mark"
  from (select source."key_user", source."key_month", coalesce(sum("source"."num_queries"), 0)::numeric as "a0", count(*) > 0 as "has_rows"
    from (
      select user_month.user_id::text as "key_user", user_month.activity_month::date as "key_month", user_month.num_queries as "num_queries"
        from mart.user_engagement as "user_month"
        left join mart.user_engagement as "previous_month" on previous_month.user_id = user_month.user_id
          and previous_month.activity_month = (user_month.activity_month - interval '1 month')::date and "previous_month"."since_version" <= $1 and $2 < "previous_month"."until_version"
       where "user_month"."since_version" <= $3 and $4 < "user_month"."until_version" and 
  (user_month.engagement_level = 'HIGH' and previous_month.user_id is not null and 
  ((user_month.num_assistant_queries > 0)::int + (user_month.num_vault_queries > 0)::int
    + (user_month.num_workflow_queries > 0)::int) >= 2)::boolean = $5::boolean) as source
  group by source."key_user", source."key_month") as branch),
"rows" as (select "key_user", "key_month", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows")
select kind as cell_kind, "key_user"::text as "cell_0", "key_month"::date as "cell_1", "metric_num_queries"::int8 as "cell_2"
  from (select * from "surviving" offset 0) as page order by "key_user" collate "C" asc nulls last, "key_month" asc nulls last limit $6

-- severalTypes
-- $1 = 1
-- $2 = 1
-- $3 = 2
-- $4 = 101
with "rows_core" as (select "key_user", "key_month", "a0"::numeric as "a0", case when "has_rows" then 0 end as "mark"
  from (select source."key_user", source."key_month", coalesce(sum("source"."num_queries"), 0)::numeric as "a0", count(*) > 0 as "has_rows"
    from (
      select user_month.user_id::text as "key_user", user_month.activity_month::date as "key_month", user_month.num_queries as "num_queries"
        from mart.user_engagement as "user_month"
       where "user_month"."since_version" <= $1 and $2 < "user_month"."until_version" and 
  ((user_month.num_assistant_queries > 0)::int + (user_month.num_vault_queries > 0)::int
    + (user_month.num_workflow_queries > 0)::int)::int >= $3::int) as source
  group by source."key_user", source."key_month") as branch),
"rows" as (select "key_user", "key_month", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows")
select kind as cell_kind, "key_user"::text as "cell_0", "key_month"::date as "cell_1", "metric_num_queries"::int8 as "cell_2"
  from (select * from "surviving" offset 0) as page order by "key_user" collate "C" asc nulls last, "key_month" asc nulls last limit $4
