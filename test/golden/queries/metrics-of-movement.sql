-- metrics
-- $1 = ["2023-12-01","2024-01-01","2024-02-01","2024-03-01","2024-04-01"]
-- $2 = ["2023-12-01T00:00:00.000000","2024-01-01T00:00:00.000000","2024-02-01T00:00:00.000000","2024-03-01T00:00:00.000000","2024-04-01T00:00:00.000000"]
-- $3 = 1
-- $4 = 1
-- $5 = "2023-12-01T00:00:00.000000"
-- $6 = "2024-05-01T00:00:00.000000"
-- $7 = 1
-- $8 = 1
-- $9 = "2024-04-15T15:00:00.000000"
-- $10 = "2023-12-01T00:00:00.000000"
-- $11 = "2024-05-01T00:00:00.000000"
-- $12 = 101
with "periods" as (select * from unnest($1::date[], $2::timestamp[]) as span("key_month", "from_at")),
"rows_core" as (select "key_month", coalesce(max("a0"), 0) as "a0", coalesce(max("a1"), 0) as "a1", coalesce(max("a2"), 0) as "a2", coalesce(max("a3"), 0) as "a3", coalesce(max("a4"), 0) as "a4", coalesce(max("a5"), 0) as "a5", min("mark") as "mark"
    from (select "key_month", "a0", null::numeric as "a1", null::numeric as "a2", null::numeric as "a3", null::numeric as "a4", null::numeric as "a5", case when "has_rows" then 0 end as "mark"
  from (select source."key_month", coalesce("source"."active_users", 0) as "a0", true as "has_rows" from (
      select "event"."period"::date as "key_month", "event"."active_users" as "active_users"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 3 and "event"."since_version" <= $3 and $4 < "event"."until_version" and true and "event"."period" >= $5::timestamp and "event"."period" < $6::timestamp) as source) as branch
  union all select "key_month", null::numeric as "a0", "a1", "a2", "a3", "a4", "a5", null::int as "mark"
  from (select source."key_month", coalesce("source"."new_users", 0) as "a1", coalesce("source"."retained_users", 0) as "a2", coalesce("source"."churned_users", 0) as "a3", coalesce("source"."resurrected_users", 0) as "a4", coalesce("source"."active_before", 0) as "a5", true as "has_rows" from (
      select "movement"."period"::date as "key_month", "movement"."new_users" as "new_users", "movement"."retained_users" as "retained_users", "movement"."churned_users" as "churned_users", "movement"."resurrected_users" as "resurrected_users", "movement"."active_before" as "active_before"
        from "rollup"."movements_cube_440cf863" as "movement"
       where "movement"."level" = 0 and "movement"."since_version" <= $7 and $8 < "movement"."until_version" and "movement"."period" <= $9::timestamp and true and "movement"."period" >= $10::timestamp and "movement"."period" < $11::timestamp) as source) as branch) as sides
  group by "key_month"),
"rows_based" as (select "key_month", true as has_rows from "rows_core"
  where mark is not null),
"rows_filled" as (select "key_month", true as filled from "periods"),
"rows_added" as (select candidate."key_month", candidate.filled
    from (select "key_month", "filled" from "rows_filled") as candidate
   where true),
"rows_all" as (select "key_month", coalesce(max("a0"), 0) as "a0", coalesce(max("a1"), 0) as "a1", coalesce(max("a2"), 0) as "a2", coalesce(max("a3"), 0) as "a3", coalesce(max("a4"), 0) as "a4", coalesce(max("a5"), 0) as "a5", min("mark") as "mark"
    from (select "key_month", "a0", "a1", "a2", "a3", "a4", "a5", "mark" from "rows_core"
  union all select "key_month", null::numeric as "a0", null::numeric as "a1", null::numeric as "a2", null::numeric as "a3", null::numeric as "a4", null::numeric as "a5", case when filled then 2 else 3 end from "rows_added") as sides
  group by "key_month"),
"rows" as (select "key_month", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_active_users", "a1"::int8 as "metric_new_users", "a2"::int8 as "metric_retained_users", "a3"::int8 as "metric_churned_users", "a4"::int8 as "metric_resurrected_users", case when "a2" between -9007199254740991 and 9007199254740991 and scale("a2") = 0 and nullif("a5", 0) between -9007199254740991 and 9007199254740991 and scale(nullif("a5", 0)) = 0
             then "a2"::int8::float8 / nullif("a5", 0)::int8::float8
             else (round("a2", 40) / nullif("a5", 0))::float8 end as "metric_retention_rate" from "rows_all"
  where mark is not null),
"surviving" as (select * from "rows")
select kind as cell_kind, "key_month"::date as "cell_0", "metric_active_users"::int8 as "cell_1", "metric_new_users"::int8 as "cell_2", "metric_retained_users"::int8 as "cell_3", "metric_churned_users"::int8 as "cell_4", "metric_resurrected_users"::int8 as "cell_5", "metric_retention_rate"::float8 as "cell_6"
  from (select * from "surviving" offset 0) as page order by "key_month" asc nulls last limit $12
