-- last
-- $1 = 1
-- $2 = 1
-- $3 = "2024-03-01T00:00:00.000000"
-- $4 = "2024-05-01T00:00:00.000000"
-- $5 = 101
with "rows_core" as (select "key_month", "a0", case when "has_rows" then 0 end as "mark"
  from (select source."key_month", coalesce("source"."num_queries", 0) as "a0", true as "has_rows" from (
      select "event"."period"::date as "key_month", "event"."num_queries" as "num_queries"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 3 and "event"."since_version" <= $1 and $2 < "event"."until_version" and true and "event"."period" >= $3::timestamp and "event"."period" < $4::timestamp) as source) as branch),
"rows" as (select "key_month", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows")
select kind as cell_kind, "key_month"::date as "cell_0", "metric_num_queries"::int8 as "cell_1"
  from (select * from "surviving" offset 0) as page order by "key_month" asc nulls last limit $5

-- complete
-- $1 = 1
-- $2 = 1
-- $3 = "2024-02-01T00:00:00.000000"
-- $4 = "2024-04-01T00:00:00.000000"
-- $5 = 101
with "rows_core" as (select "key_month", "a0", case when "has_rows" then 0 end as "mark"
  from (select source."key_month", coalesce("source"."num_queries", 0) as "a0", true as "has_rows" from (
      select "event"."period"::date as "key_month", "event"."num_queries" as "num_queries"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 3 and "event"."since_version" <= $1 and $2 < "event"."until_version" and true and "event"."period" >= $3::timestamp and "event"."period" < $4::timestamp) as source) as branch),
"rows" as (select "key_month", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows")
select kind as cell_kind, "key_month"::date as "cell_0", "metric_num_queries"::int8 as "cell_1"
  from (select * from "surviving" offset 0) as page order by "key_month" asc nulls last limit $5
