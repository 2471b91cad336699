-- metrics
-- $1 = ["2023-02-01","2023-03-01","2023-04-01","2023-05-01","2023-06-01","2023-07-01","2023-08-01","2023-09-01","2023-10-01","2023-11-01","2023-12-01","2024-01-01","2024-02-01","2024-03-01"]
-- $2 = ["2023-02-01T00:00:00.000000","2023-03-01T00:00:00.000000","2023-04-01T00:00:00.000000","2023-05-01T00:00:00.000000","2023-06-01T00:00:00.000000","2023-07-01T00:00:00.000000","2023-08-01T00:00:00.000000","2023-09-01T00:00:00.000000","2023-10-01T00:00:00.000000","2023-11-01T00:00:00.000000","2023-12-01T00:00:00.000000","2024-01-01T00:00:00.000000","2024-02-01T00:00:00.000000","2024-03-01T00:00:00.000000"]
-- $3 = ["2022-02-01T00:00:00.000000","2022-03-01T00:00:00.000000","2022-04-01T00:00:00.000000","2022-05-01T00:00:00.000000","2022-06-01T00:00:00.000000","2022-07-01T00:00:00.000000","2022-08-01T00:00:00.000000","2022-09-01T00:00:00.000000","2022-10-01T00:00:00.000000","2022-11-01T00:00:00.000000","2022-12-01T00:00:00.000000","2023-01-01T00:00:00.000000","2023-02-01T00:00:00.000000","2023-03-01T00:00:00.000000"]
-- $4 = ["2022-03-01T00:00:00.000000","2022-04-01T00:00:00.000000","2022-05-01T00:00:00.000000","2022-06-01T00:00:00.000000","2022-07-01T00:00:00.000000","2022-08-01T00:00:00.000000","2022-09-01T00:00:00.000000","2022-10-01T00:00:00.000000","2022-11-01T00:00:00.000000","2022-12-01T00:00:00.000000","2023-01-01T00:00:00.000000","2023-02-01T00:00:00.000000","2023-03-01T00:00:00.000000","2023-04-01T00:00:00.000000"]
-- $5 = "2023-01-01T00:00:00.000000"
-- $6 = "2025-01-01T00:00:00.000000"
-- $7 = ["2024-04-01"]
-- $8 = ["2024-04-01T00:00:00.000000"]
-- $9 = ["2023-04-01T00:00:00.000000"]
-- $10 = ["2023-04-15T15:00:00.000000"]
-- $11 = "2023-01-01T00:00:00.000000"
-- $12 = "2025-01-01T00:00:00.000000"
-- $13 = 1
-- $14 = 1
-- $15 = "2024-02-01"
-- $16 = "2024-02-01"
-- $17 = "2023-04-01T00:00:00.000000"
-- $18 = 1
-- $19 = 1
-- $20 = "2024-02-01"
-- $21 = "2024-02-01"
-- $22 = "2023-04-01T00:00:00.000000"
-- $23 = "2023-04-15T15:00:00.000000"
-- $24 = 1
-- $25 = 1
-- $26 = "2024-02-01"
-- $27 = "2024-02-01"
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
"rows_core" as (select "key_month", coalesce(max("a0"), 0) as "a0", coalesce(max("a2"), 0) as "a2", coalesce(max("a1"), 0) as "a1", coalesce(max("a3"), 0) as "a3", min("mark") as "mark"
    from (select "key_month", "a0"::numeric as "a0", "a2"::numeric as "a2", null::numeric as "a1", null::numeric as "a3", case when "has_rows" then 0 end as "mark"
  from (select source."key_month", coalesce(sum("source"."num_queries"), 0)::numeric as "a0", coalesce(max("source"."active_users"), 0) as "a2", count(*) > 0 as "has_rows"
    from (
      select date_trunc('month', "event"."period"::timestamp)::date as "key_month", "event"."num_queries" as "num_queries", "event"."active_users" as "active_users"
        from "rollup"."queries_cube_311d4843" as "event"
       where "event"."level" = 3 and "event"."since_version" <= $13 and $14 < "event"."until_version" and ("event"."period" >= $15::timestamp and "event"."period" < ($16::timestamp + interval '1 month'))) as source
  group by source."key_month") as branch
  union all select "key_month", null::numeric as "a0", null::numeric as "a2", "a1"::numeric as "a1", "a3"::numeric as "a3", case when "has_rows" then 1 end as "mark"
  from (select source."key_month", coalesce(sum("source"."num_queries"), 0)::numeric as "a1", coalesce(max("source"."active_users"), 0) as "a3", count(*) > 0 as "has_rows"
    from (
      select "span"."key_month" as "key_month", "event"."num_queries" as "num_queries", "event"."active_users" as "active_users"
        from "part_0_of_compare_0_months" as "span" join "rollup"."queries_cube_311d4843" as "event"
          on ("event"."period")::date = "span"."period" and "event"."period" >= "span"."from_at" and "event"."period" < "span"."to_at" and "event"."period" < $17::timestamp
       where "event"."level" = 3 and "event"."since_version" <= $18 and $19 < "event"."until_version" and ("span"."start_at" >= $20::timestamp and "span"."start_at" < ($21::timestamp + interval '1 month'))) as source
  group by source."key_month") as branch
  union all select "key_month", null::numeric as "a0", null::numeric as "a2", "a1"::numeric as "a1", "a3"::numeric as "a3", case when "has_rows" then 1 end as "mark"
  from (select source."key_month", count(*) as "a1", count(distinct "source"."user_id") as "a3", count(*) > 0 as "has_rows"
    from (
      select "span"."key_month" as "key_month", event.user_id as "user_id"
        from "part_1_of_compare_0_days" as "span" join raw.events as "event"
          on (event.created)::date = "span"."period" and event.created >= "span"."from_at" and event.created < "span"."to_at" and event.created >= $22::timestamp and event.created < $23::timestamp
       where "event"."since_version" <= $24 and $25 < "event"."until_version" and ("span"."start_at" >= $26::timestamp and "span"."start_at" < ($27::timestamp + interval '1 month'))) as source
  group by source."key_month") as branch) as sides
  group by "key_month"),
"rows" as (select "key_month", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries", "a1"::int8 as "compare_0_previous_num_queries", (("a0"::numeric - "a1"::numeric))::int8 as "compare_0_delta_num_queries", (round(("a0"::numeric - "a1"::numeric), 40) / nullif("a1"::numeric, 0))::float8 as "compare_0_relative_change_num_queries", "a2"::int8 as "metric_active_users", "a3"::int8 as "compare_0_previous_active_users", (("a2"::numeric - "a3"::numeric))::int8 as "compare_0_delta_active_users", (round(("a2"::numeric - "a3"::numeric), 40) / nullif("a3"::numeric, 0))::float8 as "compare_0_relative_change_active_users" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows"),
"rows_page" as (select *, row_number() over (order by "key_month" asc nulls last) as position from "surviving" order by position limit $28)
select 0, position, null::int8, kind, "key_month"::date, "metric_num_queries"::int8, "compare_0_previous_num_queries"::int8, "compare_0_delta_num_queries"::int8, "compare_0_relative_change_num_queries"::float8, "metric_active_users"::int8, "compare_0_previous_active_users"::int8, "compare_0_delta_active_users"::int8, "compare_0_relative_change_active_users"::float8 from "rows_page"
order by 1, 2
