-- metrics
-- $1 = ["2024-01-01","2024-02-01","2024-03-01"]
-- $2 = ["2024-01-01T00:00:00.000000","2024-02-01T00:00:00.000000","2024-03-01T00:00:00.000000"]
-- $3 = ["2023-12-01T00:00:00.000000","2024-01-01T00:00:00.000000","2024-02-01T00:00:00.000000"]
-- $4 = ["2024-01-01T00:00:00.000000","2024-02-01T00:00:00.000000","2024-03-01T00:00:00.000000"]
-- $5 = "2023-01-01T00:00:00.000000"
-- $6 = "2025-01-01T00:00:00.000000"
-- $7 = 1
-- $8 = 1
-- $9 = "2024-01-01T00:00:00.000000"
-- $10 = "2024-04-01T00:00:00.000000"
-- $11 = "2023-12-01T00:00:00.000000"
-- $12 = "2024-03-01T00:00:00.000000"
-- $13 = 1
-- $14 = 1
-- $15 = 101
with "compare_0" as (select * from unnest($1::date[], $2::timestamp[], $3::timestamp[], $4::timestamp[]) as span("key_month", "start_at", "from_at", "to_at")),
"compare_0_months" as (select "compare_0".*, period::date as period
      from "compare_0",
           generate_series(greatest(from_at::date::timestamp, $5::timestamp),
                           least(to_at, $6::timestamp) - interval '1 microsecond', interval '1 month') as period),
"rows_core" as (select "key_month", coalesce(max("a0"), 0) as "a0", coalesce(max("a2"), 0) as "a2", coalesce(max("a1"), 0) as "a1", coalesce(max("a3"), 0) as "a3", min("mark") as "mark"
    from (select "key_month", "a0"::numeric as "a0", "a2"::numeric as "a2", null::numeric as "a1", null::numeric as "a3", case when "has_rows" then 0 end as "mark"
  from (select source."key_month", coalesce(sum("source"."num_queries"), 0)::numeric as "a0", coalesce(sum("source"."feedback_sum"), 0)::numeric as "a2", count(*) > 0 as "has_rows"
    from (
      select date_trunc('month', "event"."period"::timestamp)::date as "key_month", "event"."num_queries" as "num_queries", "event"."feedback_sum" as "feedback_sum"
        from "rollup"."queries_cube_311d4843" as "event"
       where "event"."level" = 3 and "event"."since_version" <= $7 and $8 < "event"."until_version" and true and "event"."period" >= $9::timestamp and "event"."period" < $10::timestamp) as source
  group by source."key_month") as branch
  union all select "key_month", null::numeric as "a0", null::numeric as "a2", "a1"::numeric as "a1", "a3"::numeric as "a3", case when "has_rows" then 1 end as "mark"
  from (select source."key_month", coalesce(sum("source"."num_queries"), 0)::numeric as "a1", coalesce(sum("source"."feedback_sum"), 0)::numeric as "a3", count(*) > 0 as "has_rows"
    from (
      select "span"."key_month" as "key_month", "event"."num_queries" as "num_queries", "event"."feedback_sum" as "feedback_sum"
        from "compare_0_months" as "span" join "rollup"."queries_cube_311d4843" as "event"
          on ("event"."period")::date = "span"."period" and "event"."period" >= "span"."from_at" and "event"."period" < "span"."to_at" and "event"."period" >= $11::timestamp and "event"."period" < $12::timestamp
       where "event"."level" = 3 and "event"."since_version" <= $13 and $14 < "event"."until_version" and true) as source
  group by source."key_month") as branch) as sides
  group by "key_month"),
"rows" as (select "key_month", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries", "a1"::int8 as "compare_0_previous_num_queries", (("a0"::numeric - "a1"::numeric))::int8 as "compare_0_delta_num_queries", (round(("a0"::numeric - "a1"::numeric), 40) / nullif("a1"::numeric, 0))::float8 as "compare_0_relative_change_num_queries", (round("a2"::numeric, 40) / nullif("a0"::numeric, 0))::float8 as "metric_avg_feedback", (round("a3"::numeric, 40) / nullif("a1"::numeric, 0))::float8 as "compare_0_previous_avg_feedback", (round((("a2"::numeric * nullif("a1"::numeric, 0)) - ("a3"::numeric * nullif("a0"::numeric, 0))), 40) / (nullif("a0"::numeric, 0) * nullif("a1"::numeric, 0)))::float8 as "compare_0_delta_avg_feedback", (round(((("a2"::numeric * nullif("a1"::numeric, 0)) - ("a3"::numeric * nullif("a0"::numeric, 0))) * nullif("a1"::numeric, 0)), 40) / ((nullif("a0"::numeric, 0) * nullif("a1"::numeric, 0)) * nullif("a3"::numeric, 0)))::float8 as "compare_0_relative_change_avg_feedback" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows"),
"rows_page" as (select *, row_number() over (order by "key_month" asc nulls last) as position from "surviving" order by position limit $15)
select 0, position, null::int8, kind, "key_month"::date, "metric_num_queries"::int8, "compare_0_previous_num_queries"::int8, "compare_0_delta_num_queries"::int8, "compare_0_relative_change_num_queries"::float8, "metric_avg_feedback"::float8, "compare_0_previous_avg_feedback"::float8, "compare_0_delta_avg_feedback"::float8, "compare_0_relative_change_avg_feedback"::float8 from "rows_page"
order by 1, 2
