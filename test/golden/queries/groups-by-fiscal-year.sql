-- metrics
-- $1 = 3
-- $2 = 3
-- $3 = 3
-- $4 = 3
-- $5 = 1
-- $6 = 1
-- $7 = 101
with "rows_core" as (select "key_year", "key_quarter", "a0"::numeric as "a0", case when "has_rows" then 0 end as "mark"
  from (select source."key_year", source."key_quarter", coalesce(sum("source"."num_queries"), 0)::numeric as "a0", count(*) > 0 as "has_rows"
    from (
      select (date_trunc('year', daily.event_date::timestamp - make_interval(months => $1::int)) + make_interval(months => $2::int))::date as "key_year", (date_trunc('quarter', daily.event_date::timestamp - make_interval(months => $3::int)) + make_interval(months => $4::int))::date as "key_quarter", daily.num_queries as "num_queries"
        from mart.daily_event_summary as "daily"
       where "daily"."since_version" <= $5 and $6 < "daily"."until_version" and true) as source
  group by source."key_year", source."key_quarter") as branch),
"rows" as (select "key_year", "key_quarter", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows")
select kind as cell_kind, "key_year"::date as "cell_0", "key_quarter"::date as "cell_1", "metric_num_queries"::int8 as "cell_2"
  from (select * from "surviving" offset 0) as page order by "key_year" asc nulls last, "key_quarter" asc nulls last limit $7
