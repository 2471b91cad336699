-- metrics
-- $1 = ["2024-01-01T00:00:00.000000"]
-- $2 = 1
-- $3 = 1
-- $4 = "2024-02-01T00:00:00.000000"
-- $5 = "2024-03-01T00:00:00.000000"
-- $6 = 1
-- $7 = 1
-- $8 = 101
with "compare_0" as (select * from unnest($1::timestamp[]) as span("from_at")),
"rows_core" as (select "key_firm", coalesce(max("a0"), 0) as "a0", coalesce(max("a1"), 0) as "a1", min("mark") as "mark"
    from (select "key_firm", "a0", null::numeric as "a1", case when "has_rows" then 0 end as "mark"
  from (select source."key_firm", coalesce("source"."num_queries", 0) as "a0", true as "has_rows" from (
      select "event"."firm_id"::bigint as "key_firm", "event"."num_queries" as "num_queries"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 7 and "event"."since_version" <= $2 and $3 < "event"."until_version" and true and "event"."period" >= $4::timestamp and "event"."period" < $5::timestamp) as source) as branch
  union all select "key_firm", null::numeric as "a0", "a1", case when "has_rows" then 1 end as "mark"
  from (select source."key_firm", coalesce("source"."num_queries", 0) as "a1", true as "has_rows" from (
      select "event"."firm_id"::bigint as "key_firm", "event"."num_queries" as "num_queries"
        from "compare_0" as "span" join "rollup"."queries_cube_f2081a82" as "event"
          on "event"."period" = ("span"."from_at")::date
       where "event"."level" = 7 and "event"."since_version" <= $6 and $7 < "event"."until_version" and true) as source) as branch) as sides
  group by "key_firm"),
"rows" as (select "key_firm", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries", "a1"::int8 as "compare_0_previous_num_queries", (("a0"::numeric - "a1"))::int8 as "compare_0_delta_num_queries", case when ("a0"::numeric - "a1") between -9007199254740991 and 9007199254740991 and scale(("a0"::numeric - "a1")) = 0 and nullif("a1", 0) between -9007199254740991 and 9007199254740991 and scale(nullif("a1", 0)) = 0
             then ("a0"::numeric - "a1")::int8::float8 / nullif("a1", 0)::int8::float8
             else (round(("a0"::numeric - "a1"), 40) / nullif("a1", 0))::float8 end as "compare_0_relative_change_num_queries" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows")
select kind as cell_kind, "key_firm"::bigint as "cell_0", "metric_num_queries"::int8 as "cell_1", "compare_0_previous_num_queries"::int8 as "cell_2", "compare_0_delta_num_queries"::int8 as "cell_3", "compare_0_relative_change_num_queries"::float8 as "cell_4"
  from (select * from "surviving" offset 0) as page order by "key_firm" asc nulls last limit $8
