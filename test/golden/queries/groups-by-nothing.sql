-- metrics
-- $1 = 1
-- $2 = 1
-- $3 = 1
-- $4 = 1
-- $5 = 1
-- $6 = 1
-- $7 = 1
-- $8 = 1
-- $9 = 101
with "rows_core" as (select coalesce(max("a0"), 0) as "a0", coalesce(max("a1"), 0) as "a1", coalesce(max("a2"), 0) as "a2", coalesce(max("a3"), 0) as "a3", min("mark") as "mark"
    from (select "a0"::numeric as "a0", "a1"::numeric as "a1", null::numeric as "a2", null::numeric as "a3", case when "has_rows" then 0 end as "mark"
  from (select coalesce(sum("source"."num_queries"), 0)::numeric as "a0", coalesce(sum("source"."active_users"), 0) as "a1", count(*) > 0 as "has_rows"
    from (
      select "event"."num_queries" as "num_queries", "event"."active_users" as "active_users"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 0 and "event"."since_version" <= $1 and $2 < "event"."until_version" and true) as source) as branch
  union all select null::numeric as "a0", null::numeric as "a1", "a2"::numeric as "a2", "a3"::numeric as "a3", case when "has_rows" then 0 end as "mark"
  from (select coalesce(sum("source"."engagement_score_sum"), 0) as "a2", coalesce(sum("source"."engagement_score_count"), 0) as "a3", count(*) > 0 as "has_rows"
    from (
      select "user_month"."engagement_score_sum" as "engagement_score_sum", "user_month"."engagement_score_count" as "engagement_score_count"
        from "rollup"."user_months_cube_b1068e11" as "user_month"
       where "user_month"."level" = 0 and "user_month"."since_version" <= $3 and $4 < "user_month"."until_version" and true) as source) as branch) as sides),
"rows" as (select case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries", "a1"::int8 as "metric_active_users", case when "a2" between -9007199254740991 and 9007199254740991 and scale("a2") = 0 and nullif("a3", 0) between -9007199254740991 and 9007199254740991 and scale(nullif("a3", 0)) = 0
             then "a2"::int8::float8 / nullif("a3", 0)::int8::float8
             else (round("a2", 40) / nullif("a3", 0))::float8 end as "metric_engagement_score" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows"),
"totals_core" as (select coalesce(max("a0"), 0) as "a0", coalesce(max("a1"), 0) as "a1", coalesce(max("a2"), 0) as "a2", coalesce(max("a3"), 0) as "a3", min("mark") as "mark"
    from (select "a0"::numeric as "a0", "a1"::numeric as "a1", null::numeric as "a2", null::numeric as "a3", null::int as "mark"
  from (select coalesce(sum("source"."num_queries"), 0)::numeric as "a0", coalesce(sum("source"."active_users"), 0) as "a1", count(*) > 0 as "has_rows"
    from (
      select "event"."num_queries" as "num_queries", "event"."active_users" as "active_users"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 0 and "event"."since_version" <= $5 and $6 < "event"."until_version" and true) as source) as branch
  union all select null::numeric as "a0", null::numeric as "a1", "a2"::numeric as "a2", "a3"::numeric as "a3", null::int as "mark"
  from (select coalesce(sum("source"."engagement_score_sum"), 0) as "a2", coalesce(sum("source"."engagement_score_count"), 0) as "a3", count(*) > 0 as "has_rows"
    from (
      select "user_month"."engagement_score_sum" as "engagement_score_sum", "user_month"."engagement_score_count" as "engagement_score_count"
        from "rollup"."user_months_cube_b1068e11" as "user_month"
       where "user_month"."level" = 0 and "user_month"."since_version" <= $7 and $8 < "user_month"."until_version" and true) as source) as branch) as sides),
"totals" as (select coalesce(mark, 0) as kind, "a0"::int8 as "metric_num_queries", "a1"::int8 as "metric_active_users", case when "a2" between -9007199254740991 and 9007199254740991 and scale("a2") = 0 and nullif("a3", 0) between -9007199254740991 and 9007199254740991 and scale(nullif("a3", 0)) = 0
             then "a2"::int8::float8 / nullif("a3", 0)::int8::float8
             else (round("a2", 40) / nullif("a3", 0))::float8 end as "metric_engagement_score" from "totals_core"),
"rows_page" as (select *, row_number() over () as position from "surviving"  limit $9)
select 0, position, null::int8, kind, "metric_num_queries"::int8, "metric_active_users"::int8, "metric_engagement_score"::float8 from "rows_page"
union all
select 1, null::int8, null::int8, kind, "metric_num_queries"::int8, "metric_active_users"::int8, "metric_engagement_score"::float8 from "totals"
order by 1, 2
