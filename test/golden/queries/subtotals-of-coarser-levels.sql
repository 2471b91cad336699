-- metrics
-- $1 = 1
-- $2 = 1
-- $3 = "2024-02-01"
-- $4 = "2024-01-01"
-- $5 = 1
-- $6 = 1
-- $7 = "2024-02-01"
-- $8 = "2024-01-01"
-- $9 = 1
-- $10 = 1
-- $11 = "2024-02-01"
-- $12 = "2024-01-01"
-- $13 = 1
-- $14 = 1
-- $15 = "2024-02-01"
-- $16 = "2024-01-01"
-- $17 = 101
-- $18 = 101
-- $19 = 2
with "rows_core" as (select "key_month", "key_firm", "key_event_type", "a0", "a1", case when "has_rows" then 0 end as "mark"
  from (select source."key_month", source."key_firm", source."key_event_type", coalesce("source"."num_queries", 0) as "a0", coalesce("source"."active_users", 0) as "a1", true as "has_rows" from (
      select "event"."period"::date as "key_month", "event"."firm_id"::bigint as "key_firm", "event"."event_type"::raw.event_type as "key_event_type", "event"."num_queries" as "num_queries", "event"."active_users" as "active_users"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 23 and "event"."since_version" <= $1 and $2 < "event"."until_version" and ("event"."period" < ($3::timestamp + interval '1 month')) and ("event"."period" >= $4::timestamp)) as source) as branch),
"rows" as (select "key_month", "key_firm", "key_event_type", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries", "a1"::int8 as "metric_active_users" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows"),
"totals_core" as (select "a0"::numeric as "a0", "a1"::numeric as "a1", null::int as "mark"
  from (select coalesce(sum("source"."num_queries"), 0)::numeric as "a0", count(distinct "source"."user_id") as "a1", count(*) > 0 as "has_rows"
    from (
      select user_month.num_queries as "num_queries", user_month.user_id as "user_id"
        from mart.user_engagement as "user_month"
       where "user_month"."since_version" <= $5 and $6 < "user_month"."until_version" and (user_month.activity_month < ($7::timestamp + interval '1 month')) and (user_month.activity_month >= $8::timestamp)) as source) as branch),
"totals" as (select coalesce(mark, 0) as kind, "a0"::int8 as "metric_num_queries", "a1"::int8 as "metric_active_users" from "totals_core"),
"subtotals_0_core" as (select "key_month", "a0", "a1", case when "has_rows" then 0 end as "mark"
  from (select source."key_month", coalesce("source"."num_queries", 0) as "a0", coalesce("source"."active_users", 0) as "a1", true as "has_rows" from (
      select "event"."period"::date as "key_month", "event"."num_queries" as "num_queries", "event"."active_users" as "active_users"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 3 and "event"."since_version" <= $9 and $10 < "event"."until_version" and ("event"."period" < ($11::timestamp + interval '1 month')) and ("event"."period" >= $12::timestamp)) as source) as branch),
"subtotals_0" as (select "key_month", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries", "a1"::int8 as "metric_active_users" from "subtotals_0_core"
  where mark is not null),
"subtotals_1_core" as (select "key_firm", "a0"::numeric as "a0", "a1"::numeric as "a1", case when "has_rows" then 0 end as "mark"
  from (select source."key_firm", coalesce(sum("source"."num_queries"), 0)::numeric as "a0", count(distinct "source"."user_id") as "a1", count(*) > 0 as "has_rows"
    from (
      select "event"."firm_id"::bigint as "key_firm", "event"."num_queries" as "num_queries", "event"."user_id" as "user_id"
        from "rollup"."queries_by_user_04b30c1d" as "event"
       where "event"."level" = 0 and "event"."since_version" <= $13 and $14 < "event"."until_version" and ("event"."period" < ($15::timestamp + interval '1 month')) and ("event"."period" >= $16::timestamp)) as source
  group by source."key_firm") as branch),
"subtotals_1" as (select "key_firm", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries", "a1"::int8 as "metric_active_users" from "subtotals_1_core"
  where mark is not null),
"rows_page" as (select *, row_number() over (order by "key_month" asc nulls last, "key_firm" asc nulls last, "key_event_type" asc nulls last) as position from "surviving" order by "key_month" asc nulls last, "key_firm" asc nulls last, "key_event_type" asc nulls last limit $17),
"subtotals_0_page" as (select *, row_number() over (order by "key_month" asc nulls last) as position from "subtotals_0" order by "key_month" asc nulls last limit $18),
"subtotals_1_page" as (select *, row_number() over (order by "key_firm" asc nulls last) as position from "subtotals_1" order by "key_firm" asc nulls last limit $19)
select 0, position, null::int8, kind, "key_month"::date, "key_firm"::bigint, "key_event_type"::text, "metric_num_queries"::int8, "metric_active_users"::int8 from "rows_page"
union all
select 1, null::int8, null::int8, kind, null::date, null::bigint, null::text, "metric_num_queries"::int8, "metric_active_users"::int8 from "totals"
union all
select 2, position, null::int8, kind, "key_month"::date, null::bigint, null::text, "metric_num_queries"::int8, "metric_active_users"::int8 from "subtotals_0_page"
union all
select 2, null::int8, count(*), null::int, null::date, null::bigint, null::text, null::int8, null::int8 from "subtotals_0"
union all
select 3, position, null::int8, kind, null::date, "key_firm"::bigint, null::text, "metric_num_queries"::int8, "metric_active_users"::int8 from "subtotals_1_page"
order by 1, 2
