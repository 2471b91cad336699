-- metrics
-- $1 = ["2024-02-01T00:00:00.000000"]
-- $2 = ["2024-01-01T00:00:00.000000"]
-- $3 = ["2024-02-01T00:00:00.000000"]
-- $4 = "2023-01-01T00:00:00.000000"
-- $5 = "2025-01-01T00:00:00.000000"
-- $6 = 1
-- $7 = 1
-- $8 = "2024-02-01T00:00:00.000000"
-- $9 = "2024-03-01T00:00:00.000000"
-- $10 = "2024-01-01T00:00:00.000000"
-- $11 = "2024-02-01T00:00:00.000000"
-- $12 = 1
-- $13 = 1
-- $14 = 101
with "compare_0" as (select * from unnest($1::timestamp[], $2::timestamp[], $3::timestamp[]) as span("start_at", "from_at", "to_at")),
"compare_0_months" as (select "compare_0".*, period::date as period
      from "compare_0",
           generate_series(greatest(from_at::date::timestamp, $4::timestamp),
                           least(to_at, $5::timestamp) - interval '1 microsecond', interval '1 month') as period),
"rows_core" as (select "key_firm", coalesce(max("a0"), 0) as "a0", coalesce(max("a1"), 0) as "a1", min("mark") as "mark"
    from (select "key_firm", "a0"::numeric as "a0", null::numeric as "a1", case when "has_rows" then 0 end as "mark"
  from (select source."key_firm", coalesce(sum("source"."num_queries"), 0)::numeric as "a0", count(*) > 0 as "has_rows"
    from (
      select "event"."firm_id"::bigint as "key_firm", "event"."num_queries" as "num_queries"
        from "rollup"."queries_cube_311d4843" as "event"
       where "event"."level" = 7 and "event"."since_version" <= $6 and $7 < "event"."until_version" and true and "event"."period" >= $8::timestamp and "event"."period" < $9::timestamp) as source
  group by source."key_firm") as branch
  union all select "key_firm", null::numeric as "a0", "a1"::numeric as "a1", case when "has_rows" then 1 end as "mark"
  from (select source."key_firm", coalesce(sum("source"."num_queries"), 0)::numeric as "a1", count(*) > 0 as "has_rows"
    from (
      select "event"."firm_id"::bigint as "key_firm", "event"."num_queries" as "num_queries"
        from "compare_0_months" as "span" join "rollup"."queries_cube_311d4843" as "event"
          on ("event"."period")::date = "span"."period" and "event"."period" >= "span"."from_at" and "event"."period" < "span"."to_at" and "event"."period" >= $10::timestamp and "event"."period" < $11::timestamp
       where "event"."level" = 7 and "event"."since_version" <= $12 and $13 < "event"."until_version" and true) as source
  group by source."key_firm") as branch) as sides
  group by "key_firm"),
"rows" as (select "key_firm", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries", "a1"::int8 as "compare_0_previous_num_queries", (("a0"::numeric - "a1"::numeric))::int8 as "compare_0_delta_num_queries", (round(("a0"::numeric - "a1"::numeric), 40) / nullif("a1"::numeric, 0))::float8 as "compare_0_relative_change_num_queries" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows"),
"rows_page" as (select *, row_number() over (order by "key_firm" asc nulls last) as position from "surviving" order by position limit $14)
select 0, position, null::int8, kind, "key_firm"::bigint, "metric_num_queries"::int8, "compare_0_previous_num_queries"::int8, "compare_0_delta_num_queries"::int8, "compare_0_relative_change_num_queries"::float8 from "rows_page"
order by 1, 2
