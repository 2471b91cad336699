-- metrics
-- $1 = 1
-- $2 = 1
-- $3 = 1
-- $4 = 1
-- $5 = 101
with "rows_core" as (select "key_month", "a0", "a1", "a2", "a3", "a4", "a5", case when "has_rows" then 0 end as "mark"
  from (select source."key_month", coalesce("source"."num_queries", 0) as "a0", coalesce("source"."num_docs", 0) as "a1", coalesce("source"."feedback_sum", 0) as "a2", coalesce("source"."active_users", 0) as "a3", coalesce("source"."active_firms", 0) as "a4", coalesce("source"."active_days", 0) as "a5", true as "has_rows" from (
      select "event"."period"::date as "key_month", "event"."num_queries" as "num_queries", "event"."num_docs" as "num_docs", "event"."feedback_sum" as "feedback_sum", "event"."active_users" as "active_users", "event"."active_firms" as "active_firms", "event"."active_days" as "active_days"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 3 and "event"."since_version" <= $1 and $2 < "event"."until_version" and true) as source) as branch),
"rows" as (select "key_month", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries", "a1"::int8 as "metric_num_docs", case when "a2" between -9007199254740991 and 9007199254740991 and scale("a2") = 0 and nullif("a0", 0) between -9007199254740991 and 9007199254740991 and scale(nullif("a0", 0)) = 0
             then "a2"::int8::float8 / nullif("a0", 0)::int8::float8
             else (round("a2", 40) / nullif("a0", 0))::float8 end as "metric_avg_feedback", "a3"::int8 as "metric_active_users", "a4"::int8 as "metric_active_firms", "a5"::int8 as "metric_active_days" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows"),
"totals_core" as (select "a0"::numeric as "a0", "a1"::numeric as "a1", "a2"::numeric as "a2", "a3"::numeric as "a3", "a4"::numeric as "a4", "a5"::numeric as "a5", null::int as "mark"
  from (select coalesce(sum("source"."num_queries"), 0)::numeric as "a0", coalesce(sum("source"."num_docs"), 0)::numeric as "a1", coalesce(sum("source"."feedback_sum"), 0)::numeric as "a2", coalesce(sum("source"."active_users"), 0) as "a3", coalesce(sum("source"."active_firms"), 0) as "a4", coalesce(sum("source"."active_days"), 0) as "a5", count(*) > 0 as "has_rows"
    from (
      select "event"."num_queries" as "num_queries", "event"."num_docs" as "num_docs", "event"."feedback_sum" as "feedback_sum", "event"."active_users" as "active_users", "event"."active_firms" as "active_firms", "event"."active_days" as "active_days"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 0 and "event"."since_version" <= $3 and $4 < "event"."until_version" and true) as source) as branch),
"totals" as (select coalesce(mark, 0) as kind, "a0"::int8 as "metric_num_queries", "a1"::int8 as "metric_num_docs", case when "a2" between -9007199254740991 and 9007199254740991 and scale("a2") = 0 and nullif("a0", 0) between -9007199254740991 and 9007199254740991 and scale(nullif("a0", 0)) = 0
             then "a2"::int8::float8 / nullif("a0", 0)::int8::float8
             else (round("a2", 40) / nullif("a0", 0))::float8 end as "metric_avg_feedback", "a3"::int8 as "metric_active_users", "a4"::int8 as "metric_active_firms", "a5"::int8 as "metric_active_days" from "totals_core"),
"rows_page" as (select *, row_number() over (order by "key_month" asc nulls last) as position from "surviving" order by "key_month" asc nulls last limit $5)
select 0, position, null::int8, kind, "key_month"::date, "metric_num_queries"::int8, "metric_num_docs"::int8, "metric_avg_feedback"::float8, "metric_active_users"::int8, "metric_active_firms"::int8, "metric_active_days"::int8 from "rows_page"
union all
select 0, null::int8, count(*), null::int, null::date, null::int8, null::int8, null::float8, null::int8, null::int8, null::int8 from "surviving"
union all
select 1, null::int8, null::int8, kind, null::date, "metric_num_queries"::int8, "metric_num_docs"::int8, "metric_avg_feedback"::float8, "metric_active_users"::int8, "metric_active_firms"::int8, "metric_active_days"::int8 from "totals"
order by 1, 2
