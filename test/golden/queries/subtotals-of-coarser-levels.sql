-- metrics
-- $1 = 23
-- $2 = 1
-- $3 = 1
-- $4 = "2024-02-01"
-- $5 = "2024-01-01"
-- $6 = 101
-- $7 = 1
-- $8 = 1
-- $9 = "2024-02-01"
-- $10 = "2024-01-01"
-- $11 = 3
-- $12 = 1
-- $13 = 1
-- $14 = "2024-02-01"
-- $15 = "2024-01-01"
-- $16 = 101
-- $17 = 0
-- $18 = 1
-- $19 = 1
-- $20 = "2024-02-01"
-- $21 = "2024-01-01"
-- $22 = 2
-- $23 = 0
-- $24 = 1
-- $25 = 2
-- $26 = 2
-- $27 = 3
with "rows_core" as (select "key_month", "key_firm", "key_event_type", "a0"::numeric as "a0", "a1"::numeric as "a1", case when "has_rows" then 0 end as "mark"
  from (select source."key_month", source."key_firm", source."key_event_type", coalesce(sum("source"."num_queries"), 0)::numeric as "a0", coalesce(max("source"."active_users"), 0) as "a1", count(*) > 0 as "has_rows"
    from (
      select date_trunc('month', "event"."period"::timestamp)::date as "key_month", "event"."firm_id"::bigint as "key_firm", "event"."event_type"::raw.event_type as "key_event_type", "event"."num_queries" as "num_queries", "event"."active_users" as "active_users"
        from "rollup"."queries_cube_311d4843" as "event"
       where "event"."level" = $1 and "event"."since_version" <= $2 and $3 < "event"."until_version" and ("event"."period"::timestamp < ($4::timestamp + interval '1 month')) and ("event"."period"::timestamp >= $5::timestamp)) as source
  group by source."key_month", source."key_firm", source."key_event_type") as branch),
"rows" as (select "key_month", "key_firm", "key_event_type", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries", "a1"::int8 as "metric_active_users" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows"),
"rows_page" as (select *, row_number() over (order by "key_month" asc nulls last, "key_firm" asc nulls last, "key_event_type" asc nulls last) as position from "surviving" order by position limit $6),
"totals_core" as (select "a0"::numeric as "a0", "a1"::numeric as "a1", null::int as "mark"
  from (select coalesce(sum("source"."num_queries"), 0)::numeric as "a0", count(distinct "source"."user_id") as "a1", count(*) > 0 as "has_rows"
    from (
      select user_month.num_queries as "num_queries", user_month.user_id as "user_id"
        from mart.user_engagement as "user_month"
       where "user_month"."since_version" <= $7 and $8 < "user_month"."until_version" and (user_month.activity_month::timestamp < ($9::timestamp + interval '1 month')) and (user_month.activity_month::timestamp >= $10::timestamp)) as source) as branch),
"totals" as (select coalesce(mark, 0) as kind, "a0"::int8 as "metric_num_queries", "a1"::int8 as "metric_active_users" from "totals_core"),
"subtotals_0_core" as (select "key_month", "a0"::numeric as "a0", "a1"::numeric as "a1", case when "has_rows" then 0 end as "mark"
  from (select source."key_month", coalesce(sum("source"."num_queries"), 0)::numeric as "a0", coalesce(max("source"."active_users"), 0) as "a1", count(*) > 0 as "has_rows"
    from (
      select date_trunc('month', "event"."period"::timestamp)::date as "key_month", "event"."num_queries" as "num_queries", "event"."active_users" as "active_users"
        from "rollup"."queries_cube_311d4843" as "event"
       where "event"."level" = $11 and "event"."since_version" <= $12 and $13 < "event"."until_version" and ("event"."period"::timestamp < ($14::timestamp + interval '1 month')) and ("event"."period"::timestamp >= $15::timestamp)) as source
  group by source."key_month") as branch),
"subtotals_0" as (select "key_month", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries", "a1"::int8 as "metric_active_users" from "subtotals_0_core"
  where mark is not null),
"subtotals_0_page" as (select *, row_number() over (order by "key_month" asc nulls last) as position from "subtotals_0" order by position limit $16),
"subtotals_1_core" as (select "key_firm", "a0"::numeric as "a0", "a1"::numeric as "a1", case when "has_rows" then 0 end as "mark"
  from (select source."key_firm", coalesce(sum("source"."num_queries"), 0)::numeric as "a0", count(distinct "source"."user_id") as "a1", count(*) > 0 as "has_rows"
    from (
      select "event"."firm_id"::bigint as "key_firm", "event"."num_queries" as "num_queries", "event"."user_id" as "user_id"
        from "rollup"."queries_by_user_84b0c188" as "event"
       where "event"."level" = $17 and "event"."since_version" <= $18 and $19 < "event"."until_version" and ("event"."period"::timestamp < ($20::timestamp + interval '1 month')) and ("event"."period"::timestamp >= $21::timestamp)) as source
  group by source."key_firm") as branch),
"subtotals_1" as (select "key_firm", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries", "a1"::int8 as "metric_active_users" from "subtotals_1_core"
  where mark is not null),
"subtotals_1_page" as (select *, row_number() over (order by "key_firm" asc nulls last) as position from "subtotals_1" order by position limit $22)
select $23::int, position, null::int8, kind, "key_month"::date, "key_firm"::bigint, "key_event_type"::text, "metric_num_queries"::int8, "metric_active_users"::int8 from "rows_page"
union all
select $24::int, null::int8, null::int8, kind, null::date, null::bigint, null::text, "metric_num_queries"::int8, "metric_active_users"::int8 from "totals"
union all
select $25::int, position, null::int8, kind, "key_month"::date, null::bigint, null::text, "metric_num_queries"::int8, "metric_active_users"::int8 from "subtotals_0_page"
union all
select $26::int, null::int8, count(*), null::int, null::date, null::bigint, null::text, null::int8, null::int8 from "subtotals_0"
union all
select $27::int, position, null::int8, kind, null::date, "key_firm"::bigint, null::text, "metric_num_queries"::int8, "metric_active_users"::int8 from "subtotals_1_page"
order by 1, 2
