-- metrics
-- $1 = 1
-- $2 = 1
-- $3 = "2024-02-01"
-- $4 = 101
with "rows_core" as (select "key_month", "key_firm", "a0", "a1", case when "has_rows" then 0 end as "mark"
  from (select source."key_month", source."key_firm", coalesce("source"."num_queries", 0) as "a0", coalesce("source"."num_docs", 0) as "a1", true as "has_rows" from (
      select "event"."period"::date as "key_month", "event"."firm_id"::bigint as "key_firm", "event"."num_queries" as "num_queries", "event"."num_docs" as "num_docs"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 7 and "event"."since_version" <= $1 and $2 < "event"."until_version" and "event"."period" >= $3::timestamp) as source) as branch),
"rows" as (select "key_month", "key_firm", case mark when 3 then 1 else mark end as kind, "a0", "a1", "a0"::int8 as "metric_num_queries", "a1"::int8 as "metric_num_docs" from "rows_core"
  where mark is not null),
"surviving" as (select *, case when "a0" between -9007199254740991 and 9007199254740991 and scale("a0") = 0 and nullif(sum("a0") over (), 0) between -9007199254740991 and 9007199254740991 and scale(nullif(sum("a0") over (), 0)) = 0
             then "a0"::int8::float8 / nullif(sum("a0") over (), 0)::int8::float8
             else (round("a0", 40) / nullif(sum("a0") over (), 0))::float8 end as "share_0_num_queries", case when "a0" between -9007199254740991 and 9007199254740991 and scale("a0") = 0 and nullif(sum("a0") over (partition by "key_month"), 0) between -9007199254740991 and 9007199254740991 and scale(nullif(sum("a0") over (partition by "key_month"), 0)) = 0
             then "a0"::int8::float8 / nullif(sum("a0") over (partition by "key_month"), 0)::int8::float8
             else (round("a0", 40) / nullif(sum("a0") over (partition by "key_month"), 0))::float8 end as "share_1_num_queries", case when "a1" between -9007199254740991 and 9007199254740991 and scale("a1") = 0 and nullif(sum("a1") over (partition by "key_month"), 0) between -9007199254740991 and 9007199254740991 and scale(nullif(sum("a1") over (partition by "key_month"), 0)) = 0
             then "a1"::int8::float8 / nullif(sum("a1") over (partition by "key_month"), 0)::int8::float8
             else (round("a1", 40) / nullif(sum("a1") over (partition by "key_month"), 0))::float8 end as "share_1_num_docs" from "rows")
select kind as cell_kind, "key_month"::date as "cell_0", "key_firm"::bigint as "cell_1", "metric_num_queries"::int8 as "cell_2", "metric_num_docs"::int8 as "cell_3", "share_0_num_queries"::float8 as "cell_4", "share_1_num_queries"::float8 as "cell_5", "share_1_num_docs"::float8 as "cell_6"
  from (select * from "surviving" offset 0) as page order by "key_month" asc nulls last, "key_firm" asc nulls last limit $4
