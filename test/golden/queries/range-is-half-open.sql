-- before
-- $1 = 1
-- $2 = 1
-- $3 = "2024-01-31T00:00:00.000000"
-- $4 = "2024-02-01T00:00:00.000000"
with "totals_core" as (select "a0"::numeric as "a0", null::int as "mark"
  from (select coalesce(sum("source"."num_queries"), 0)::numeric as "a0", count(*) > 0 as "has_rows"
    from (
      select daily.num_queries as "num_queries"
        from mart.daily_event_summary as "daily"
       where "daily"."since_version" <= $1 and $2 < "daily"."until_version" and true and daily.event_date >= $3::timestamp and daily.event_date < $4::timestamp) as source) as branch),
"totals" as (select coalesce(mark, 0) as kind, "a0"::int8 as "metric_num_queries" from "totals_core")
select 0, null::int8, null::int8, kind, "metric_num_queries"::int8 from "totals"
order by 1, 2

-- from
-- $1 = 1
-- $2 = 1
-- $3 = "2024-02-01T00:00:00.000000"
-- $4 = "2024-02-01T00:00:01.000000"
with "totals_core" as (select "a0"::numeric as "a0", null::int as "mark"
  from (select count(*) as "a0", count(*) > 0 as "has_rows"
    from (
      select 1
        from raw.events as "event"
       where "event"."since_version" <= $1 and $2 < "event"."until_version" and true and event.created >= $3::timestamp and event.created < $4::timestamp) as source) as branch),
"totals" as (select coalesce(mark, 0) as kind, "a0"::int8 as "metric_num_queries" from "totals_core")
select 0, null::int8, null::int8, kind, "metric_num_queries"::int8 from "totals"
order by 1, 2
