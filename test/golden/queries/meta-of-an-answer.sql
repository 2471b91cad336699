-- metrics
-- $1 = 1
-- $2 = 1
-- $3 = 1
-- $4 = 1
-- $5 = 2
with "rows_core" as (select "key_month", "key_firm", "a0", case when "has_rows" then 0 end as "mark"
  from (select source."key_month", source."key_firm", coalesce("source"."num_queries", 0) as "a0", true as "has_rows" from (
      select "event"."period"::date as "key_month", "event"."firm_id"::bigint as "key_firm", "event"."num_queries" as "num_queries"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 7 and "event"."since_version" <= $1 and $2 < "event"."until_version" and true) as source) as branch),
"rows" as (select "key_month", "key_firm", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows"),
"totals_core" as (select "a0"::numeric as "a0", null::int as "mark"
  from (select coalesce(sum("source"."num_queries"), 0)::numeric as "a0", count(*) > 0 as "has_rows"
    from (
      select "event"."num_queries" as "num_queries"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 0 and "event"."since_version" <= $3 and $4 < "event"."until_version" and true) as source) as branch),
"totals" as (select coalesce(mark, 0) as kind, "a0"::int8 as "metric_num_queries" from "totals_core"),
"rows_page" as (select *, row_number() over (order by "key_month" asc nulls last, "key_firm" asc nulls last) as position from "surviving" order by "key_month" asc nulls last, "key_firm" asc nulls last limit $5)
select 0, position, null::int8, kind, "key_month"::date, "key_firm"::bigint, "metric_num_queries"::int8 from "rows_page"
union all
select 1, null::int8, null::int8, kind, null::date, null::bigint, "metric_num_queries"::int8 from "totals"
order by 1, 2
