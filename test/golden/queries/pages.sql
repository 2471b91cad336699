-- metrics
-- $1 = 1
-- $2 = 1
-- $3 = 6
with "rows_core" as (select "key_month", "key_user", "a0"::numeric as "a0", case when "has_rows" then 0 end as "mark"
  from (select source."key_month", source."key_user", coalesce(sum("source"."num_queries"), 0)::numeric as "a0", count(*) > 0 as "has_rows"
    from (
      select user_month.activity_month::date as "key_month", user_month.user_id::text as "key_user", user_month.num_queries as "num_queries"
        from mart.user_engagement as "user_month"
       where "user_month"."since_version" <= $1 and $2 < "user_month"."until_version" and true) as source
  group by source."key_month", source."key_user") as branch),
"rows" as (select "key_month", "key_user", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows"),
"rows_page" as (select *, row_number() over (order by "metric_num_queries" desc nulls last, "key_month" asc nulls last, "key_user" collate "C" asc nulls last) as position from "surviving" order by "metric_num_queries" desc nulls last, "key_month" asc nulls last, "key_user" collate "C" asc nulls last limit $3)
select 0, position, null::int8, kind, "key_month"::date, "key_user"::text, "metric_num_queries"::int8 from "rows_page"
union all
select 0, null::int8, count(*), null::int, null::date, null::text, null::int8 from "surviving"
order by 1, 2
