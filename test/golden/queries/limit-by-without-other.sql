-- metrics
-- $1 = 1
-- $2 = 1
-- $3 = 1
-- $4 = 1
-- $5 = 1
-- $6 = 101
with "rows_core" as (select "key_title", "key_month", "a0", case when "has_rows" then 0 end as "mark"
  from (select source."key_title", source."key_month", coalesce("source"."num_docs", 0) as "a0", true as "has_rows" from (
      select "event"."title"::raw.title as "key_title", "event"."period"::date as "key_month", "event"."num_docs" as "num_docs"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 11 and "event"."since_version" <= $1 and $2 < "event"."until_version" and true) as source) as branch),
"rows" as (select "key_title", "key_month", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_docs" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows"),
"ranked" as (select *, row_number() over (partition by "key_title" order by "metric_num_docs" desc nulls last, "key_title" asc nulls last, "key_month" asc nulls last) as place from surviving),
"listed" as (select "key_title", "key_month", kind, "metric_num_docs"
      from ranked
  where place <= $3),
"totals_core" as (select "a0"::numeric as "a0", null::int as "mark"
  from (select coalesce(sum("source"."num_docs"), 0)::numeric as "a0", count(*) > 0 as "has_rows"
    from (
      select "event"."num_docs" as "num_docs"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 0 and "event"."since_version" <= $4 and $5 < "event"."until_version" and true) as source) as branch),
"totals" as (select coalesce(mark, 0) as kind, "a0"::int8 as "metric_num_docs" from "totals_core"),
"rows_page" as (select *, row_number() over (order by "metric_num_docs" desc nulls last, "key_title" asc nulls last, "key_month" asc nulls last) as position from "listed" order by "metric_num_docs" desc nulls last, "key_title" asc nulls last, "key_month" asc nulls last limit $6)
select 0, position, null::int8, kind, "key_title"::text, "key_month"::date, "metric_num_docs"::int8 from "rows_page"
union all
select 0, null::int8, count(*), null::int, null::text, null::date, null::int8 from "listed"
union all
select 1, null::int8, null::int8, kind, null::text, null::date, "metric_num_docs"::int8 from "totals"
order by 1, 2
