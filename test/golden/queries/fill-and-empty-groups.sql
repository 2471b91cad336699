-- metrics
-- $1 = ["2024-03-01","2024-04-01"]
-- $2 = ["2024-03-01T00:00:00.000000","2024-04-01T00:00:00.000000"]
-- $3 = 1
-- $4 = 1
-- $5 = "2024-03-01T00:00:00.000000"
-- $6 = "2024-05-01T00:00:00.000000"
-- $7 = 1
-- $8 = 1
-- $9 = 1
-- $10 = 1
-- $11 = "2024-03-01T00:00:00.000000"
-- $12 = "2024-05-01T00:00:00.000000"
-- $13 = 101
with "periods" as (select * from unnest($1::date[], $2::timestamp[]) as span("key_month", "from_at")),
"rows_core" as (select "key_firm", "key_month", "a0", case when "has_rows" then 0 end as "mark"
  from (select source."key_firm", source."key_month", coalesce("source"."num_queries", 0) as "a0", true as "has_rows" from (
      select "event"."firm_id"::bigint as "key_firm", "event"."period"::date as "key_month", "event"."num_queries" as "num_queries"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 7 and "event"."since_version" <= $3 and $4 < "event"."until_version" and true and "event"."period" >= $5::timestamp and "event"."period" < $6::timestamp) as source) as branch),
"rows_based" as (select "key_firm", "key_month", true as has_rows from "rows_core"
  where mark is not null),
"rows_emptied" as (select "key_firm", "key_month", false as has_rows, false as filled
  from (select distinct "key_month" from "rows_based") as combinations cross join (select firm.firm_id::bigint as "key_firm" from mart.firms as "firm"
     where "firm"."since_version" <= $7 and $8 < "firm"."until_version") as members),
"rows_filled" as (select "key_firm", "key_month", has_rows as filled
      from (select "key_firm", bool_or(has_rows) as has_rows
  from (select "key_firm", has_rows from "rows_based"
  union all select "key_firm", has_rows from "rows_emptied") as sources
  group by "key_firm") as combinations
      cross join "periods"),
"rows_added" as (select candidate."key_firm", candidate."key_month", candidate.filled
    from (select "key_firm", "key_month", "filled" from "rows_emptied"
  union all select "key_firm", "key_month", "filled" from "rows_filled") as candidate
   where true),
"rows_all" as (select "key_firm", "key_month", coalesce(max("a0"), 0) as "a0", min("mark") as "mark"
    from (select "key_firm", "key_month", "a0", "mark" from "rows_core"
  union all select "key_firm", "key_month", null::numeric as "a0", case when filled then 2 else 3 end from "rows_added") as sides
  group by "key_firm", "key_month"),
"rows" as (select "key_firm", "key_month", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries" from "rows_all"
  where mark is not null),
"surviving" as (select * from "rows"),
"totals_core" as (select "a0"::numeric as "a0", null::int as "mark"
  from (select coalesce(sum("source"."num_queries"), 0)::numeric as "a0", count(*) > 0 as "has_rows"
    from (
      select "event"."num_queries" as "num_queries"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 3 and "event"."since_version" <= $9 and $10 < "event"."until_version" and true and "event"."period" >= $11::timestamp and "event"."period" < $12::timestamp) as source) as branch),
"totals" as (select coalesce(mark, 0) as kind, "a0"::int8 as "metric_num_queries" from "totals_core"),
"rows_page" as (select *, row_number() over (order by "key_firm" asc nulls last, "key_month" asc nulls last) as position from "surviving" order by "key_firm" asc nulls last, "key_month" asc nulls last limit $13)
select 0, position, null::int8, kind, "key_firm"::bigint, "key_month"::date, "metric_num_queries"::int8 from "rows_page"
union all
select 1, null::int8, null::int8, kind, null::bigint, null::date, "metric_num_queries"::int8 from "totals"
order by 1, 2
