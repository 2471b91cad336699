-- metrics
-- $1 = 1
-- $2 = 1
-- $3 = "2024-01-01"
-- $4 = 1
-- $5 = 1
-- $6 = 1
-- $7 = "2024-01-01"
-- $8 = 1
-- $9 = 1
-- $10 = 1
-- $11 = "2024-01-01"
-- $12 = 101
with "rows_core" as (select "key_month", "key_user", "a0"::numeric as "a0", "a1"::numeric as "a1", "a2"::numeric as "a2", case when "has_rows" then 0 end as "mark"
  from (select source."key_month", source."key_user", coalesce(sum("source"."num_queries"), 0)::numeric as "a0", (count("source"."user_id") > 0)::int as "a1", coalesce(sum("source"."feedback_sum"), 0)::numeric as "a2", count(*) > 0 as "has_rows"
    from (
      select "event"."period"::date as "key_month", "event"."user_id"::text as "key_user", "event"."num_queries" as "num_queries", "event"."user_id" as "user_id", "event"."feedback_sum" as "feedback_sum"
        from "rollup"."queries_by_user_04b30c1d" as "event"
       where "event"."level" = 0 and "event"."since_version" <= $1 and $2 < "event"."until_version" and "event"."period" >= $3::timestamp) as source
  group by source."key_month", source."key_user") as branch),
"rows" as (select "key_month", "key_user", case mark when 3 then 1 else mark end as kind, "a0", "a0"::int8 as "metric_num_queries", "a1"::int8 as "metric_active_users", case when "a2" between -9007199254740991 and 9007199254740991 and scale("a2") = 0 and nullif("a0", 0) between -9007199254740991 and 9007199254740991 and scale(nullif("a0", 0)) = 0
             then "a2"::int8::float8 / nullif("a0", 0)::int8::float8
             else (round("a2", 40) / nullif("a0", 0))::float8 end as "metric_avg_feedback" from "rows_core"
  where mark is not null),
"surviving" as (select *, case when "a0" between -9007199254740991 and 9007199254740991 and scale("a0") = 0 and nullif(sum("a0") over (partition by "key_month"), 0) between -9007199254740991 and 9007199254740991 and scale(nullif(sum("a0") over (partition by "key_month"), 0)) = 0
             then "a0"::int8::float8 / nullif(sum("a0") over (partition by "key_month"), 0)::int8::float8
             else (round("a0", 40) / nullif(sum("a0") over (partition by "key_month"), 0))::float8 end as "share_0_num_queries", sum("a0") over (partition by "key_month") as "of_share_0_num_queries" from "rows"),
"ranked" as (select *, row_number() over (partition by "key_month" order by "key_month" asc nulls last, "metric_num_queries" desc nulls last, "key_user" collate "C" asc nulls last) as place from surviving),
"folded" as (select * from ranked
  where place > $4),
"other_core" as (select "key_month", coalesce(max("a0"), 0) as "a0", coalesce(max("a1"), 0) as "a1", coalesce(max("a2"), 0) as "a2", min("mark") as "mark", max("of_share_0_num_queries") as "of_share_0_num_queries"
    from (select "key_month", "a0"::numeric as "a0", "a1"::numeric as "a1", "a2"::numeric as "a2", null::int as "mark", null::numeric as "of_share_0_num_queries"
  from (select source."key_month", coalesce(sum("source"."num_queries"), 0)::numeric as "a0", count(distinct "source"."user_id") as "a1", coalesce(sum("source"."feedback_sum"), 0)::numeric as "a2", count(*) > 0 as "has_rows"
    from (
      select base."key_month", "base"."num_queries", "base"."user_id", "base"."feedback_sum"
        from (
      select "event"."period"::date as "key_month", "event"."user_id"::text as "key_user", "event"."num_queries" as "num_queries", "event"."user_id" as "user_id", "event"."feedback_sum" as "feedback_sum"
        from "rollup"."queries_by_user_04b30c1d" as "event"
       where "event"."level" = 0 and "event"."since_version" <= $5 and $6 < "event"."until_version" and "event"."period" >= $7::timestamp offset 0) as base
        join "folded" as kept on "base"."key_month" = "kept"."key_month" and "base"."key_user" = "kept"."key_user") as source
  group by source."key_month") as branch
  union all select "key_month", null::numeric as "a0", null::numeric as "a1", null::numeric as "a2", min(kind) as "mark", max("of_share_0_num_queries") as "of_share_0_num_queries" from "folded"
  group by "key_month") as sides
  group by "key_month"),
"other" as (select "key_month", 3 as kind, "a0", "of_share_0_num_queries", "a0"::int8 as "metric_num_queries", "a1"::int8 as "metric_active_users", case when "a2" between -9007199254740991 and 9007199254740991 and scale("a2") = 0 and nullif("a0", 0) between -9007199254740991 and 9007199254740991 and scale(nullif("a0", 0)) = 0
             then "a2"::int8::float8 / nullif("a0", 0)::int8::float8
             else (round("a2", 40) / nullif("a0", 0))::float8 end as "metric_avg_feedback" from "other_core"
  where mark is not null),
"listed" as (select "key_month", "key_user", kind, "metric_num_queries", "metric_active_users", "metric_avg_feedback", "share_0_num_queries"
      from ranked
  where place <= $8
    union all
    select "key_month", null::text, kind, "metric_num_queries", "metric_active_users", "metric_avg_feedback", case when "a0" between -9007199254740991 and 9007199254740991 and scale("a0") = 0 and nullif("of_share_0_num_queries", 0) between -9007199254740991 and 9007199254740991 and scale(nullif("of_share_0_num_queries", 0)) = 0
             then "a0"::int8::float8 / nullif("of_share_0_num_queries", 0)::int8::float8
             else (round("a0", 40) / nullif("of_share_0_num_queries", 0))::float8 end from other),
"totals_core" as (select "a0"::numeric as "a0", "a1"::numeric as "a1", null::int as "mark"
  from (select coalesce(sum("source"."num_queries"), 0)::numeric as "a0", count(distinct "source"."user_id") as "a1", count(*) > 0 as "has_rows"
    from (
      select user_month.num_queries as "num_queries", user_month.user_id as "user_id"
        from mart.user_engagement as "user_month"
       where "user_month"."since_version" <= $9 and $10 < "user_month"."until_version" and user_month.activity_month >= $11::timestamp) as source) as branch),
"totals" as (select coalesce(mark, 0) as kind, "a0"::int8 as "metric_num_queries", "a1"::int8 as "metric_active_users" from "totals_core"),
"rows_page" as (select *, row_number() over (order by "key_month" asc nulls last, (kind = 3) asc nulls last, "metric_num_queries" desc nulls last, "key_user" collate "C" asc nulls last) as position from "listed" order by "key_month" asc nulls last, (kind = 3) asc nulls last, "metric_num_queries" desc nulls last, "key_user" collate "C" asc nulls last limit $12)
select 0, position, null::int8, kind, "key_month"::date, "key_user"::text, "metric_num_queries"::int8, "metric_active_users"::int8, "metric_avg_feedback"::float8, "share_0_num_queries"::float8 from "rows_page"
union all
select 0, null::int8, count(*), null::int, null::date, null::text, null::int8, null::int8, null::float8, null::float8 from "listed"
union all
select 2, null::int8, null::int8, kind, null::date, null::text, "metric_num_queries"::int8, "metric_active_users"::int8, null::float8, null::float8 from "totals"
order by 1, 2
