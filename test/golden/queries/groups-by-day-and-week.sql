-- metrics
-- $1 = 1
-- $2 = 1
-- $3 = "2024-02-29T00:00:00.000000"
-- $4 = "2024-04-16T00:00:00.000000"
-- $5 = 101
with "rows_core" as (select "key_week", "key_day", "a0"::numeric as "a0", case when "has_rows" then 0 end as "mark"
  from (select source."key_week", source."key_day", coalesce(sum("source"."num_queries"), 0)::numeric as "a0", count(*) > 0 as "has_rows"
    from (
      select date_trunc('week', daily.event_date::timestamp)::date as "key_week", daily.event_date::date as "key_day", daily.num_queries as "num_queries"
        from mart.daily_event_summary as "daily"
       where "daily"."since_version" <= $1 and $2 < "daily"."until_version" and true and daily.event_date >= $3::timestamp and daily.event_date < $4::timestamp) as source
  group by source."key_week", source."key_day") as branch),
"rows" as (select "key_week", "key_day", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows")
select kind as cell_kind, "key_week"::date as "cell_0", "key_day"::date as "cell_1", "metric_num_queries"::int8 as "cell_2"
  from (select * from "surviving" offset 0) as page order by "key_week" asc nulls last, "key_day" asc nulls last limit $5
