-- metrics
-- $1 = ["2024-02-26"]
-- $2 = ["2024-02-26T00:00:00.000000"]
-- $3 = ["2024-01-29T00:00:00.000000"]
-- $4 = ["2024-02-05T00:00:00.000000"]
-- $5 = "2023-01-01T00:00:00.000000"
-- $6 = "2025-01-01T00:00:00.000000"
-- $7 = ["2024-02-26"]
-- $8 = ["2024-02-26T00:00:00.000000"]
-- $9 = ["2023-02-27T00:00:00.000000"]
-- $10 = ["2023-03-06T00:00:00.000000"]
-- $11 = "2023-01-01T00:00:00.000000"
-- $12 = "2025-01-01T00:00:00.000000"
-- $13 = 1
-- $14 = 1
-- $15 = "2024-02-26T00:00:00.000000"
-- $16 = "2024-03-04T00:00:00.000000"
-- $17 = "2024-01-29T00:00:00.000000"
-- $18 = "2024-02-05T00:00:00.000000"
-- $19 = 1
-- $20 = 1
-- $21 = "2023-03-06T00:00:00.000000"
-- $22 = 1
-- $23 = 1
-- $24 = 101
with "compare_0" as (select * from unnest($1::date[], $2::timestamp[], $3::timestamp[], $4::timestamp[]) as span("key_week", "start_at", "from_at", "to_at")),
"compare_0_days" as (select "compare_0".*, period::date as period
      from "compare_0",
           generate_series(greatest(from_at::date::timestamp, $5::timestamp),
                           least(to_at, $6::timestamp) - interval '1 microsecond', interval '1 day') as period),
"compare_1" as (select * from unnest($7::date[], $8::timestamp[], $9::timestamp[], $10::timestamp[]) as span("key_week", "start_at", "from_at", "to_at")),
"compare_1_days" as (select "compare_1".*, period::date as period
      from "compare_1",
           generate_series(greatest(from_at::date::timestamp, $11::timestamp),
                           least(to_at, $12::timestamp) - interval '1 microsecond', interval '1 day') as period),
"rows_core" as (select "key_week", coalesce(max("a0"), 0) as "a0", coalesce(max("a1"), 0) as "a1", coalesce(max("a2"), 0) as "a2", min("mark") as "mark"
    from (select "key_week", "a0"::numeric as "a0", null::numeric as "a1", null::numeric as "a2", case when "has_rows" then 0 end as "mark"
  from (select source."key_week", coalesce(sum("source"."num_queries"), 0)::numeric as "a0", count(*) > 0 as "has_rows"
    from (
      select date_trunc('week', daily.event_date::timestamp)::date as "key_week", daily.num_queries as "num_queries"
        from mart.daily_event_summary as "daily"
       where "daily"."since_version" <= $13 and $14 < "daily"."until_version" and true and daily.event_date >= $15::timestamp and daily.event_date < $16::timestamp) as source
  group by source."key_week") as branch
  union all select "key_week", null::numeric as "a0", "a1"::numeric as "a1", null::numeric as "a2", case when "has_rows" then 1 end as "mark"
  from (select source."key_week", coalesce(sum("source"."num_queries"), 0)::numeric as "a1", count(*) > 0 as "has_rows"
    from (
      select "span"."key_week" as "key_week", daily.num_queries as "num_queries"
        from "compare_0_days" as "span" join mart.daily_event_summary as "daily"
          on (daily.event_date)::date = "span"."period" and daily.event_date >= "span"."from_at" and daily.event_date < "span"."to_at" and daily.event_date >= $17::timestamp and daily.event_date < $18::timestamp
       where "daily"."since_version" <= $19 and $20 < "daily"."until_version" and true) as source
  group by source."key_week") as branch
  union all select "key_week", null::numeric as "a0", null::numeric as "a1", "a2"::numeric as "a2", case when "has_rows" then 1 end as "mark"
  from (select source."key_week", coalesce(sum("source"."num_queries"), 0)::numeric as "a2", count(*) > 0 as "has_rows"
    from (
      select "span"."key_week" as "key_week", daily.num_queries as "num_queries"
        from "compare_1_days" as "span" join mart.daily_event_summary as "daily"
          on (daily.event_date)::date = "span"."period" and daily.event_date >= "span"."from_at" and daily.event_date < "span"."to_at" and daily.event_date < $21::timestamp
       where "daily"."since_version" <= $22 and $23 < "daily"."until_version" and true) as source
  group by source."key_week") as branch) as sides
  group by "key_week"),
"rows" as (select "key_week", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries", "a1"::int8 as "compare_0_previous_num_queries", (("a0"::numeric - "a1"))::int8 as "compare_0_delta_num_queries", case when ("a0"::numeric - "a1") between -9007199254740991 and 9007199254740991 and scale(("a0"::numeric - "a1")) = 0 and nullif("a1", 0) between -9007199254740991 and 9007199254740991 and scale(nullif("a1", 0)) = 0
             then ("a0"::numeric - "a1")::int8::float8 / nullif("a1", 0)::int8::float8
             else (round(("a0"::numeric - "a1"), 40) / nullif("a1", 0))::float8 end as "compare_0_relative_change_num_queries", "a2"::int8 as "compare_1_previous_num_queries", (("a0"::numeric - "a2"))::int8 as "compare_1_delta_num_queries", case when ("a0"::numeric - "a2") between -9007199254740991 and 9007199254740991 and scale(("a0"::numeric - "a2")) = 0 and nullif("a2", 0) between -9007199254740991 and 9007199254740991 and scale(nullif("a2", 0)) = 0
             then ("a0"::numeric - "a2")::int8::float8 / nullif("a2", 0)::int8::float8
             else (round(("a0"::numeric - "a2"), 40) / nullif("a2", 0))::float8 end as "compare_1_relative_change_num_queries" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows")
select kind as cell_kind, "key_week"::date as "cell_0", "metric_num_queries"::int8 as "cell_1", "compare_0_previous_num_queries"::int8 as "cell_2", "compare_0_delta_num_queries"::int8 as "cell_3", "compare_0_relative_change_num_queries"::float8 as "cell_4", "compare_1_previous_num_queries"::int8 as "cell_5", "compare_1_delta_num_queries"::int8 as "cell_6", "compare_1_relative_change_num_queries"::float8 as "cell_7"
  from (select * from "surviving" offset 0) as page order by "key_week" asc nulls last limit $24
