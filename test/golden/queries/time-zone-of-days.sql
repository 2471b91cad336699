-- metrics
-- $1 = "Europe/Berlin"
-- $2 = "Europe/Berlin"
-- $3 = "Europe/Berlin"
-- $4 = 1
-- $5 = 1
-- $6 = "Europe/Berlin"
-- $7 = "2024-01-01"
-- $8 = 101
with "rows_core" as (select "key_month", "key_day", "a0"::numeric as "a0", "a1"::numeric as "a1", case when "has_rows" then 0 end as "mark"
  from (select source."key_month", source."key_day", count(*) as "a0", (count(*) > 0)::int as "a1", count(*) > 0 as "has_rows"
    from (
      select date_trunc('month', (event.created at time zone 'UTC' at time zone $1)::timestamp)::date as "key_month", date_trunc('day', (event.created at time zone 'UTC' at time zone $2)::timestamp)::date as "key_day", date_trunc('day', (event.created at time zone 'UTC' at time zone $3)::timestamp)::date as "period_day"
        from raw.events as "event"
       where "event"."since_version" <= $4 and $5 < "event"."until_version" and (event.created at time zone 'UTC' at time zone $6) >= $7::timestamp) as source
  group by source."key_month", source."key_day") as branch),
"rows" as (select "key_month", "key_day", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries", "a1"::int8 as "metric_active_days" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows")
select kind as cell_kind, "key_month"::date as "cell_0", "key_day"::date as "cell_1", "metric_num_queries"::int8 as "cell_2", "metric_active_days"::int8 as "cell_3"
  from (select * from "surviving" offset 0) as page order by "key_month" asc nulls last, "key_day" asc nulls last limit $8
