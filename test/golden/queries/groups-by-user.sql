-- metrics
-- $1 = 1
-- $2 = 1
-- $3 = 101
with "rows_core" as (select "key_user", "a0"::numeric as "a0", "a1"::numeric as "a1", case when "has_rows" then 0 end as "mark"
  from (select source."key_user", count(*) as "a0", count(distinct "source"."period_day") as "a1", count(*) > 0 as "has_rows"
    from (
      select event.user_id::text as "key_user", date_trunc('day', event.created::timestamp)::date as "period_day"
        from raw.events as "event"
       where "event"."since_version" <= $1 and $2 < "event"."until_version" and true) as source
  group by source."key_user") as branch),
"rows" as (select "key_user", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries", "a1"::int8 as "metric_active_days" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows")
select kind as cell_kind, "key_user"::text as "cell_0", "metric_num_queries"::int8 as "cell_1", "metric_active_days"::int8 as "cell_2"
  from (select * from "surviving" offset 0) as page order by "key_user" collate "C" asc nulls last limit $3
