-- last
-- $1 = 1
-- $2 = 1
-- $3 = 1
-- $4 = 1
-- $5 = 101
with "rows_core" as (select "key_firm", "a0"::numeric as "a0", "a1"::numeric as "a1", case when "has_rows" then 0 end as "mark"
  from (select source."key_firm", coalesce(sum("source"."feedback_sum"), 0)::numeric as "a0", coalesce(sum("source"."num_queries"), 0)::numeric as "a1", count(*) > 0 as "has_rows"
    from (
      select "event"."firm_id"::bigint as "key_firm", "event"."feedback_sum" as "feedback_sum", "event"."num_queries" as "num_queries"
        from "rollup"."queries_cube_311d4843" as "event"
       where "event"."level" = 4 and "event"."since_version" <= $1 and $2 < "event"."until_version" and true) as source
  group by source."key_firm") as branch),
"rows_based" as (select "key_firm", true as has_rows from "rows_core"
  where mark is not null),
"rows_emptied" as (select "key_firm", false as has_rows, false as filled
  from (select firm.firm_id::bigint as "key_firm" from mart.firms as "firm"
     where "firm"."since_version" <= $3 and $4 < "firm"."until_version") as members),
"rows_added" as (select candidate."key_firm", candidate.filled
    from (select "key_firm", "filled" from "rows_emptied") as candidate
   where true),
"rows_all" as (select "key_firm", coalesce(max("a0"), 0) as "a0", coalesce(max("a1"), 0) as "a1", min("mark") as "mark"
    from (select "key_firm", "a0", "a1", "mark" from "rows_core"
  union all select "key_firm", null::numeric as "a0", null::numeric as "a1", case when filled then 2 else 3 end from "rows_added") as sides
  group by "key_firm"),
"rows" as (select "key_firm", case mark when 3 then 1 else mark end as kind, (round("a0"::numeric, 40) / nullif("a1"::numeric, 0))::float8 as "metric_avg_feedback" from "rows_all"
  where mark is not null),
"surviving" as (select * from "rows"),
"rows_page" as (select *, row_number() over (order by "metric_avg_feedback" desc nulls last, "key_firm" asc nulls last) as position from "surviving" order by position limit $5)
select 0, position, null::int8, kind, "key_firm"::bigint, "metric_avg_feedback"::float8 from "rows_page"
order by 1, 2

-- first
-- $1 = 1
-- $2 = 1
-- $3 = 1
-- $4 = 1
-- $5 = 101
with "rows_core" as (select "key_firm", "a0"::numeric as "a0", "a1"::numeric as "a1", case when "has_rows" then 0 end as "mark"
  from (select source."key_firm", coalesce(sum("source"."feedback_sum"), 0)::numeric as "a0", coalesce(sum("source"."num_queries"), 0)::numeric as "a1", count(*) > 0 as "has_rows"
    from (
      select "event"."firm_id"::bigint as "key_firm", "event"."feedback_sum" as "feedback_sum", "event"."num_queries" as "num_queries"
        from "rollup"."queries_cube_311d4843" as "event"
       where "event"."level" = 4 and "event"."since_version" <= $1 and $2 < "event"."until_version" and true) as source
  group by source."key_firm") as branch),
"rows_based" as (select "key_firm", true as has_rows from "rows_core"
  where mark is not null),
"rows_emptied" as (select "key_firm", false as has_rows, false as filled
  from (select firm.firm_id::bigint as "key_firm" from mart.firms as "firm"
     where "firm"."since_version" <= $3 and $4 < "firm"."until_version") as members),
"rows_added" as (select candidate."key_firm", candidate.filled
    from (select "key_firm", "filled" from "rows_emptied") as candidate
   where true),
"rows_all" as (select "key_firm", coalesce(max("a0"), 0) as "a0", coalesce(max("a1"), 0) as "a1", min("mark") as "mark"
    from (select "key_firm", "a0", "a1", "mark" from "rows_core"
  union all select "key_firm", null::numeric as "a0", null::numeric as "a1", case when filled then 2 else 3 end from "rows_added") as sides
  group by "key_firm"),
"rows" as (select "key_firm", case mark when 3 then 1 else mark end as kind, (round("a0"::numeric, 40) / nullif("a1"::numeric, 0))::float8 as "metric_avg_feedback" from "rows_all"
  where mark is not null),
"surviving" as (select * from "rows"),
"rows_page" as (select *, row_number() over (order by "metric_avg_feedback" desc nulls first, "key_firm" desc nulls last) as position from "surviving" order by position limit $5)
select 0, position, null::int8, kind, "key_firm"::bigint, "metric_avg_feedback"::float8 from "rows_page"
order by 1, 2
