-- metrics
-- $1 = 1
-- $2 = 1
-- $3 = 101
with "rows_core" as (select "key_year", "key_quarter", "a0", "a1", case when "has_rows" then 0 end as "mark"
  from (select source."key_year", source."key_quarter", coalesce("source"."num_queries", 0) as "a0", coalesce("source"."active_users", 0) as "a1", true as "has_rows" from (
      select date_trunc('year', "event"."period"::timestamp)::date as "key_year", "event"."period"::date as "key_quarter", "event"."num_queries" as "num_queries", "event"."active_users" as "active_users"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 2 and "event"."since_version" <= $1 and $2 < "event"."until_version" and true) as source) as branch),
"rows" as (select "key_year", "key_quarter", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries", "a1"::int8 as "metric_active_users" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows")
select kind as cell_kind, "key_year"::date as "cell_0", "key_quarter"::date as "cell_1", "metric_num_queries"::int8 as "cell_2", "metric_active_users"::int8 as "cell_3"
  from (select * from "surviving" offset 0) as page order by "key_year" asc nulls last, "key_quarter" asc nulls last limit $3
