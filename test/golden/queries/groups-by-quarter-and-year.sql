-- metrics
-- $1 = 1
-- $2 = 1
-- $3 = 101
with "rows_core" as (select "key_year", "key_quarter", "a0"::numeric as "a0", "a1"::numeric as "a1", case when "has_rows" then 0 end as "mark"
  from (select source."key_year", source."key_quarter", coalesce(sum("source"."num_queries"), 0)::numeric as "a0", coalesce(max("source"."active_users"), 0) as "a1", count(*) > 0 as "has_rows"
    from (
      select date_trunc('year', "event"."period"::timestamp)::date as "key_year", date_trunc('quarter', "event"."period"::timestamp)::date as "key_quarter", "event"."num_queries" as "num_queries", "event"."active_users" as "active_users"
        from "rollup"."queries_cube_311d4843" as "event"
       where "event"."level" = 2 and "event"."since_version" <= $1 and $2 < "event"."until_version" and true) as source
  group by source."key_year", source."key_quarter") as branch),
"rows" as (select "key_year", "key_quarter", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries", "a1"::int8 as "metric_active_users" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows"),
"rows_page" as (select *, row_number() over (order by "key_year" asc nulls last, "key_quarter" asc nulls last) as position from "surviving" order by position limit $3)
select 0, position, null::int8, kind, "key_year"::date, "key_quarter"::date, "metric_num_queries"::int8, "metric_active_users"::int8 from "rows_page"
order by 1, 2
