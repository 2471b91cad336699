-- metrics
-- $1 = 1
-- $2 = 1
-- $3 = "2024-02-01"
-- $4 = 101
with "rows_core" as (select "key_month", "key_firm", "a0"::numeric as "a0", "a1"::numeric as "a1", case when "has_rows" then 0 end as "mark"
  from (select source."key_month", source."key_firm", coalesce(sum("source"."num_queries"), 0)::numeric as "a0", coalesce(sum("source"."num_docs"), 0)::numeric as "a1", count(*) > 0 as "has_rows"
    from (
      select date_trunc('month', "event"."period"::timestamp)::date as "key_month", "event"."firm_id"::bigint as "key_firm", "event"."num_queries" as "num_queries", "event"."num_docs" as "num_docs"
        from "rollup"."queries_cube_311d4843" as "event"
       where "event"."level" = 7 and "event"."since_version" <= $1 and $2 < "event"."until_version" and "event"."period" >= $3::timestamp) as source
  group by source."key_month", source."key_firm") as branch),
"rows" as (select "key_month", "key_firm", case mark when 3 then 1 else mark end as kind, "a0", "a1", "a0"::int8 as "metric_num_queries", "a1"::int8 as "metric_num_docs" from "rows_core"
  where mark is not null),
"surviving" as (select *, (round("a0", 40) / nullif(sum("a0") over (), 0))::float8 as "share_0_num_queries", (round("a0", 40) / nullif(sum("a0") over (partition by "key_month"), 0))::float8 as "share_1_num_queries", (round("a1", 40) / nullif(sum("a1") over (partition by "key_month"), 0))::float8 as "share_1_num_docs" from "rows"),
"rows_page" as (select *, row_number() over (order by "key_month" asc nulls last, "key_firm" asc nulls last) as position from "surviving" order by position limit $4)
select 0, position, null::int8, kind, "key_month"::date, "key_firm"::bigint, "metric_num_queries"::int8, "metric_num_docs"::int8, "share_0_num_queries"::float8, "share_1_num_queries"::float8, "share_1_num_docs"::float8 from "rows_page"
order by 1, 2
