-- metrics
-- $1 = ["2024-01-01","2024-02-01","2024-03-01"]
-- $2 = ["2023-12-01T00:00:00.000000","2024-01-01T00:00:00.000000","2024-02-01T00:00:00.000000"]
-- $3 = 1
-- $4 = 1
-- $5 = "2024-01-01T00:00:00.000000"
-- $6 = "2024-04-01T00:00:00.000000"
-- $7 = 1
-- $8 = 1
-- $9 = 101
with "compare_0" as (select * from unnest($1::date[], $2::timestamp[]) as span("key_month", "from_at")),
"rows_core" as (select "key_month", coalesce(max("a0"), 0) as "a0", coalesce(max("a2"), 0) as "a2", coalesce(max("a1"), 0) as "a1", coalesce(max("a3"), 0) as "a3", min("mark") as "mark"
    from (select "key_month", "a0", "a2", null::numeric as "a1", null::numeric as "a3", case when "has_rows" then 0 end as "mark"
  from (select source."key_month", coalesce("source"."num_queries", 0) as "a0", coalesce("source"."feedback_sum", 0) as "a2", true as "has_rows" from (
      select "event"."period"::date as "key_month", "event"."num_queries" as "num_queries", "event"."feedback_sum" as "feedback_sum"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 3 and "event"."since_version" <= $3 and $4 < "event"."until_version" and true and "event"."period" >= $5::timestamp and "event"."period" < $6::timestamp) as source) as branch
  union all select "key_month", null::numeric as "a0", null::numeric as "a2", "a1", "a3", case when "has_rows" then 1 end as "mark"
  from (select source."key_month", coalesce("source"."num_queries", 0) as "a1", coalesce("source"."feedback_sum", 0) as "a3", true as "has_rows" from (
      select "span"."key_month" as "key_month", "event"."num_queries" as "num_queries", "event"."feedback_sum" as "feedback_sum"
        from "compare_0" as "span" join "rollup"."queries_cube_f2081a82" as "event"
          on "event"."period" = ("span"."from_at")::date
       where "event"."level" = 3 and "event"."since_version" <= $7 and $8 < "event"."until_version" and true) as source) as branch) as sides
  group by "key_month"),
"rows" as (select "key_month", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries", "a1"::int8 as "compare_0_previous_num_queries", (("a0"::numeric - "a1"))::int8 as "compare_0_delta_num_queries", case when ("a0"::numeric - "a1") between -9007199254740991 and 9007199254740991 and scale(("a0"::numeric - "a1")) = 0 and nullif("a1", 0) between -9007199254740991 and 9007199254740991 and scale(nullif("a1", 0)) = 0
             then ("a0"::numeric - "a1")::int8::float8 / nullif("a1", 0)::int8::float8
             else (round(("a0"::numeric - "a1"), 40) / nullif("a1", 0))::float8 end as "compare_0_relative_change_num_queries", case when "a2" between -9007199254740991 and 9007199254740991 and scale("a2") = 0 and nullif("a0", 0) between -9007199254740991 and 9007199254740991 and scale(nullif("a0", 0)) = 0
             then "a2"::int8::float8 / nullif("a0", 0)::int8::float8
             else (round("a2", 40) / nullif("a0", 0))::float8 end as "metric_avg_feedback", case when "a3" between -9007199254740991 and 9007199254740991 and scale("a3") = 0 and nullif("a1", 0) between -9007199254740991 and 9007199254740991 and scale(nullif("a1", 0)) = 0
             then "a3"::int8::float8 / nullif("a1", 0)::int8::float8
             else (round("a3", 40) / nullif("a1", 0))::float8 end as "compare_0_previous_avg_feedback", case when (("a2"::numeric * nullif("a1", 0))::numeric - ("a3"::numeric * nullif("a0", 0))) between -9007199254740991 and 9007199254740991 and scale((("a2"::numeric * nullif("a1", 0))::numeric - ("a3"::numeric * nullif("a0", 0)))) = 0 and (nullif("a0", 0)::numeric * nullif("a1", 0)) between -9007199254740991 and 9007199254740991 and scale((nullif("a0", 0)::numeric * nullif("a1", 0))) = 0
             then (("a2"::numeric * nullif("a1", 0))::numeric - ("a3"::numeric * nullif("a0", 0)))::int8::float8 / (nullif("a0", 0)::numeric * nullif("a1", 0))::int8::float8
             else (round((("a2"::numeric * nullif("a1", 0))::numeric - ("a3"::numeric * nullif("a0", 0))), 40) / (nullif("a0", 0)::numeric * nullif("a1", 0)))::float8 end as "compare_0_delta_avg_feedback", case when ((("a2"::numeric * nullif("a1", 0))::numeric - ("a3"::numeric * nullif("a0", 0)))::numeric * nullif("a1", 0)) between -9007199254740991 and 9007199254740991 and scale(((("a2"::numeric * nullif("a1", 0))::numeric - ("a3"::numeric * nullif("a0", 0)))::numeric * nullif("a1", 0))) = 0 and ((nullif("a0", 0)::numeric * nullif("a1", 0))::numeric * nullif("a3", 0)) between -9007199254740991 and 9007199254740991 and scale(((nullif("a0", 0)::numeric * nullif("a1", 0))::numeric * nullif("a3", 0))) = 0
             then ((("a2"::numeric * nullif("a1", 0))::numeric - ("a3"::numeric * nullif("a0", 0)))::numeric * nullif("a1", 0))::int8::float8 / ((nullif("a0", 0)::numeric * nullif("a1", 0))::numeric * nullif("a3", 0))::int8::float8
             else (round(((("a2"::numeric * nullif("a1", 0))::numeric - ("a3"::numeric * nullif("a0", 0)))::numeric * nullif("a1", 0)), 40) / ((nullif("a0", 0)::numeric * nullif("a1", 0))::numeric * nullif("a3", 0)))::float8 end as "compare_0_relative_change_avg_feedback" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows")
select kind as cell_kind, "key_month"::date as "cell_0", "metric_num_queries"::int8 as "cell_1", "compare_0_previous_num_queries"::int8 as "cell_2", "compare_0_delta_num_queries"::int8 as "cell_3", "compare_0_relative_change_num_queries"::float8 as "cell_4", "metric_avg_feedback"::float8 as "cell_5", "compare_0_previous_avg_feedback"::float8 as "cell_6", "compare_0_delta_avg_feedback"::float8 as "cell_7", "compare_0_relative_change_avg_feedback"::float8 as "cell_8"
  from (select * from "surviving" offset 0) as page order by "key_month" asc nulls last limit $9
