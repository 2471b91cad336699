-- metrics
-- $1 = 1
-- $2 = 1
-- $3 = "2024-02-01"
-- $4 = 1
-- $5 = 1
-- $6 = "2024-02-01"
-- $7 = "ASSISTANT"
-- $8 = 1
-- $9 = 1
-- $10 = "2024-02-01"
-- $11 = 1
-- $12 = 1
-- $13 = "2024-02-01"
-- $14 = "ASSISTANT"
-- $15 = 101
with "rows_core" as (select "key_month", coalesce(max("a0"), 0) as "a0", coalesce(max("a1"), 0) as "a1", min("mark") as "mark"
    from (select "key_month", "a0", null::numeric as "a1", case when "has_rows" then 0 end as "mark"
  from (select source."key_month", coalesce("source"."active_users", 0) as "a0", true as "has_rows" from (
      select "event"."period"::date as "key_month", "event"."active_users" as "active_users"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 3 and "event"."since_version" <= $1 and $2 < "event"."until_version" and "event"."period" >= $3::timestamp) as source) as branch
  union all select "key_month", null::numeric as "a0", "a1", null::int as "mark"
  from (select source."key_month", coalesce("source"."active_users", 0) as "a1", true as "has_rows" from (
      select "event"."period"::date as "key_month", "event"."active_users" as "active_users"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 15 and "event"."since_version" <= $4 and $5 < "event"."until_version" and "event"."period" >= $6::timestamp and "event"."event_type"::raw.event_type = $7::raw.event_type) as source) as branch) as sides
  group by "key_month"),
"rows" as (select "key_month", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_active_users", "a1"::float8 as "custom_0" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows"),
"totals_core" as (select coalesce(max("a0"), 0) as "a0", coalesce(max("a1"), 0) as "a1", min("mark") as "mark"
    from (select "a0"::numeric as "a0", null::numeric as "a1", null::int as "mark"
  from (select count(distinct "source"."user_id") as "a0", count(*) > 0 as "has_rows"
    from (
      select user_month.user_id as "user_id"
        from mart.user_engagement as "user_month"
       where "user_month"."since_version" <= $8 and $9 < "user_month"."until_version" and user_month.activity_month >= $10::timestamp) as source) as branch
  union all select null::numeric as "a0", "a1"::numeric as "a1", null::int as "mark"
  from (select count(distinct "source"."user_id") as "a1", count(*) > 0 as "has_rows"
    from (
      select "event"."user_id" as "user_id"
        from "rollup"."queries_by_user_04b30c1d" as "event"
       where "event"."level" = 0 and "event"."since_version" <= $11 and $12 < "event"."until_version" and "event"."period" >= $13::timestamp and "event"."event_type"::raw.event_type = $14::raw.event_type) as source) as branch) as sides),
"totals" as (select coalesce(mark, 0) as kind, "a0"::int8 as "metric_active_users", "a1"::float8 as "custom_0" from "totals_core"),
"rows_page" as (select *, row_number() over (order by "custom_0" desc nulls last, "key_month" asc nulls last) as position from "surviving" order by "custom_0" desc nulls last, "key_month" asc nulls last limit $15)
select 0, position, null::int8, kind, "key_month"::date, "metric_active_users"::int8, "custom_0"::float8 from "rows_page"
union all
select 1, null::int8, null::int8, kind, null::date, "metric_active_users"::int8, "custom_0"::float8 from "totals"
order by 1, 2
