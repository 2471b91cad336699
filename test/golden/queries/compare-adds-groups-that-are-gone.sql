-- metrics
-- $1 = ["2023-02-01","2023-03-01","2023-04-01","2023-05-01","2023-06-01","2023-07-01","2023-08-01","2023-09-01","2023-10-01","2023-11-01","2023-12-01","2024-01-01","2024-02-01","2024-03-01"]
-- $2 = ["2023-02-01T00:00:00.000000","2023-03-01T00:00:00.000000","2023-04-01T00:00:00.000000","2023-05-01T00:00:00.000000","2023-06-01T00:00:00.000000","2023-07-01T00:00:00.000000","2023-08-01T00:00:00.000000","2023-09-01T00:00:00.000000","2023-10-01T00:00:00.000000","2023-11-01T00:00:00.000000","2023-12-01T00:00:00.000000","2024-01-01T00:00:00.000000","2024-02-01T00:00:00.000000","2024-03-01T00:00:00.000000"]
-- $3 = ["2023-01-01T00:00:00.000000","2023-02-01T00:00:00.000000","2023-03-01T00:00:00.000000","2023-04-01T00:00:00.000000","2023-05-01T00:00:00.000000","2023-06-01T00:00:00.000000","2023-07-01T00:00:00.000000","2023-08-01T00:00:00.000000","2023-09-01T00:00:00.000000","2023-10-01T00:00:00.000000","2023-11-01T00:00:00.000000","2023-12-01T00:00:00.000000","2024-01-01T00:00:00.000000","2024-02-01T00:00:00.000000"]
-- $4 = ["2023-02-01T00:00:00.000000","2023-03-01T00:00:00.000000","2023-04-01T00:00:00.000000","2023-05-01T00:00:00.000000","2023-06-01T00:00:00.000000","2023-07-01T00:00:00.000000","2023-08-01T00:00:00.000000","2023-09-01T00:00:00.000000","2023-10-01T00:00:00.000000","2023-11-01T00:00:00.000000","2023-12-01T00:00:00.000000","2024-01-01T00:00:00.000000","2024-02-01T00:00:00.000000","2024-03-01T00:00:00.000000"]
-- $5 = "2023-01-01T00:00:00.000000"
-- $6 = "2025-01-01T00:00:00.000000"
-- $7 = ["2024-04-01"]
-- $8 = ["2024-04-01T00:00:00.000000"]
-- $9 = ["2024-03-01T00:00:00.000000"]
-- $10 = ["2024-03-15T15:00:00.000000"]
-- $11 = "2023-01-01T00:00:00.000000"
-- $12 = "2025-01-01T00:00:00.000000"
-- $13 = 1
-- $14 = 1
-- $15 = "2024-03-01"
-- $16 = "2024-03-01"
-- $17 = "2024-03-01T00:00:00.000000"
-- $18 = 1
-- $19 = 1
-- $20 = "2024-03-01"
-- $21 = "2024-03-01"
-- $22 = "2024-03-01T00:00:00.000000"
-- $23 = "2024-03-15T15:00:00.000000"
-- $24 = 1
-- $25 = 1
-- $26 = "2024-03-01"
-- $27 = "2024-03-01"
-- $28 = 101
with "part_0_of_compare_0" as (select * from unnest($1::date[], $2::timestamp[], $3::timestamp[], $4::timestamp[]) as span("key_month", "start_at", "from_at", "to_at")),
"part_0_of_compare_0_months" as (select "part_0_of_compare_0".*, period::date as period
      from "part_0_of_compare_0",
           generate_series(greatest(from_at::date::timestamp, $5::timestamp),
                           least(to_at, $6::timestamp) - interval '1 microsecond', interval '1 month') as period),
"part_1_of_compare_0" as (select * from unnest($7::date[], $8::timestamp[], $9::timestamp[], $10::timestamp[]) as span("key_month", "start_at", "from_at", "to_at")),
"part_1_of_compare_0_days" as (select "part_1_of_compare_0".*, period::date as period
      from "part_1_of_compare_0",
           generate_series(greatest(from_at::date::timestamp, $11::timestamp),
                           least(to_at, $12::timestamp) - interval '1 microsecond', interval '1 day') as period),
"rows_core" as (select "key_month", "key_user", coalesce(max("a0"), 0) as "a0", coalesce(max("a1"), 0) as "a1", coalesce(max("a2"), 0) as "a2", min("mark") as "mark"
    from (select "key_month", "key_user", "a0"::numeric as "a0", "a1"::numeric as "a1", null::numeric as "a2", case when "has_rows" then 0 end as "mark"
  from (select source."key_month", source."key_user", coalesce(sum("source"."num_queries"), 0)::numeric as "a0", coalesce(sum("source"."feedback_sum"), 0)::numeric as "a1", count(*) > 0 as "has_rows"
    from (
      select "event"."period"::date as "key_month", "event"."user_id"::text as "key_user", "event"."num_queries" as "num_queries", "event"."feedback_sum" as "feedback_sum"
        from "rollup"."queries_by_user_04b30c1d" as "event"
       where "event"."level" = 0 and "event"."since_version" <= $13 and $14 < "event"."until_version" and ("event"."period" >= $15::timestamp and "event"."period" < ($16::timestamp + interval '1 month'))) as source
  group by source."key_month", source."key_user") as branch
  union all select "key_month", "key_user", null::numeric as "a0", null::numeric as "a1", "a2"::numeric as "a2", case when "has_rows" then 1 end as "mark"
  from (select source."key_month", source."key_user", coalesce(sum("source"."num_queries"), 0)::numeric as "a2", count(*) > 0 as "has_rows"
    from (
      select "span"."key_month" as "key_month", user_month.user_id::text as "key_user", user_month.num_queries as "num_queries"
        from "part_0_of_compare_0_months" as "span" join mart.user_engagement as "user_month"
          on (user_month.activity_month)::date = "span"."period" and user_month.activity_month >= "span"."from_at" and user_month.activity_month < "span"."to_at" and user_month.activity_month < $17::timestamp
       where "user_month"."since_version" <= $18 and $19 < "user_month"."until_version" and ("span"."start_at" >= $20::timestamp and "span"."start_at" < ($21::timestamp + interval '1 month'))) as source
  group by source."key_month", source."key_user") as branch
  union all select "key_month", "key_user", null::numeric as "a0", null::numeric as "a1", "a2"::numeric as "a2", case when "has_rows" then 1 end as "mark"
  from (select source."key_month", source."key_user", count(*) as "a2", count(*) > 0 as "has_rows"
    from (
      select "span"."key_month" as "key_month", event.user_id::text as "key_user"
        from "part_1_of_compare_0_days" as "span" join raw.events as "event"
          on (event.created)::date = "span"."period" and event.created >= "span"."from_at" and event.created < "span"."to_at" and event.created >= $22::timestamp and event.created < $23::timestamp
       where "event"."since_version" <= $24 and $25 < "event"."until_version" and ("span"."start_at" >= $26::timestamp and "span"."start_at" < ($27::timestamp + interval '1 month'))) as source
  group by source."key_month", source."key_user") as branch) as sides
  group by "key_month", "key_user"),
"rows" as (select "key_month", "key_user", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries", case when "a1" between -9007199254740991 and 9007199254740991 and scale("a1") = 0 and nullif("a0", 0) between -9007199254740991 and 9007199254740991 and scale(nullif("a0", 0)) = 0
             then "a1"::int8::float8 / nullif("a0", 0)::int8::float8
             else (round("a1", 40) / nullif("a0", 0))::float8 end as "metric_avg_feedback", "a2"::int8 as "compare_0_previous_num_queries", (("a0"::numeric - "a2"))::int8 as "compare_0_delta_num_queries", case when ("a0"::numeric - "a2") between -9007199254740991 and 9007199254740991 and scale(("a0"::numeric - "a2")) = 0 and nullif("a2", 0) between -9007199254740991 and 9007199254740991 and scale(nullif("a2", 0)) = 0
             then ("a0"::numeric - "a2")::int8::float8 / nullif("a2", 0)::int8::float8
             else (round(("a0"::numeric - "a2"), 40) / nullif("a2", 0))::float8 end as "compare_0_relative_change_num_queries" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows")
select kind as cell_kind, "key_month"::date as "cell_0", "key_user"::text as "cell_1", "metric_num_queries"::int8 as "cell_2", "metric_avg_feedback"::float8 as "cell_3", "compare_0_previous_num_queries"::int8 as "cell_4", "compare_0_delta_num_queries"::int8 as "cell_5", "compare_0_relative_change_num_queries"::float8 as "cell_6"
  from (select * from "surviving" offset 0) as page order by "key_month" asc nulls last, "key_user" collate "C" asc nulls last limit $28
