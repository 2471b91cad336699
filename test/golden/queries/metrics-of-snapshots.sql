-- metrics
-- $1 = ["2024-02-01","2024-03-01"]
-- $2 = ["2024-02-01T00:00:00.000000","2024-03-01T00:00:00.000000"]
-- $3 = ["2024-02-01T00:00:00.000000","2024-03-01T00:00:00.000000"]
-- $4 = ["2024-03-01T00:00:00.000000","2024-04-01T00:00:00.000000"]
-- $5 = 1
-- $6 = 1
-- $7 = 1
-- $8 = 1
-- $9 = "2024-02-01T00:00:00.000000"
-- $10 = "2024-04-01T00:00:00.000000"
-- $11 = 1
-- $12 = 1
-- $13 = "2024-04-01T00:00:00.000000"
-- $14 = 1
-- $15 = 1
-- $16 = "2024-02-01T00:00:00.000000"
-- $17 = "2024-04-01T00:00:00.000000"
-- $18 = 101
with "periods" as (select * from unnest($1::date[], $2::timestamp[], $3::timestamp[], $4::timestamp[]) as span("key_month", "start_at", "from_at", "to_at")),
"rows_core" as (select "key_month", coalesce(max("a0"), 0) as "a0", coalesce(max("a1"), 0) as "a1", coalesce(max("a2"), 0) as "a2", min("mark") as "mark"
    from (select "key_month", "a0"::numeric as "a0", "a1"::numeric as "a1", null::numeric as "a2", null::int as "mark"
  from (select source."key_month", coalesce(sum("source"."arr"), 0)::numeric as "a0", coalesce(sum("source"."firm_size"), 0)::numeric as "a1", count(*) > 0 as "has_rows"
    from (
      select "span"."key_month" as "key_month", firm.arr as "arr", firm.firm_size as "firm_size"
        from "periods" as "span" join mart.firms as "firm" on firm.created_at < "span"."to_at"
       where "firm"."since_version" <= $5 and $6 < "firm"."until_version" and true) as source
  group by source."key_month") as branch
  union all select "key_month", null::numeric as "a0", null::numeric as "a1", "a2", case when "has_rows" then 0 end as "mark"
  from (select source."key_month", coalesce("source"."active_users", 0) as "a2", true as "has_rows" from (
      select "event"."period"::date as "key_month", "event"."active_users" as "active_users"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 3 and "event"."since_version" <= $7 and $8 < "event"."until_version" and true and "event"."period" >= $9::timestamp and "event"."period" < $10::timestamp) as source) as branch) as sides
  group by "key_month"),
"rows" as (select "key_month", case mark when 3 then 1 else mark end as kind, "a0"::float8 as "metric_arr", "a1"::int8 as "metric_seats", "a2"::int8 as "metric_active_users", case when "a2" between -9007199254740991 and 9007199254740991 and scale("a2") = 0 and nullif("a1", 0) between -9007199254740991 and 9007199254740991 and scale(nullif("a1", 0)) = 0
             then "a2"::int8::float8 / nullif("a1", 0)::int8::float8
             else (round("a2", 40) / nullif("a1", 0))::float8 end as "metric_seat_utilization", (("a1"::numeric - "a2"))::int8 as "metric_unused_seats", case when "a0" between -9007199254740991 and 9007199254740991 and scale("a0") = 0 and nullif("a2", 0) between -9007199254740991 and 9007199254740991 and scale(nullif("a2", 0)) = 0
             then "a0"::int8::float8 / nullif("a2", 0)::int8::float8
             else (round("a0", 40) / nullif("a2", 0))::float8 end as "metric_arr_per_active_user" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows"),
"totals_core" as (select coalesce(max("a0"), 0) as "a0", coalesce(max("a1"), 0) as "a1", coalesce(max("a2"), 0) as "a2", min("mark") as "mark"
    from (select "a0"::numeric as "a0", "a1"::numeric as "a1", null::numeric as "a2", null::int as "mark"
  from (select coalesce(sum("source"."arr"), 0)::numeric as "a0", coalesce(sum("source"."firm_size"), 0)::numeric as "a1", count(*) > 0 as "has_rows"
    from (
      select firm.arr as "arr", firm.firm_size as "firm_size"
        from mart.firms as "firm"
       where "firm"."since_version" <= $11 and $12 < "firm"."until_version" and true and firm.created_at < $13::timestamp) as source) as branch
  union all select null::numeric as "a0", null::numeric as "a1", "a2"::numeric as "a2", null::int as "mark"
  from (select count(distinct "source"."user_id") as "a2", count(*) > 0 as "has_rows"
    from (
      select user_month.user_id as "user_id"
        from mart.user_engagement as "user_month"
       where "user_month"."since_version" <= $14 and $15 < "user_month"."until_version" and true and user_month.activity_month >= $16::timestamp and user_month.activity_month < $17::timestamp) as source) as branch) as sides),
"totals" as (select coalesce(mark, 0) as kind, "a0"::float8 as "metric_arr", "a1"::int8 as "metric_seats", "a2"::int8 as "metric_active_users", case when "a2" between -9007199254740991 and 9007199254740991 and scale("a2") = 0 and nullif("a1", 0) between -9007199254740991 and 9007199254740991 and scale(nullif("a1", 0)) = 0
             then "a2"::int8::float8 / nullif("a1", 0)::int8::float8
             else (round("a2", 40) / nullif("a1", 0))::float8 end as "metric_seat_utilization", (("a1"::numeric - "a2"))::int8 as "metric_unused_seats", case when "a0" between -9007199254740991 and 9007199254740991 and scale("a0") = 0 and nullif("a2", 0) between -9007199254740991 and 9007199254740991 and scale(nullif("a2", 0)) = 0
             then "a0"::int8::float8 / nullif("a2", 0)::int8::float8
             else (round("a0", 40) / nullif("a2", 0))::float8 end as "metric_arr_per_active_user" from "totals_core"),
"rows_page" as (select *, row_number() over (order by "key_month" asc nulls last) as position from "surviving" order by "key_month" asc nulls last limit $18)
select 0, position, null::int8, kind, "key_month"::date, "metric_arr"::float8, "metric_seats"::int8, "metric_active_users"::int8, "metric_seat_utilization"::float8, "metric_unused_seats"::int8, "metric_arr_per_active_user"::float8 from "rows_page"
union all
select 1, null::int8, null::int8, kind, null::date, "metric_arr"::float8, "metric_seats"::int8, "metric_active_users"::int8, "metric_seat_utilization"::float8, "metric_unused_seats"::int8, "metric_arr_per_active_user"::float8 from "totals"
order by 1, 2
