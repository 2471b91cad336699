-- metrics
-- $1 = 1
-- $2 = 1
-- $3 = "2024-02-01T00:00:00.000000"
-- $4 = "2024-03-01T00:00:00.000000"
-- $5 = 1
-- $6 = 1
-- $7 = 1
-- $8 = 1
-- $9 = "2024-02-01T00:00:00.000000"
-- $10 = "2024-03-01T00:00:00.000000"
-- $11 = 101
-- $12 = 1
-- $13 = 1
-- $14 = "2024-02-01T00:00:00.000000"
-- $15 = "2024-03-01T00:00:00.000000"
-- $16 = 1
-- $17 = 1
-- $18 = "2024-02-01T00:00:00.000000"
-- $19 = "2024-03-01T00:00:00.000000"
-- $20 = 0
-- $21 = 1
with "rows_core" as (select "key_firm", "key_month", coalesce(max("a0"), 0) as "a0", coalesce(max("a1"), 0) as "a1", coalesce(max("a2"), 0) as "a2", coalesce(max("a3"), 0) as "a3", min("mark") as "mark"
    from (select "key_firm", "key_month", "a0"::numeric as "a0", "a1"::numeric as "a1", null::numeric as "a2", null::numeric as "a3", case when "has_rows" then 0 end as "mark"
  from (select source."key_firm", source."key_month", count(*) as "a0", count(distinct "source"."user_id") as "a1", count(*) > 0 as "has_rows"
    from (
      select event.firm_id::bigint as "key_firm", date_trunc('month', event.created)::date as "key_month", event.user_id as "user_id"
        from raw.events as "event"
       where "event"."since_version" <= $1 and $2 < "event"."until_version" and true and event.created >= $3::timestamp and event.created < $4::timestamp) as source
  group by source."key_firm", source."key_month") as branch
  union all select "key_firm", "key_month", null::numeric as "a0", null::numeric as "a1", "a2"::numeric as "a2", "a3"::numeric as "a3", case when "has_rows" then 0 end as "mark"
  from (select source."key_firm", source."key_month", coalesce(sum("source"."engagement_score"), 0)::numeric as "a2", count("source"."engagement_score") as "a3", count(*) > 0 as "has_rows"
    from (
      select distinct month_firm.firm_id::bigint as "key_firm", date_trunc('month', user_month.activity_month::timestamp)::date as "key_month", user_month.engagement_score as "engagement_score", user_month.user_id as "user_id", user_month.activity_month as "activity_month"
        from mart.user_engagement as "user_month"
        left join mart.user_movements as "month_firm" on month_firm.user_id = user_month.user_id
                  and month_firm.movement_month = user_month.activity_month
                  and month_firm.side = 'CURRENT' and "month_firm"."since_version" <= $5 and $6 < "month_firm"."until_version"
       where "user_month"."since_version" <= $7 and $8 < "user_month"."until_version" and true and user_month.activity_month::timestamp >= $9::timestamp and user_month.activity_month::timestamp < $10::timestamp) as source
  group by source."key_firm", source."key_month") as branch) as sides
  group by "key_firm", "key_month"),
"rows" as (select "key_firm", "key_month", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries", "a1"::int8 as "metric_active_users", ("a2"::numeric / nullif("a3"::numeric, 0))::float8 as "metric_engagement_score" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows"),
"rows_page" as (select *, row_number() over (order by "key_firm" asc nulls last, "key_month" asc nulls last) as position from "surviving" order by position limit $11),
"totals_core" as (select coalesce(max("a0"), 0) as "a0", coalesce(max("a1"), 0) as "a1", coalesce(max("a2"), 0) as "a2", coalesce(max("a3"), 0) as "a3", min("mark") as "mark"
    from (select "a0"::numeric as "a0", "a1"::numeric as "a1", null::numeric as "a2", null::numeric as "a3", null::int as "mark"
  from (select coalesce(sum("source"."num_queries"), 0)::numeric as "a0", count(distinct "source"."user_id") as "a1", count(*) > 0 as "has_rows"
    from (
      select user_month.num_queries as "num_queries", user_month.user_id as "user_id"
        from mart.user_engagement as "user_month"
       where "user_month"."since_version" <= $12 and $13 < "user_month"."until_version" and true and user_month.activity_month::timestamp >= $14::timestamp and user_month.activity_month::timestamp < $15::timestamp) as source) as branch
  union all select null::numeric as "a0", null::numeric as "a1", "a2"::numeric as "a2", "a3"::numeric as "a3", null::int as "mark"
  from (select coalesce(sum("source"."engagement_score"), 0)::numeric as "a2", count("source"."engagement_score") as "a3", count(*) > 0 as "has_rows"
    from (
      select user_month.engagement_score as "engagement_score"
        from mart.user_engagement as "user_month"
       where "user_month"."since_version" <= $16 and $17 < "user_month"."until_version" and true and user_month.activity_month::timestamp >= $18::timestamp and user_month.activity_month::timestamp < $19::timestamp) as source) as branch) as sides),
"totals" as (select coalesce(mark, 0) as kind, "a0"::int8 as "metric_num_queries", "a1"::int8 as "metric_active_users", ("a2"::numeric / nullif("a3"::numeric, 0))::float8 as "metric_engagement_score" from "totals_core")
select $20::int, position, null::int8, kind, "key_firm"::bigint, "key_month"::date, "metric_num_queries"::int8, "metric_active_users"::int8, "metric_engagement_score"::float8 from "rows_page"
union all
select $21::int, null::int8, null::int8, kind, null::bigint, null::date, "metric_num_queries"::int8, "metric_active_users"::int8, "metric_engagement_score"::float8 from "totals"
order by 1, 2
