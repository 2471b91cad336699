-- metrics
-- $1 = ["2024-01-01","2024-01-01","2024-04-01"]
-- $2 = ["2024-02-01","2024-03-01","2024-04-01"]
-- $3 = ["2024-02-01T00:00:00.000000","2024-03-01T00:00:00.000000","2024-04-01T00:00:00.000000"]
-- $4 = ["2024-01-01T00:00:00.000000","2024-01-01T00:00:00.000000","2024-04-01T00:00:00.000000"]
-- $5 = ["2024-03-01T00:00:00.000000","2024-04-01T00:00:00.000000","2024-05-01T00:00:00.000000"]
-- $6 = "2023-01-01T00:00:00.000000"
-- $7 = "2025-01-01T00:00:00.000000"
-- $8 = 1
-- $9 = 1
-- $10 = "2024-02-01T00:00:00.000000"
-- $11 = "2024-05-01T00:00:00.000000"
-- $12 = "2024-01-01T00:00:00.000000"
-- $13 = 1
-- $14 = 1
-- $15 = 101
with "rolling_0" as (select * from unnest($1::date[], $2::date[], $3::timestamp[], $4::timestamp[], $5::timestamp[]) as span("key_quarter", "key_month", "start_at", "from_at", "to_at")),
"rolling_0_months" as (select "rolling_0".*, period::date as period
      from "rolling_0",
           generate_series(greatest(from_at::date::timestamp, $6::timestamp),
                           least(to_at, $7::timestamp) - interval '1 microsecond', interval '1 month') as period),
"rows_core" as (select "key_quarter", "key_month", coalesce(max("a0"), 0) as "a0", coalesce(max("a1"), 0) as "a1", coalesce(max("a2"), 0) as "a2", min("mark") as "mark"
    from (select "key_quarter", "key_month", "a0", null::numeric as "a1", null::numeric as "a2", case when "has_rows" then 0 end as "mark"
  from (select source."key_quarter", source."key_month", coalesce("source"."num_queries", 0) as "a0", true as "has_rows" from (
      select date_trunc('quarter', "event"."period"::timestamp)::date as "key_quarter", "event"."period"::date as "key_month", "event"."num_queries" as "num_queries"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 3 and "event"."since_version" <= $8 and $9 < "event"."until_version" and true and "event"."period" >= $10::timestamp and "event"."period" < $11::timestamp) as source) as branch
  union all select "key_quarter", "key_month", null::numeric as "a0", "a1"::numeric as "a1", "a2"::numeric as "a2", null::int as "mark"
  from (select source."key_quarter", source."key_month", coalesce(sum("source"."num_queries"), 0)::numeric as "a1", count(distinct "source"."user_id") as "a2", count(*) > 0 as "has_rows"
    from (
      select "span"."key_quarter" as "key_quarter", "span"."key_month" as "key_month", user_month.num_queries as "num_queries", user_month.user_id as "user_id"
        from "rolling_0_months" as "span" join mart.user_engagement as "user_month"
          on (user_month.activity_month)::date = "span"."period" and user_month.activity_month >= "span"."from_at" and user_month.activity_month < "span"."to_at" and user_month.activity_month >= $12::timestamp
       where "user_month"."since_version" <= $13 and $14 < "user_month"."until_version" and true) as source
  group by source."key_quarter", source."key_month") as branch) as sides
  group by "key_quarter", "key_month"),
"rows" as (select "key_quarter", "key_month", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries", "a1"::int8 as "rolling_0_num_queries", "a2"::int8 as "rolling_0_active_users" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows")
select kind as cell_kind, "key_quarter"::date as "cell_0", "key_month"::date as "cell_1", "metric_num_queries"::int8 as "cell_2", "rolling_0_num_queries"::int8 as "cell_3", "rolling_0_active_users"::int8 as "cell_4"
  from (select * from "surviving" offset 0) as page order by "key_quarter" asc nulls last, "key_month" asc nulls last limit $15
