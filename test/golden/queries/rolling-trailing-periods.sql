-- metrics
-- $1 = ["2023-02-01","2023-03-01","2023-04-01","2023-05-01","2023-06-01","2023-07-01","2023-08-01","2023-09-01","2023-10-01","2023-11-01","2023-12-01","2024-01-01","2024-02-01","2024-03-01","2024-04-01"]
-- $2 = ["2023-02-01T00:00:00.000000","2023-03-01T00:00:00.000000","2023-04-01T00:00:00.000000","2023-05-01T00:00:00.000000","2023-06-01T00:00:00.000000","2023-07-01T00:00:00.000000","2023-08-01T00:00:00.000000","2023-09-01T00:00:00.000000","2023-10-01T00:00:00.000000","2023-11-01T00:00:00.000000","2023-12-01T00:00:00.000000","2024-01-01T00:00:00.000000","2024-02-01T00:00:00.000000","2024-03-01T00:00:00.000000","2024-04-01T00:00:00.000000"]
-- $3 = ["2022-12-01T00:00:00.000000","2023-01-01T00:00:00.000000","2023-02-01T00:00:00.000000","2023-03-01T00:00:00.000000","2023-04-01T00:00:00.000000","2023-05-01T00:00:00.000000","2023-06-01T00:00:00.000000","2023-07-01T00:00:00.000000","2023-08-01T00:00:00.000000","2023-09-01T00:00:00.000000","2023-10-01T00:00:00.000000","2023-11-01T00:00:00.000000","2023-12-01T00:00:00.000000","2024-01-01T00:00:00.000000","2024-02-01T00:00:00.000000"]
-- $4 = ["2023-03-01T00:00:00.000000","2023-04-01T00:00:00.000000","2023-05-01T00:00:00.000000","2023-06-01T00:00:00.000000","2023-07-01T00:00:00.000000","2023-08-01T00:00:00.000000","2023-09-01T00:00:00.000000","2023-10-01T00:00:00.000000","2023-11-01T00:00:00.000000","2023-12-01T00:00:00.000000","2024-01-01T00:00:00.000000","2024-02-01T00:00:00.000000","2024-03-01T00:00:00.000000","2024-04-01T00:00:00.000000","2024-05-01T00:00:00.000000"]
-- $5 = "2023-01-01T00:00:00.000000"
-- $6 = "2025-01-01T00:00:00.000000"
-- $7 = 1
-- $8 = 1
-- $9 = 1
-- $10 = 1
-- $11 = 1
-- $12 = 1
-- $13 = 1
-- $14 = 1
-- $15 = "2024-04-15T15:00:00.000000"
-- $16 = 1
-- $17 = 1
-- $18 = 101
with "rolling_0" as (select * from unnest($1::date[], $2::timestamp[], $3::timestamp[], $4::timestamp[]) as span("key_month", "start_at", "from_at", "to_at")),
"rolling_0_months" as (select "rolling_0".*, period::date as period
      from "rolling_0",
           generate_series(greatest(from_at::date::timestamp, $5::timestamp),
                           least(to_at, $6::timestamp) - interval '1 microsecond', interval '1 month') as period),
"rows_core" as (select "key_month", coalesce(max("a0"), 0) as "a0", coalesce(max("a1"), 0) as "a1", coalesce(max("a2"), 0) as "a2", coalesce(max("a3"), 0) as "a3", coalesce(max("a4"), 0) as "a4", coalesce(max("a5"), 0) as "a5", coalesce(max("a6"), 0) as "a6", coalesce(max("a7"), 0) as "a7", min("mark") as "mark"
    from (select "key_month", "a0", null::numeric as "a1", null::numeric as "a2", null::numeric as "a3", null::numeric as "a4", null::numeric as "a5", null::numeric as "a6", null::numeric as "a7", case when "has_rows" then 0 end as "mark"
  from (select source."key_month", coalesce("source"."active_users", 0) as "a0", true as "has_rows" from (
      select "event"."period"::date as "key_month", "event"."active_users" as "active_users"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 3 and "event"."since_version" <= $7 and $8 < "event"."until_version" and true) as source) as branch
  union all select "key_month", null::numeric as "a0", "a1"::numeric as "a1", "a2"::numeric as "a2", "a3"::numeric as "a3", null::numeric as "a4", null::numeric as "a5", null::numeric as "a6", null::numeric as "a7", null::int as "mark"
  from (select source."key_month", count(distinct "source"."user_id") as "a1", coalesce(sum("source"."num_queries"), 0)::numeric as "a2", coalesce(sum("source"."feedback_sum"), 0)::numeric as "a3", count(*) > 0 as "has_rows"
    from (
      select "span"."key_month" as "key_month", "event"."user_id" as "user_id", "event"."num_queries" as "num_queries", "event"."feedback_sum" as "feedback_sum"
        from "rolling_0_months" as "span" join "rollup"."queries_by_user_04b30c1d" as "event"
          on ("event"."period")::date = "span"."period" and "event"."period" >= "span"."from_at" and "event"."period" < "span"."to_at"
       where "event"."level" = 0 and "event"."since_version" <= $9 and $10 < "event"."until_version" and true) as source
  group by source."key_month") as branch
  union all select "key_month", null::numeric as "a0", null::numeric as "a1", null::numeric as "a2", null::numeric as "a3", "a4"::numeric as "a4", "a5"::numeric as "a5", null::numeric as "a6", null::numeric as "a7", null::int as "mark"
  from (select source."key_month", coalesce(sum("source"."engagement_score_sum"), 0) as "a4", coalesce(sum("source"."engagement_score_count"), 0) as "a5", count(*) > 0 as "has_rows"
    from (
      select "span"."key_month" as "key_month", "user_month"."engagement_score_sum" as "engagement_score_sum", "user_month"."engagement_score_count" as "engagement_score_count"
        from "rolling_0_months" as "span" join "rollup"."user_months_cube_b1068e11" as "user_month"
          on ("user_month"."period")::date = "span"."period" and "user_month"."period" >= "span"."from_at" and "user_month"."period" < "span"."to_at"
       where "user_month"."level" = 3 and "user_month"."since_version" <= $11 and $12 < "user_month"."until_version" and true) as source
  group by source."key_month") as branch
  union all select "key_month", null::numeric as "a0", null::numeric as "a1", null::numeric as "a2", null::numeric as "a3", null::numeric as "a4", null::numeric as "a5", "a6"::numeric as "a6", null::numeric as "a7", null::int as "mark"
  from (select source."key_month", count(distinct "source"."user_id") filter (where "source"."is_retained") as "a6", count(*) > 0 as "has_rows"
    from (
      select "span"."key_month" as "key_month", movement.user_id as "user_id", movement.side = 'CURRENT' and movement.movement = 'RETAINED' as "is_retained"
        from "rolling_0_months" as "span" join mart.user_movements as "movement"
          on (movement.movement_month)::date = "span"."period" and movement.movement_month >= "span"."from_at" and movement.movement_month < "span"."to_at"
       where "movement"."since_version" <= $13 and $14 < "movement"."until_version" and movement.movement_month <= $15::timestamp and true) as source
  group by source."key_month") as branch
  union all select "key_month", null::numeric as "a0", null::numeric as "a1", null::numeric as "a2", null::numeric as "a3", null::numeric as "a4", null::numeric as "a5", null::numeric as "a6", "a7"::numeric as "a7", null::int as "mark"
  from (select source."key_month", coalesce(sum("source"."arr"), 0)::numeric as "a7", count(*) > 0 as "has_rows"
    from (
      select "span"."key_month" as "key_month", firm.arr as "arr"
        from "rolling_0" as "span" join mart.firms as "firm" on firm.created_at < "span"."to_at"
       where "firm"."since_version" <= $16 and $17 < "firm"."until_version" and true) as source
  group by source."key_month") as branch) as sides
  group by "key_month"),
"rows" as (select "key_month", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_active_users", "a1"::int8 as "rolling_0_active_users", "a2"::int8 as "rolling_0_num_queries", case when "a3" between -9007199254740991 and 9007199254740991 and scale("a3") = 0 and nullif("a2", 0) between -9007199254740991 and 9007199254740991 and scale(nullif("a2", 0)) = 0
             then "a3"::int8::float8 / nullif("a2", 0)::int8::float8
             else (round("a3", 40) / nullif("a2", 0))::float8 end as "rolling_0_avg_feedback", case when "a4" between -9007199254740991 and 9007199254740991 and scale("a4") = 0 and nullif("a5", 0) between -9007199254740991 and 9007199254740991 and scale(nullif("a5", 0)) = 0
             then "a4"::int8::float8 / nullif("a5", 0)::int8::float8
             else (round("a4", 40) / nullif("a5", 0))::float8 end as "rolling_0_engagement_score", "a6"::int8 as "rolling_0_retained_users", "a7"::float8 as "rolling_0_arr" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows")
select kind as cell_kind, "key_month"::date as "cell_0", "metric_active_users"::int8 as "cell_1", "rolling_0_active_users"::int8 as "cell_2", "rolling_0_num_queries"::int8 as "cell_3", "rolling_0_avg_feedback"::float8 as "cell_4", "rolling_0_engagement_score"::float8 as "cell_5", "rolling_0_retained_users"::int8 as "cell_6", "rolling_0_arr"::float8 as "cell_7"
  from (select * from "surviving" offset 0) as page order by "key_month" asc nulls last limit $18
