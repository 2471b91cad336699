-- metrics
-- $1 = 0.5
-- $2 = 0.95
-- $3 = 1
-- $4 = 1
-- $5 = 0.5
-- $6 = 0.95
-- $7 = 1
-- $8 = 1
-- $9 = 101
with "rows_core" as (select "key_firm", "a0"::numeric as "a0", "a1"::numeric as "a1", "a2"::numeric as "a2", "a3"::numeric as "a3", "a4"::numeric as "a4", "a5"::numeric as "a5", case when "has_rows" then 0 end as "mark"
  from (select source."key_firm", min("source"."num_docs") as "a0", (percentile_cont($1::float8) within group (order by "source"."num_docs"::float8))::text::numeric as "a1", (percentile_cont($2::float8) within group (order by "source"."num_docs"::float8))::text::numeric as "a2", max("source"."num_docs") as "a3", coalesce(sum("source"."num_docs"), 0)::numeric as "a4", count(*) as "a5", count(*) > 0 as "has_rows"
    from (
      select event.firm_id::bigint as "key_firm", event.num_docs as "num_docs"
        from raw.events as "event"
       where "event"."since_version" <= $3 and $4 < "event"."until_version" and true) as source
  group by source."key_firm") as branch),
"rows" as (select "key_firm", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_min_docs_per_query", "a1"::float8 as "metric_median_docs_per_query", "a2"::float8 as "metric_p95_docs_per_query", "a3"::int8 as "metric_max_docs_per_query", case when "a4" between -9007199254740991 and 9007199254740991 and scale("a4") = 0 and nullif("a5", 0) between -9007199254740991 and 9007199254740991 and scale(nullif("a5", 0)) = 0
             then "a4"::int8::float8 / nullif("a5", 0)::int8::float8
             else (round("a4", 40) / nullif("a5", 0))::float8 end as "metric_docs_per_query" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows"),
"totals_core" as (select "a0"::numeric as "a0", "a1"::numeric as "a1", "a2"::numeric as "a2", "a3"::numeric as "a3", "a4"::numeric as "a4", "a5"::numeric as "a5", null::int as "mark"
  from (select min("source"."num_docs") as "a0", (percentile_cont($5::float8) within group (order by "source"."num_docs"::float8))::text::numeric as "a1", (percentile_cont($6::float8) within group (order by "source"."num_docs"::float8))::text::numeric as "a2", max("source"."num_docs") as "a3", coalesce(sum("source"."num_docs"), 0)::numeric as "a4", count(*) as "a5", count(*) > 0 as "has_rows"
    from (
      select event.num_docs as "num_docs"
        from raw.events as "event"
       where "event"."since_version" <= $7 and $8 < "event"."until_version" and true) as source) as branch),
"totals" as (select coalesce(mark, 0) as kind, "a0"::int8 as "metric_min_docs_per_query", "a1"::float8 as "metric_median_docs_per_query", "a2"::float8 as "metric_p95_docs_per_query", "a3"::int8 as "metric_max_docs_per_query", case when "a4" between -9007199254740991 and 9007199254740991 and scale("a4") = 0 and nullif("a5", 0) between -9007199254740991 and 9007199254740991 and scale(nullif("a5", 0)) = 0
             then "a4"::int8::float8 / nullif("a5", 0)::int8::float8
             else (round("a4", 40) / nullif("a5", 0))::float8 end as "metric_docs_per_query" from "totals_core"),
"rows_page" as (select *, row_number() over (order by "key_firm" asc nulls last) as position from "surviving" order by "key_firm" asc nulls last limit $9)
select 0, position, null::int8, kind, "key_firm"::bigint, "metric_min_docs_per_query"::int8, "metric_median_docs_per_query"::float8, "metric_p95_docs_per_query"::float8, "metric_max_docs_per_query"::int8, "metric_docs_per_query"::float8 from "rows_page"
union all
select 1, null::int8, null::int8, kind, null::bigint, "metric_min_docs_per_query"::int8, "metric_median_docs_per_query"::float8, "metric_p95_docs_per_query"::float8, "metric_max_docs_per_query"::int8, "metric_docs_per_query"::float8 from "totals"
order by 1, 2
