-- metrics
-- $1 = ["2023-02-01","2023-03-01","2023-04-01","2023-05-01","2023-06-01","2023-07-01","2023-08-01","2023-09-01","2023-10-01","2023-11-01","2023-12-01","2024-01-01","2024-02-01","2024-03-01"]
-- $2 = ["2023-02-01T00:00:00.000000","2023-03-01T00:00:00.000000","2023-04-01T00:00:00.000000","2023-05-01T00:00:00.000000","2023-06-01T00:00:00.000000","2023-07-01T00:00:00.000000","2023-08-01T00:00:00.000000","2023-09-01T00:00:00.000000","2023-10-01T00:00:00.000000","2023-11-01T00:00:00.000000","2023-12-01T00:00:00.000000","2024-01-01T00:00:00.000000","2024-02-01T00:00:00.000000","2024-03-01T00:00:00.000000"]
-- $3 = ["2022-02-01T00:00:00.000000","2022-03-01T00:00:00.000000","2022-04-01T00:00:00.000000","2022-05-01T00:00:00.000000","2022-06-01T00:00:00.000000","2022-07-01T00:00:00.000000","2022-08-01T00:00:00.000000","2022-09-01T00:00:00.000000","2022-10-01T00:00:00.000000","2022-11-01T00:00:00.000000","2022-12-01T00:00:00.000000","2023-01-01T00:00:00.000000","2023-02-01T00:00:00.000000","2023-03-01T00:00:00.000000"]
-- $4 = ["2022-03-01T00:00:00.000000","2022-04-01T00:00:00.000000","2022-05-01T00:00:00.000000","2022-06-01T00:00:00.000000","2022-07-01T00:00:00.000000","2022-08-01T00:00:00.000000","2022-09-01T00:00:00.000000","2022-10-01T00:00:00.000000","2022-11-01T00:00:00.000000","2022-12-01T00:00:00.000000","2023-01-01T00:00:00.000000","2023-02-01T00:00:00.000000","2023-03-01T00:00:00.000000","2023-04-01T00:00:00.000000"]
-- $5 = ["2024-04-01"]
-- $6 = ["2024-04-01T00:00:00.000000"]
-- $7 = ["2023-04-01T00:00:00.000000"]
-- $8 = ["2023-04-15T15:00:00.000000"]
-- $9 = "2023-01-01T00:00:00.000000"
-- $10 = "2025-01-01T00:00:00.000000"
-- $11 = 1
-- $12 = 1
-- $13 = "2024-02-01"
-- $14 = "2024-02-01"
-- $15 = 1
-- $16 = 1
-- $17 = "2024-02-01"
-- $18 = "2024-02-01"
-- $19 = "2023-04-01T00:00:00.000000"
-- $20 = "2023-04-15T15:00:00.000000"
-- $21 = 1
-- $22 = 1
-- $23 = "2024-02-01"
-- $24 = "2024-02-01"
-- $25 = 101
with "part_0_of_compare_0" as (select * from unnest($1::date[], $2::timestamp[], $3::timestamp[], $4::timestamp[]) as span("key_month", "start_at", "from_at", "to_at")),
"part_1_of_compare_0" as (select * from unnest($5::date[], $6::timestamp[], $7::timestamp[], $8::timestamp[]) as span("key_month", "start_at", "from_at", "to_at")),
"part_1_of_compare_0_days" as (select "part_1_of_compare_0".*, period::date as period
      from "part_1_of_compare_0",
           generate_series(greatest(from_at::date::timestamp, $9::timestamp),
                           least(to_at, $10::timestamp) - interval '1 microsecond', interval '1 day') as period),
"rows_core" as (select "key_month", coalesce(max("a0"), 0) as "a0", coalesce(max("a2"), 0) as "a2", coalesce(max("a1"), 0) as "a1", coalesce(max("a3"), 0) as "a3", min("mark") as "mark"
    from (select "key_month", "a0", "a2", null::numeric as "a1", null::numeric as "a3", case when "has_rows" then 0 end as "mark"
  from (select source."key_month", coalesce("source"."num_queries", 0) as "a0", coalesce("source"."active_users", 0) as "a2", true as "has_rows" from (
      select "event"."period"::date as "key_month", "event"."num_queries" as "num_queries", "event"."active_users" as "active_users"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 3 and "event"."since_version" <= $11 and $12 < "event"."until_version" and ("event"."period" >= $13::timestamp and "event"."period" < ($14::timestamp + interval '1 month'))) as source) as branch
  union all select "key_month", null::numeric as "a0", null::numeric as "a2", "a1", "a3", case when "has_rows" then 1 end as "mark"
  from (select source."key_month", coalesce("source"."num_queries", 0) as "a1", coalesce("source"."active_users", 0) as "a3", true as "has_rows" from (
      select "span"."key_month" as "key_month", "event"."num_queries" as "num_queries", "event"."active_users" as "active_users"
        from "part_0_of_compare_0" as "span" join "rollup"."queries_cube_f2081a82" as "event"
          on "event"."period" = ("span"."from_at")::date
       where "event"."level" = 3 and "event"."since_version" <= $15 and $16 < "event"."until_version" and ("span"."start_at" >= $17::timestamp and "span"."start_at" < ($18::timestamp + interval '1 month'))) as source) as branch
  union all select "key_month", null::numeric as "a0", null::numeric as "a2", "a1"::numeric as "a1", "a3"::numeric as "a3", case when "has_rows" then 1 end as "mark"
  from (select source."key_month", count(*) as "a1", count(distinct "source"."user_id") as "a3", count(*) > 0 as "has_rows"
    from (
      select "span"."key_month" as "key_month", event.user_id as "user_id"
        from "part_1_of_compare_0_days" as "span" join raw.events as "event"
          on (event.created)::date = "span"."period" and event.created >= "span"."from_at" and event.created < "span"."to_at" and event.created >= $19::timestamp and event.created < $20::timestamp
       where "event"."since_version" <= $21 and $22 < "event"."until_version" and ("span"."start_at" >= $23::timestamp and "span"."start_at" < ($24::timestamp + interval '1 month'))) as source
  group by source."key_month") as branch) as sides
  group by "key_month"),
"rows" as (select "key_month", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries", "a1"::int8 as "compare_0_previous_num_queries", (("a0"::numeric - "a1"))::int8 as "compare_0_delta_num_queries", case when ("a0"::numeric - "a1") between -9007199254740991 and 9007199254740991 and scale(("a0"::numeric - "a1")) = 0 and nullif("a1", 0) between -9007199254740991 and 9007199254740991 and scale(nullif("a1", 0)) = 0
             then ("a0"::numeric - "a1")::int8::float8 / nullif("a1", 0)::int8::float8
             else (round(("a0"::numeric - "a1"), 40) / nullif("a1", 0))::float8 end as "compare_0_relative_change_num_queries", "a2"::int8 as "metric_active_users", "a3"::int8 as "compare_0_previous_active_users", (("a2"::numeric - "a3"))::int8 as "compare_0_delta_active_users", case when ("a2"::numeric - "a3") between -9007199254740991 and 9007199254740991 and scale(("a2"::numeric - "a3")) = 0 and nullif("a3", 0) between -9007199254740991 and 9007199254740991 and scale(nullif("a3", 0)) = 0
             then ("a2"::numeric - "a3")::int8::float8 / nullif("a3", 0)::int8::float8
             else (round(("a2"::numeric - "a3"), 40) / nullif("a3", 0))::float8 end as "compare_0_relative_change_active_users" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows")
select kind as cell_kind, "key_month"::date as "cell_0", "metric_num_queries"::int8 as "cell_1", "compare_0_previous_num_queries"::int8 as "cell_2", "compare_0_delta_num_queries"::int8 as "cell_3", "compare_0_relative_change_num_queries"::float8 as "cell_4", "metric_active_users"::int8 as "cell_5", "compare_0_previous_active_users"::int8 as "cell_6", "compare_0_delta_active_users"::int8 as "cell_7", "compare_0_relative_change_active_users"::float8 as "cell_8"
  from (select * from "surviving" offset 0) as page order by "key_month" asc nulls last limit $25
