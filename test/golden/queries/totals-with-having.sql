-- metrics
-- $1 = 1
-- $2 = 1
-- $3 = 2
-- $4 = 1
-- $5 = 1
-- $6 = 1
-- $7 = 1
-- $8 = 101
-- $9 = 101
with "rows_core" as (select "key_month", "key_user", "a0"::numeric as "a0", case when "has_rows" then 0 end as "mark"
  from (select source."key_month", source."key_user", coalesce(sum("source"."num_queries"), 0)::numeric as "a0", count(*) > 0 as "has_rows"
    from (
      select user_month.activity_month::date as "key_month", user_month.user_id::text as "key_user", user_month.num_queries as "num_queries"
        from mart.user_engagement as "user_month"
       where "user_month"."since_version" <= $1 and $2 < "user_month"."until_version" and true) as source
  group by source."key_month", source."key_user") as branch),
"rows" as (select "key_month", "key_user", case mark when 3 then 1 else mark end as kind, "a0", "a0"::int8 as "metric_num_queries" from "rows_core"
  where mark is not null),
"surviving" as (select *, case when "a0" between -9007199254740991 and 9007199254740991 and scale("a0") = 0 and nullif(sum("a0") over (), 0) between -9007199254740991 and 9007199254740991 and scale(nullif(sum("a0") over (), 0)) = 0
             then "a0"::int8::float8 / nullif(sum("a0") over (), 0)::int8::float8
             else (round("a0", 40) / nullif(sum("a0") over (), 0))::float8 end as "share_0_num_queries" from "rows"
  where coalesce("metric_num_queries"::float8 >= $3::float8, false)),
"totals_core" as (select "a0"::numeric as "a0", "a1"::numeric as "a1", "a2"::numeric as "a2", null::int as "mark"
  from (select coalesce(sum("source"."num_queries"), 0)::numeric as "a0", count(distinct "source"."user_id") as "a1", coalesce(sum("source"."feedback_sum"), 0)::numeric as "a2", count(*) > 0 as "has_rows"
    from (
      select "base"."num_queries", "base"."user_id", "base"."feedback_sum"
        from (
      select "event"."period"::date as "key_month", "event"."user_id"::text as "key_user", "event"."num_queries" as "num_queries", "event"."user_id" as "user_id", "event"."feedback_sum" as "feedback_sum"
        from "rollup"."queries_by_user_04b30c1d" as "event"
       where "event"."level" = 0 and "event"."since_version" <= $4 and $5 < "event"."until_version" and true offset 0) as base
        join "surviving" as kept on "base"."key_month" = "kept"."key_month" and "base"."key_user" = "kept"."key_user") as source) as branch),
"totals" as (select coalesce(mark, 0) as kind, "a0"::int8 as "metric_num_queries", "a1"::int8 as "metric_active_users", case when "a2" between -9007199254740991 and 9007199254740991 and scale("a2") = 0 and nullif("a0", 0) between -9007199254740991 and 9007199254740991 and scale(nullif("a0", 0)) = 0
             then "a2"::int8::float8 / nullif("a0", 0)::int8::float8
             else (round("a2", 40) / nullif("a0", 0))::float8 end as "metric_avg_feedback" from "totals_core"),
"subtotals_0_core" as (select "key_user", coalesce(max("a0"), 0) as "a0", min("mark") as "mark"
    from (select "key_user", "a0"::numeric as "a0", null::int as "mark"
  from (select source."key_user", coalesce(sum("source"."num_queries"), 0)::numeric as "a0", count(*) > 0 as "has_rows"
    from (
      select base."key_user", "base"."num_queries"
        from (
      select user_month.activity_month::date as "key_month", user_month.user_id::text as "key_user", user_month.num_queries as "num_queries"
        from mart.user_engagement as "user_month"
       where "user_month"."since_version" <= $6 and $7 < "user_month"."until_version" and true offset 0) as base
        join "surviving" as kept on "base"."key_month" = "kept"."key_month" and "base"."key_user" = "kept"."key_user") as source
  group by source."key_user") as branch
  union all select "key_user", null::numeric as "a0", min(kind) as "mark" from "surviving"
  group by "key_user") as sides
  group by "key_user"),
"subtotals_0" as (select "key_user", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries" from "subtotals_0_core"
  where mark is not null),
"rows_page" as (select *, row_number() over (order by "key_month" asc nulls last, "key_user" collate "C" asc nulls last) as position from "surviving" order by "key_month" asc nulls last, "key_user" collate "C" asc nulls last limit $8),
"subtotals_0_page" as (select *, row_number() over (order by "key_user" collate "C" asc nulls last) as position from "subtotals_0" order by "key_user" collate "C" asc nulls last limit $9)
select 0, position, null::int8, kind, "key_month"::date, "key_user"::text, "metric_num_queries"::int8, "share_0_num_queries"::float8, null::int8, null::float8 from "rows_page"
union all
select 1, null::int8, null::int8, kind, null::date, null::text, "metric_num_queries"::int8, null::float8, "metric_active_users"::int8, "metric_avg_feedback"::float8 from "totals"
union all
select 2, position, null::int8, kind, null::date, "key_user"::text, "metric_num_queries"::int8, null::float8, null::int8, null::float8 from "subtotals_0_page"
order by 1, 2
