-- metrics
-- $1 = ["2024-04-01"]
-- $2 = ["2024-04-01T00:00:00.000000"]
-- $3 = ["2024-03-01T00:00:00.000000"]
-- $4 = ["2024-03-15T15:00:00.000000"]
-- $5 = "2023-01-01T00:00:00.000000"
-- $6 = "2025-01-01T00:00:00.000000"
-- $7 = ["2024-04-01"]
-- $8 = ["2024-04-01T00:00:00.000000"]
-- $9 = ["2024-03-01T00:00:00.000000"]
-- $10 = ["2024-04-01T00:00:00.000000"]
-- $11 = "2023-01-01T00:00:00.000000"
-- $12 = "2025-01-01T00:00:00.000000"
-- $13 = ["2024-04-01"]
-- $14 = ["2024-04-01T00:00:00.000000"]
-- $15 = ["2024-03-01T00:00:00.000000"]
-- $16 = ["2024-04-01T00:00:00.000000"]
-- $17 = "2023-01-01T00:00:00.000000"
-- $18 = "2025-01-01T00:00:00.000000"
-- $19 = 1
-- $20 = 1
-- $21 = "2024-04-01T00:00:00.000000"
-- $22 = "2024-05-01T00:00:00.000000"
-- $23 = "2024-03-01T00:00:00.000000"
-- $24 = "2024-03-15T15:00:00.000000"
-- $25 = 1
-- $26 = 1
-- $27 = 1
-- $28 = 1
-- $29 = "2024-04-01T00:00:00.000000"
-- $30 = "2024-05-01T00:00:00.000000"
-- $31 = "2024-03-01T00:00:00.000000"
-- $32 = "2024-04-01T00:00:00.000000"
-- $33 = 1
-- $34 = 1
-- $35 = "2024-03-01T00:00:00.000000"
-- $36 = "2024-04-01T00:00:00.000000"
-- $37 = 1
-- $38 = 1
-- $39 = "2024-03-01T00:00:00.000000"
-- $40 = "2024-04-01T00:00:00.000000"
-- $41 = 1
-- $42 = 1
-- $43 = 101
with "compare_0" as (select * from unnest($1::date[], $2::timestamp[], $3::timestamp[], $4::timestamp[]) as span("key_month", "start_at", "from_at", "to_at")),
"compare_0_days" as (select "compare_0".*, period::date as period
      from "compare_0",
           generate_series(greatest(from_at::date::timestamp, $5::timestamp),
                           least(to_at, $6::timestamp) - interval '1 microsecond', interval '1 day') as period),
"compare_0_whole" as (select * from unnest($7::date[], $8::timestamp[], $9::timestamp[], $10::timestamp[]) as span("key_month", "start_at", "from_at", "to_at")),
"compare_0_whole_months" as (select "compare_0_whole".*, period::date as period
      from "compare_0_whole",
           generate_series(greatest(from_at::date::timestamp, $11::timestamp),
                           least(to_at, $12::timestamp) - interval '1 microsecond', interval '1 month') as period),
"compare_1" as (select * from unnest($13::date[], $14::timestamp[], $15::timestamp[], $16::timestamp[]) as span("key_month", "start_at", "from_at", "to_at")),
"compare_1_months" as (select "compare_1".*, period::date as period
      from "compare_1",
           generate_series(greatest(from_at::date::timestamp, $17::timestamp),
                           least(to_at, $18::timestamp) - interval '1 microsecond', interval '1 month') as period),
"rows_core" as (select "key_month", coalesce(max("a0"), 0) as "a0", coalesce(max("a1"), 0) as "a1", coalesce(max("a2"), 0) as "a2", coalesce(max("a3"), 0) as "a3", coalesce(max("a4"), 0) as "a4", coalesce(max("a5"), 0) as "a5", coalesce(max("a6"), 0) as "a6", coalesce(max("a7"), 0) as "a7", coalesce(max("a8"), 0) as "a8", min("mark") as "mark"
    from (select "key_month", "a0"::numeric as "a0", null::numeric as "a1", null::numeric as "a2", null::numeric as "a3", null::numeric as "a4", null::numeric as "a5", null::numeric as "a6", null::numeric as "a7", null::numeric as "a8", case when "has_rows" then 0 end as "mark"
  from (select source."key_month", coalesce(sum("source"."num_queries"), 0)::numeric as "a0", count(*) > 0 as "has_rows"
    from (
      select date_trunc('month', "event"."period"::timestamp)::date as "key_month", "event"."num_queries" as "num_queries"
        from "rollup"."queries_cube_311d4843" as "event"
       where "event"."level" = 3 and "event"."since_version" <= $19 and $20 < "event"."until_version" and true and "event"."period" >= $21::timestamp and "event"."period" < $22::timestamp) as source
  group by source."key_month") as branch
  union all select "key_month", null::numeric as "a0", "a1"::numeric as "a1", null::numeric as "a2", null::numeric as "a3", null::numeric as "a4", null::numeric as "a5", null::numeric as "a6", null::numeric as "a7", null::numeric as "a8", case when "has_rows" then 1 end as "mark"
  from (select source."key_month", count(*) as "a1", count(*) > 0 as "has_rows"
    from (
      select "span"."key_month" as "key_month"
        from "compare_0_days" as "span" join raw.events as "event"
          on (event.created)::date = "span"."period" and event.created >= "span"."from_at" and event.created < "span"."to_at" and event.created >= $23::timestamp and event.created < $24::timestamp
       where "event"."since_version" <= $25 and $26 < "event"."until_version" and true) as source
  group by source."key_month") as branch
  union all select "key_month", null::numeric as "a0", null::numeric as "a1", "a2"::numeric as "a2", "a3"::numeric as "a3", null::numeric as "a4", null::numeric as "a5", null::numeric as "a6", null::numeric as "a7", null::numeric as "a8", case when "has_rows" then 0 end as "mark"
  from (select source."key_month", coalesce(max("source"."engagement_score_sum"), 0) as "a2", coalesce(max("source"."engagement_score_count"), 0) as "a3", count(*) > 0 as "has_rows"
    from (
      select date_trunc('month', "user_month"."period"::timestamp)::date as "key_month", "user_month"."engagement_score_sum" as "engagement_score_sum", "user_month"."engagement_score_count" as "engagement_score_count"
        from "rollup"."user_months_cube_da953483" as "user_month"
       where "user_month"."level" = 3 and "user_month"."since_version" <= $27 and $28 < "user_month"."until_version" and true and "user_month"."period" >= $29::timestamp and "user_month"."period" < $30::timestamp) as source
  group by source."key_month") as branch
  union all select "key_month", null::numeric as "a0", null::numeric as "a1", null::numeric as "a2", null::numeric as "a3", "a4"::numeric as "a4", "a5"::numeric as "a5", null::numeric as "a6", null::numeric as "a7", null::numeric as "a8", null::int as "mark"
  from (select source."key_month", coalesce(max("source"."engagement_score_sum"), 0) as "a4", coalesce(max("source"."engagement_score_count"), 0) as "a5", count(*) > 0 as "has_rows"
    from (
      select "span"."key_month" as "key_month", "user_month"."engagement_score_sum" as "engagement_score_sum", "user_month"."engagement_score_count" as "engagement_score_count"
        from "compare_0_whole_months" as "span" join "rollup"."user_months_cube_da953483" as "user_month"
          on ("user_month"."period")::date = "span"."period" and "user_month"."period" >= "span"."from_at" and "user_month"."period" < "span"."to_at" and "user_month"."period" >= $31::timestamp and "user_month"."period" < $32::timestamp
       where "user_month"."level" = 3 and "user_month"."since_version" <= $33 and $34 < "user_month"."until_version" and true) as source
  group by source."key_month") as branch
  union all select "key_month", null::numeric as "a0", null::numeric as "a1", null::numeric as "a2", null::numeric as "a3", null::numeric as "a4", null::numeric as "a5", "a6"::numeric as "a6", null::numeric as "a7", null::numeric as "a8", case when "has_rows" then 1 end as "mark"
  from (select source."key_month", coalesce(sum("source"."num_queries"), 0)::numeric as "a6", count(*) > 0 as "has_rows"
    from (
      select "span"."key_month" as "key_month", "event"."num_queries" as "num_queries"
        from "compare_1_months" as "span" join "rollup"."queries_cube_311d4843" as "event"
          on ("event"."period")::date = "span"."period" and "event"."period" >= "span"."from_at" and "event"."period" < "span"."to_at" and "event"."period" >= $35::timestamp and "event"."period" < $36::timestamp
       where "event"."level" = 3 and "event"."since_version" <= $37 and $38 < "event"."until_version" and true) as source
  group by source."key_month") as branch
  union all select "key_month", null::numeric as "a0", null::numeric as "a1", null::numeric as "a2", null::numeric as "a3", null::numeric as "a4", null::numeric as "a5", null::numeric as "a6", "a7"::numeric as "a7", "a8"::numeric as "a8", null::int as "mark"
  from (select source."key_month", coalesce(max("source"."engagement_score_sum"), 0) as "a7", coalesce(max("source"."engagement_score_count"), 0) as "a8", count(*) > 0 as "has_rows"
    from (
      select "span"."key_month" as "key_month", "user_month"."engagement_score_sum" as "engagement_score_sum", "user_month"."engagement_score_count" as "engagement_score_count"
        from "compare_1_months" as "span" join "rollup"."user_months_cube_da953483" as "user_month"
          on ("user_month"."period")::date = "span"."period" and "user_month"."period" >= "span"."from_at" and "user_month"."period" < "span"."to_at" and "user_month"."period" >= $39::timestamp and "user_month"."period" < $40::timestamp
       where "user_month"."level" = 3 and "user_month"."since_version" <= $41 and $42 < "user_month"."until_version" and true) as source
  group by source."key_month") as branch) as sides
  group by "key_month"),
"rows" as (select "key_month", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries", "a1"::int8 as "compare_0_previous_num_queries", (("a0"::numeric - "a1"::numeric))::int8 as "compare_0_delta_num_queries", (round(("a0"::numeric - "a1"::numeric), 40) / nullif("a1"::numeric, 0))::float8 as "compare_0_relative_change_num_queries", (round("a2"::numeric, 40) / nullif("a3"::numeric, 0))::float8 as "metric_engagement_score", (round("a4"::numeric, 40) / nullif("a5"::numeric, 0))::float8 as "compare_0_previous_engagement_score", (round((("a2"::numeric * nullif("a5"::numeric, 0)) - ("a4"::numeric * nullif("a3"::numeric, 0))), 40) / (nullif("a3"::numeric, 0) * nullif("a5"::numeric, 0)))::float8 as "compare_0_delta_engagement_score", (round(((("a2"::numeric * nullif("a5"::numeric, 0)) - ("a4"::numeric * nullif("a3"::numeric, 0))) * nullif("a5"::numeric, 0)), 40) / ((nullif("a3"::numeric, 0) * nullif("a5"::numeric, 0)) * nullif("a4"::numeric, 0)))::float8 as "compare_0_relative_change_engagement_score", "a6"::int8 as "compare_1_previous_num_queries", (("a0"::numeric - "a6"::numeric))::int8 as "compare_1_delta_num_queries", (round(("a0"::numeric - "a6"::numeric), 40) / nullif("a6"::numeric, 0))::float8 as "compare_1_relative_change_num_queries", (round("a7"::numeric, 40) / nullif("a8"::numeric, 0))::float8 as "compare_1_previous_engagement_score", (round((("a2"::numeric * nullif("a8"::numeric, 0)) - ("a7"::numeric * nullif("a3"::numeric, 0))), 40) / (nullif("a3"::numeric, 0) * nullif("a8"::numeric, 0)))::float8 as "compare_1_delta_engagement_score", (round(((("a2"::numeric * nullif("a8"::numeric, 0)) - ("a7"::numeric * nullif("a3"::numeric, 0))) * nullif("a8"::numeric, 0)), 40) / ((nullif("a3"::numeric, 0) * nullif("a8"::numeric, 0)) * nullif("a7"::numeric, 0)))::float8 as "compare_1_relative_change_engagement_score" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows"),
"rows_page" as (select *, row_number() over (order by "key_month" asc nulls last) as position from "surviving" order by position limit $43)
select 0, position, null::int8, kind, "key_month"::date, "metric_num_queries"::int8, "compare_0_previous_num_queries"::int8, "compare_0_delta_num_queries"::int8, "compare_0_relative_change_num_queries"::float8, "metric_engagement_score"::float8, "compare_0_previous_engagement_score"::float8, "compare_0_delta_engagement_score"::float8, "compare_0_relative_change_engagement_score"::float8, "compare_1_previous_num_queries"::int8, "compare_1_delta_num_queries"::int8, "compare_1_relative_change_num_queries"::float8, "compare_1_previous_engagement_score"::float8, "compare_1_delta_engagement_score"::float8, "compare_1_relative_change_engagement_score"::float8 from "rows_page"
order by 1, 2
