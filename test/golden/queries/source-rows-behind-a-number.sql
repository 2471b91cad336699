-- metrics
-- $1 = 1
-- $2 = 1
-- $3 = "2024-02-01"
-- $4 = "2024-02-01"
-- $5 = 101
with "rows_core" as (select "key_firm", "a0"::numeric as "a0", case when "has_rows" then 0 end as "mark"
  from (select source."key_firm", coalesce(sum("source"."num_queries"), 0)::numeric as "a0", count(*) > 0 as "has_rows"
    from (
      select "event"."firm_id"::bigint as "key_firm", "event"."num_queries" as "num_queries"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 7 and "event"."since_version" <= $1 and $2 < "event"."until_version" and ("event"."period" >= $3::timestamp and "event"."period" < ($4::timestamp + interval '1 month'))) as source
  group by source."key_firm") as branch),
"rows" as (select "key_firm", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows")
select kind as cell_kind, "key_firm"::bigint as "cell_0", "metric_num_queries"::int8 as "cell_1"
  from (select * from "surviving" offset 0) as page order by "key_firm" asc nulls last limit $5
