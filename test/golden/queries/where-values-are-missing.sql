-- missing
-- $1 = 1
-- $2 = 1
-- $3 = true
with "totals_core" as (select "a0"::numeric as "a0", null::int as "mark"
  from (select coalesce(sum("source"."num_queries"), 0)::numeric as "a0", count(*) > 0 as "has_rows"
    from (
      select "event"."num_queries" as "num_queries"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 8 and "event"."since_version" <= $1 and $2 < "event"."until_version" and ("event"."title"::raw.title is null) = $3::boolean) as source) as branch),
"totals" as (select coalesce(mark, 0) as kind, "a0"::int8 as "metric_num_queries" from "totals_core")
select 0, null::int8, null::int8, kind, "metric_num_queries"::int8 from "totals"
order by 1, 2

-- present
-- $1 = 1
-- $2 = 1
-- $3 = true
with "totals_core" as (select "a0"::numeric as "a0", null::int as "mark"
  from (select coalesce(sum("source"."num_queries"), 0)::numeric as "a0", count(*) > 0 as "has_rows"
    from (
      select "event"."num_queries" as "num_queries"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 8 and "event"."since_version" <= $1 and $2 < "event"."until_version" and not (("event"."title"::raw.title is null) = $3::boolean)) as source) as branch),
"totals" as (select coalesce(mark, 0) as kind, "a0"::int8 as "metric_num_queries" from "totals_core")
select 0, null::int8, null::int8, kind, "metric_num_queries"::int8 from "totals"
order by 1, 2
