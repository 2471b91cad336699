-- metrics
-- $1 = ["2024-04-01"]
-- $2 = ["2024-04-01T00:00:00.000000"]
-- $3 = ["2024-03-01T00:00:00.000000"]
-- $4 = ["2024-03-15T15:00:00.000000"]
-- $5 = "2023-01-01T00:00:00.000000"
-- $6 = "2025-01-01T00:00:00.000000"
-- $7 = ["2024-04-01"]
-- $8 = ["2024-03-01T00:00:00.000000"]
-- $9 = ["2024-04-01"]
-- $10 = ["2024-03-01T00:00:00.000000"]
-- $11 = 1
-- $12 = 1
-- $13 = "2024-04-01T00:00:00.000000"
-- $14 = "2024-05-01T00:00:00.000000"
-- $15 = "2024-03-01T00:00:00.000000"
-- $16 = "2024-03-15T15:00:00.000000"
-- $17 = 1
-- $18 = 1
-- $19 = 1
-- $20 = 1
-- $21 = "2024-04-01T00:00:00.000000"
-- $22 = "2024-05-01T00:00:00.000000"
-- $23 = 1
-- $24 = 1
-- $25 = 1
-- $26 = 1
-- $27 = 1
-- $28 = 1
-- $29 = 101
with "compare_0" as (select * from unnest($1::date[], $2::timestamp[], $3::timestamp[], $4::timestamp[]) as span("key_month", "start_at", "from_at", "to_at")),
"compare_0_days" as (select "compare_0".*, period::date as period
      from "compare_0",
           generate_series(greatest(from_at::date::timestamp, $5::timestamp),
                           least(to_at, $6::timestamp) - interval '1 microsecond', interval '1 day') as period),
"compare_0_whole" as (select * from unnest($7::date[], $8::timestamp[]) as span("key_month", "from_at")),
"compare_1" as (select * from unnest($9::date[], $10::timestamp[]) as span("key_month", "from_at")),
"rows_core" as (select "key_month", coalesce(max("a0"), 0) as "a0", coalesce(max("a1"), 0) as "a1", coalesce(max("a2"), 0) as "a2", coalesce(max("a3"), 0) as "a3", coalesce(max("a4"), 0) as "a4", coalesce(max("a5"), 0) as "a5", coalesce(max("a6"), 0) as "a6", coalesce(max("a7"), 0) as "a7", coalesce(max("a8"), 0) as "a8", min("mark") as "mark"
    from (select "key_month", "a0", null::numeric as "a1", null::numeric as "a2", null::numeric as "a3", null::numeric as "a4", null::numeric as "a5", null::numeric as "a6", null::numeric as "a7", null::numeric as "a8", case when "has_rows" then 0 end as "mark"
  from (select source."key_month", coalesce("source"."num_queries", 0) as "a0", true as "has_rows" from (
      select "event"."period"::date as "key_month", "event"."num_queries" as "num_queries"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 3 and "event"."since_version" <= $11 and $12 < "event"."until_version" and true and "event"."period" >= $13::timestamp and "event"."period" < $14::timestamp) as source) as branch
  union all select "key_month", null::numeric as "a0", "a1"::numeric as "a1", null::numeric as "a2", null::numeric as "a3", null::numeric as "a4", null::numeric as "a5", null::numeric as "a6", null::numeric as "a7", null::numeric as "a8", case when "has_rows" then 1 end as "mark"
  from (select source."key_month", count(*) as "a1", count(*) > 0 as "has_rows"
    from (
      select "span"."key_month" as "key_month"
        from "compare_0_days" as "span" join raw.events as "event"
          on (event.created)::date = "span"."period" and event.created >= "span"."from_at" and event.created < "span"."to_at" and event.created >= $15::timestamp and event.created < $16::timestamp
       where "event"."since_version" <= $17 and $18 < "event"."until_version" and true) as source
  group by source."key_month") as branch
  union all select "key_month", null::numeric as "a0", null::numeric as "a1", "a2", "a3", null::numeric as "a4", null::numeric as "a5", null::numeric as "a6", null::numeric as "a7", null::numeric as "a8", case when "has_rows" then 0 end as "mark"
  from (select source."key_month", coalesce("source"."engagement_score_sum", 0) as "a2", coalesce("source"."engagement_score_count", 0) as "a3", true as "has_rows" from (
      select "user_month"."period"::date as "key_month", "user_month"."engagement_score_sum" as "engagement_score_sum", "user_month"."engagement_score_count" as "engagement_score_count"
        from "rollup"."user_months_cube_b1068e11" as "user_month"
       where "user_month"."level" = 3 and "user_month"."since_version" <= $19 and $20 < "user_month"."until_version" and true and "user_month"."period" >= $21::timestamp and "user_month"."period" < $22::timestamp) as source) as branch
  union all select "key_month", null::numeric as "a0", null::numeric as "a1", null::numeric as "a2", null::numeric as "a3", "a4", "a5", null::numeric as "a6", null::numeric as "a7", null::numeric as "a8", null::int as "mark"
  from (select source."key_month", coalesce("source"."engagement_score_sum", 0) as "a4", coalesce("source"."engagement_score_count", 0) as "a5", true as "has_rows" from (
      select "span"."key_month" as "key_month", "user_month"."engagement_score_sum" as "engagement_score_sum", "user_month"."engagement_score_count" as "engagement_score_count"
        from "compare_0_whole" as "span" join "rollup"."user_months_cube_b1068e11" as "user_month"
          on "user_month"."period" = ("span"."from_at")::date
       where "user_month"."level" = 3 and "user_month"."since_version" <= $23 and $24 < "user_month"."until_version" and true) as source) as branch
  union all select "key_month", null::numeric as "a0", null::numeric as "a1", null::numeric as "a2", null::numeric as "a3", null::numeric as "a4", null::numeric as "a5", "a6", null::numeric as "a7", null::numeric as "a8", case when "has_rows" then 1 end as "mark"
  from (select source."key_month", coalesce("source"."num_queries", 0) as "a6", true as "has_rows" from (
      select "span"."key_month" as "key_month", "event"."num_queries" as "num_queries"
        from "compare_1" as "span" join "rollup"."queries_cube_f2081a82" as "event"
          on "event"."period" = ("span"."from_at")::date
       where "event"."level" = 3 and "event"."since_version" <= $25 and $26 < "event"."until_version" and true) as source) as branch
  union all select "key_month", null::numeric as "a0", null::numeric as "a1", null::numeric as "a2", null::numeric as "a3", null::numeric as "a4", null::numeric as "a5", null::numeric as "a6", "a7", "a8", null::int as "mark"
  from (select source."key_month", coalesce("source"."engagement_score_sum", 0) as "a7", coalesce("source"."engagement_score_count", 0) as "a8", true as "has_rows" from (
      select "span"."key_month" as "key_month", "user_month"."engagement_score_sum" as "engagement_score_sum", "user_month"."engagement_score_count" as "engagement_score_count"
        from "compare_1" as "span" join "rollup"."user_months_cube_b1068e11" as "user_month"
          on "user_month"."period" = ("span"."from_at")::date
       where "user_month"."level" = 3 and "user_month"."since_version" <= $27 and $28 < "user_month"."until_version" and true) as source) as branch) as sides
  group by "key_month"),
"rows" as (select "key_month", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries", "a1"::int8 as "compare_0_previous_num_queries", (("a0"::numeric - "a1"))::int8 as "compare_0_delta_num_queries", case when ("a0"::numeric - "a1") between -9007199254740991 and 9007199254740991 and scale(("a0"::numeric - "a1")) = 0 and nullif("a1", 0) between -9007199254740991 and 9007199254740991 and scale(nullif("a1", 0)) = 0
             then ("a0"::numeric - "a1")::int8::float8 / nullif("a1", 0)::int8::float8
             else (round(("a0"::numeric - "a1"), 40) / nullif("a1", 0))::float8 end as "compare_0_relative_change_num_queries", case when "a2" between -9007199254740991 and 9007199254740991 and scale("a2") = 0 and nullif("a3", 0) between -9007199254740991 and 9007199254740991 and scale(nullif("a3", 0)) = 0
             then "a2"::int8::float8 / nullif("a3", 0)::int8::float8
             else (round("a2", 40) / nullif("a3", 0))::float8 end as "metric_engagement_score", case when "a4" between -9007199254740991 and 9007199254740991 and scale("a4") = 0 and nullif("a5", 0) between -9007199254740991 and 9007199254740991 and scale(nullif("a5", 0)) = 0
             then "a4"::int8::float8 / nullif("a5", 0)::int8::float8
             else (round("a4", 40) / nullif("a5", 0))::float8 end as "compare_0_previous_engagement_score", case when (("a2"::numeric * nullif("a5", 0))::numeric - ("a4"::numeric * nullif("a3", 0))) between -9007199254740991 and 9007199254740991 and scale((("a2"::numeric * nullif("a5", 0))::numeric - ("a4"::numeric * nullif("a3", 0)))) = 0 and (nullif("a3", 0)::numeric * nullif("a5", 0)) between -9007199254740991 and 9007199254740991 and scale((nullif("a3", 0)::numeric * nullif("a5", 0))) = 0
             then (("a2"::numeric * nullif("a5", 0))::numeric - ("a4"::numeric * nullif("a3", 0)))::int8::float8 / (nullif("a3", 0)::numeric * nullif("a5", 0))::int8::float8
             else (round((("a2"::numeric * nullif("a5", 0))::numeric - ("a4"::numeric * nullif("a3", 0))), 40) / (nullif("a3", 0)::numeric * nullif("a5", 0)))::float8 end as "compare_0_delta_engagement_score", case when ((("a2"::numeric * nullif("a5", 0))::numeric - ("a4"::numeric * nullif("a3", 0)))::numeric * nullif("a5", 0)) between -9007199254740991 and 9007199254740991 and scale(((("a2"::numeric * nullif("a5", 0))::numeric - ("a4"::numeric * nullif("a3", 0)))::numeric * nullif("a5", 0))) = 0 and ((nullif("a3", 0)::numeric * nullif("a5", 0))::numeric * nullif("a4", 0)) between -9007199254740991 and 9007199254740991 and scale(((nullif("a3", 0)::numeric * nullif("a5", 0))::numeric * nullif("a4", 0))) = 0
             then ((("a2"::numeric * nullif("a5", 0))::numeric - ("a4"::numeric * nullif("a3", 0)))::numeric * nullif("a5", 0))::int8::float8 / ((nullif("a3", 0)::numeric * nullif("a5", 0))::numeric * nullif("a4", 0))::int8::float8
             else (round(((("a2"::numeric * nullif("a5", 0))::numeric - ("a4"::numeric * nullif("a3", 0)))::numeric * nullif("a5", 0)), 40) / ((nullif("a3", 0)::numeric * nullif("a5", 0))::numeric * nullif("a4", 0)))::float8 end as "compare_0_relative_change_engagement_score", "a6"::int8 as "compare_1_previous_num_queries", (("a0"::numeric - "a6"))::int8 as "compare_1_delta_num_queries", case when ("a0"::numeric - "a6") between -9007199254740991 and 9007199254740991 and scale(("a0"::numeric - "a6")) = 0 and nullif("a6", 0) between -9007199254740991 and 9007199254740991 and scale(nullif("a6", 0)) = 0
             then ("a0"::numeric - "a6")::int8::float8 / nullif("a6", 0)::int8::float8
             else (round(("a0"::numeric - "a6"), 40) / nullif("a6", 0))::float8 end as "compare_1_relative_change_num_queries", case when "a7" between -9007199254740991 and 9007199254740991 and scale("a7") = 0 and nullif("a8", 0) between -9007199254740991 and 9007199254740991 and scale(nullif("a8", 0)) = 0
             then "a7"::int8::float8 / nullif("a8", 0)::int8::float8
             else (round("a7", 40) / nullif("a8", 0))::float8 end as "compare_1_previous_engagement_score", case when (("a2"::numeric * nullif("a8", 0))::numeric - ("a7"::numeric * nullif("a3", 0))) between -9007199254740991 and 9007199254740991 and scale((("a2"::numeric * nullif("a8", 0))::numeric - ("a7"::numeric * nullif("a3", 0)))) = 0 and (nullif("a3", 0)::numeric * nullif("a8", 0)) between -9007199254740991 and 9007199254740991 and scale((nullif("a3", 0)::numeric * nullif("a8", 0))) = 0
             then (("a2"::numeric * nullif("a8", 0))::numeric - ("a7"::numeric * nullif("a3", 0)))::int8::float8 / (nullif("a3", 0)::numeric * nullif("a8", 0))::int8::float8
             else (round((("a2"::numeric * nullif("a8", 0))::numeric - ("a7"::numeric * nullif("a3", 0))), 40) / (nullif("a3", 0)::numeric * nullif("a8", 0)))::float8 end as "compare_1_delta_engagement_score", case when ((("a2"::numeric * nullif("a8", 0))::numeric - ("a7"::numeric * nullif("a3", 0)))::numeric * nullif("a8", 0)) between -9007199254740991 and 9007199254740991 and scale(((("a2"::numeric * nullif("a8", 0))::numeric - ("a7"::numeric * nullif("a3", 0)))::numeric * nullif("a8", 0))) = 0 and ((nullif("a3", 0)::numeric * nullif("a8", 0))::numeric * nullif("a7", 0)) between -9007199254740991 and 9007199254740991 and scale(((nullif("a3", 0)::numeric * nullif("a8", 0))::numeric * nullif("a7", 0))) = 0
             then ((("a2"::numeric * nullif("a8", 0))::numeric - ("a7"::numeric * nullif("a3", 0)))::numeric * nullif("a8", 0))::int8::float8 / ((nullif("a3", 0)::numeric * nullif("a8", 0))::numeric * nullif("a7", 0))::int8::float8
             else (round(((("a2"::numeric * nullif("a8", 0))::numeric - ("a7"::numeric * nullif("a3", 0)))::numeric * nullif("a8", 0)), 40) / ((nullif("a3", 0)::numeric * nullif("a8", 0))::numeric * nullif("a7", 0)))::float8 end as "compare_1_relative_change_engagement_score" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows")
select kind as cell_kind, "key_month"::date as "cell_0", "metric_num_queries"::int8 as "cell_1", "compare_0_previous_num_queries"::int8 as "cell_2", "compare_0_delta_num_queries"::int8 as "cell_3", "compare_0_relative_change_num_queries"::float8 as "cell_4", "metric_engagement_score"::float8 as "cell_5", "compare_0_previous_engagement_score"::float8 as "cell_6", "compare_0_delta_engagement_score"::float8 as "cell_7", "compare_0_relative_change_engagement_score"::float8 as "cell_8", "compare_1_previous_num_queries"::int8 as "cell_9", "compare_1_delta_num_queries"::int8 as "cell_10", "compare_1_relative_change_num_queries"::float8 as "cell_11", "compare_1_previous_engagement_score"::float8 as "cell_12", "compare_1_delta_engagement_score"::float8 as "cell_13", "compare_1_relative_change_engagement_score"::float8 as "cell_14"
  from (select * from "surviving" offset 0) as page order by "key_month" asc nulls last limit $29
