-- missing
-- $1 = 1
-- $2 = 1
-- $3 = 1
-- $4 = 1
-- $5 = true
-- $6 = 0
with "totals_core" as (select "a0"::numeric as "a0", null::int as "mark"
  from (select coalesce(sum("source"."num_queries"), 0)::numeric as "a0", count(*) > 0 as "has_rows"
    from (
      select user_month.num_queries as "num_queries"
        from mart.user_engagement as "user_month"
        left join mart.users as "app_user" on app_user.user_id = user_month.user_id and "app_user"."since_version" <= $1 and $2 < "app_user"."until_version"
       where "user_month"."since_version" <= $3 and $4 < "user_month"."until_version" and (app_user.title::raw.title is null) = $5::boolean) as source) as branch),
"totals" as (select coalesce(mark, 0) as kind, "a0"::int8 as "metric_num_queries" from "totals_core")
select $6::int, null::int8, null::int8, kind, "metric_num_queries"::int8 from "totals"
order by 1, 2

-- present
-- $1 = 1
-- $2 = 1
-- $3 = 1
-- $4 = 1
-- $5 = true
-- $6 = 0
with "totals_core" as (select "a0"::numeric as "a0", null::int as "mark"
  from (select coalesce(sum("source"."num_queries"), 0)::numeric as "a0", count(*) > 0 as "has_rows"
    from (
      select user_month.num_queries as "num_queries"
        from mart.user_engagement as "user_month"
        left join mart.users as "app_user" on app_user.user_id = user_month.user_id and "app_user"."since_version" <= $1 and $2 < "app_user"."until_version"
       where "user_month"."since_version" <= $3 and $4 < "user_month"."until_version" and not ((app_user.title::raw.title is null) = $5::boolean)) as source) as branch),
"totals" as (select coalesce(mark, 0) as kind, "a0"::int8 as "metric_num_queries" from "totals_core")
select $6::int, null::int8, null::int8, kind, "metric_num_queries"::int8 from "totals"
order by 1, 2
