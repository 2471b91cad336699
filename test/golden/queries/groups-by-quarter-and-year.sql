-- metrics
-- $1 = 1
-- $2 = 1
-- $3 = 101
-- $4 = 0
with "rows_core" as (select "key_year", "key_quarter", "a0"::numeric as "a0", "a1"::numeric as "a1", case when "has_rows" then 0 end as "mark"
  from (select source."key_year", source."key_quarter", coalesce(sum("source"."num_queries"), 0)::numeric as "a0", count(distinct "source"."user_id") as "a1", count(*) > 0 as "has_rows"
    from (
      select date_trunc('year', user_month.activity_month::timestamp)::date as "key_year", date_trunc('quarter', user_month.activity_month::timestamp)::date as "key_quarter", user_month.num_queries as "num_queries", user_month.user_id as "user_id"
        from mart.user_engagement as "user_month"
       where "user_month"."since_version" <= $1 and $2 < "user_month"."until_version" and true) as source
  group by source."key_year", source."key_quarter") as branch),
"rows" as (select "key_year", "key_quarter", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries", "a1"::int8 as "metric_active_users" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows"),
"rows_page" as (select *, row_number() over (order by "key_year" asc nulls last, "key_quarter" asc nulls last) as position from "surviving" order by position limit $3)
select $4::int, position, null::int8, kind, "key_year"::date, "key_quarter"::date, "metric_num_queries"::int8, "metric_active_users"::int8 from "rows_page"
order by 1, 2
