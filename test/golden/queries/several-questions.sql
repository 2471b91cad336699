-- all
-- $1 = 1
-- $2 = 1
-- $3 = 101
with "rows_core" as (select "key_event_type", "a0", case when "has_rows" then 0 end as "mark"
  from (select source."key_event_type", coalesce("source"."num_queries", 0) as "a0", true as "has_rows" from (
      select "event"."event_type"::raw.event_type as "key_event_type", "event"."num_queries" as "num_queries"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 12 and "event"."since_version" <= $1 and $2 < "event"."until_version" and true) as source) as branch),
"rows" as (select "key_event_type", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows")
select kind as cell_kind, "key_event_type"::text as "cell_0", "metric_num_queries"::int8 as "cell_1"
  from (select * from "surviving" offset 0) as page order by "key_event_type" asc nulls last limit $3

-- partners
-- $1 = 1
-- $2 = 1
-- $3 = "PARTNER"
-- $4 = 101
with "rows_core" as (select "key_event_type", "a0", case when "has_rows" then 0 end as "mark"
  from (select source."key_event_type", coalesce("source"."num_queries", 0) as "a0", true as "has_rows" from (
      select "event"."event_type"::raw.event_type as "key_event_type", "event"."num_queries" as "num_queries"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 24 and "event"."since_version" <= $1 and $2 < "event"."until_version" and coalesce("event"."title"::raw.title = $3::raw.title, false)) as source) as branch),
"rows" as (select "key_event_type", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows")
select kind as cell_kind, "key_event_type"::text as "cell_0", "metric_num_queries"::int8 as "cell_1"
  from (select * from "surviving" offset 0) as page order by "key_event_type" asc nulls last limit $4
