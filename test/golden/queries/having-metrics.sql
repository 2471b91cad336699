-- metrics
-- $1 = 1
-- $2 = 1
-- $3 = 3
-- $4 = 4
-- $5 = 13
-- $6 = 1
-- $7 = 1
-- $8 = 101
with "rows_core" as (select "key_user", "a0"::numeric as "a0", "a1"::numeric as "a1", "a2"::numeric as "a2", case when "has_rows" then 0 end as "mark"
  from (select source."key_user", coalesce(sum("source"."num_queries"), 0)::numeric as "a0", coalesce(sum("source"."feedback_sum"), 0)::numeric as "a1", coalesce(sum("source"."num_docs"), 0)::numeric as "a2", count(*) > 0 as "has_rows"
    from (
      select "event"."user_id"::text as "key_user", "event"."num_queries" as "num_queries", "event"."feedback_sum" as "feedback_sum", "event"."num_docs" as "num_docs"
        from "rollup"."queries_by_user_04b30c1d" as "event"
       where "event"."level" = 0 and "event"."since_version" <= $1 and $2 < "event"."until_version" and true) as source
  group by source."key_user") as branch),
"rows" as (select "key_user", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries", case when "a1" between -9007199254740991 and 9007199254740991 and scale("a1") = 0 and nullif("a0", 0) between -9007199254740991 and 9007199254740991 and scale(nullif("a0", 0)) = 0
             then "a1"::int8::float8 / nullif("a0", 0)::int8::float8
             else (round("a1", 40) / nullif("a0", 0))::float8 end as "metric_avg_feedback", "a2"::int8 as "metric_num_docs" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows"
  where (coalesce("metric_num_queries"::float8 >= $3::float8, false)) and (((coalesce("metric_avg_feedback"::float8 > $4::float8, false)) or (coalesce("metric_num_docs"::float8 = $5::float8, false))))),
"totals_core" as (select "a0"::numeric as "a0", "a1"::numeric as "a1", null::int as "mark"
  from (select coalesce(sum("source"."num_queries"), 0)::numeric as "a0", count(distinct "source"."user_id") as "a1", count(*) > 0 as "has_rows"
    from (
      select "base"."num_queries", "base"."user_id"
        from (
      select user_month.user_id::text as "key_user", user_month.num_queries as "num_queries", user_month.user_id as "user_id"
        from mart.user_engagement as "user_month"
       where "user_month"."since_version" <= $6 and $7 < "user_month"."until_version" and true offset 0) as base
        join "surviving" as kept on "base"."key_user" = "kept"."key_user") as source) as branch),
"totals" as (select coalesce(mark, 0) as kind, "a0"::int8 as "metric_num_queries", "a1"::int8 as "metric_active_users" from "totals_core"),
"rows_page" as (select *, row_number() over (order by "key_user" collate "C" asc nulls last) as position from "surviving" order by "key_user" collate "C" asc nulls last limit $8)
select 0, position, null::int8, kind, "key_user"::text, "metric_num_queries"::int8, "metric_avg_feedback"::float8, "metric_num_docs"::int8, null::int8 from "rows_page"
union all
select 0, null::int8, count(*), null::int, null::text, null::int8, null::float8, null::int8, null::int8 from "surviving"
union all
select 1, null::int8, null::int8, kind, null::text, "metric_num_queries"::int8, null::float8, null::int8, "metric_active_users"::int8 from "totals"
order by 1, 2
