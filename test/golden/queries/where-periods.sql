-- months
-- $1 = 1
-- $2 = 1
-- $3 = "2024-01-01"
-- $4 = "2024-02-01"
-- $5 = 101
with "rows_core" as (select "key_month", "a0", case when "has_rows" then 0 end as "mark"
  from (select source."key_month", coalesce("source"."num_queries", 0) as "a0", true as "has_rows" from (
      select "event"."period"::date as "key_month", "event"."num_queries" as "num_queries"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 3 and "event"."since_version" <= $1 and $2 < "event"."until_version" and ("event"."period" >= $3::timestamp and "event"."period" < ($4::timestamp + interval '1 month'))) as source) as branch),
"rows" as (select "key_month", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows")
select kind as cell_kind, "key_month"::date as "cell_0", "metric_num_queries"::int8 as "cell_1"
  from (select * from "surviving" offset 0) as page order by "key_month" asc nulls last limit $5

-- days
-- $1 = 1
-- $2 = 1
-- $3 = "2024-02-01"
-- $4 = "2024-02-01"
-- $5 = "2024-02-01"
-- $6 = 101
with "rows_core" as (select "key_day", "a0"::numeric as "a0", case when "has_rows" then 0 end as "mark"
  from (select source."key_day", coalesce(sum("source"."num_queries"), 0)::numeric as "a0", count(*) > 0 as "has_rows"
    from (
      select daily.event_date::date as "key_day", daily.num_queries as "num_queries"
        from mart.daily_event_summary as "daily"
       where "daily"."since_version" <= $1 and $2 < "daily"."until_version" and (daily.event_date >= ($3::timestamp + interval '1 day')) and ((daily.event_date >= $4::timestamp and daily.event_date < ($5::timestamp + interval '1 month')))) as source
  group by source."key_day") as branch),
"rows" as (select "key_day", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows")
select kind as cell_kind, "key_day"::date as "cell_0", "metric_num_queries"::int8 as "cell_1"
  from (select * from "surviving" offset 0) as page order by "key_day" asc nulls last limit $6
