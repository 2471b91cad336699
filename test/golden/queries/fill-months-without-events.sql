-- metrics
-- $1 = ["2023-12-01","2024-01-01","2024-02-01","2024-03-01","2024-04-01"]
-- $2 = ["2023-12-01T00:00:00.000000","2024-01-01T00:00:00.000000","2024-02-01T00:00:00.000000","2024-03-01T00:00:00.000000","2024-04-01T00:00:00.000000"]
-- $3 = ["2023-12-01T00:00:00.000000","2024-01-01T00:00:00.000000","2024-02-01T00:00:00.000000","2024-03-01T00:00:00.000000","2024-04-01T00:00:00.000000"]
-- $4 = ["2024-01-01T00:00:00.000000","2024-02-01T00:00:00.000000","2024-03-01T00:00:00.000000","2024-04-01T00:00:00.000000","2024-05-01T00:00:00.000000"]
-- $5 = 1
-- $6 = 1
-- $7 = 1
-- $8 = "2023-12-01T00:00:00.000000"
-- $9 = "2024-05-01T00:00:00.000000"
-- $10 = 1
-- $11 = 1
-- $12 = 1
-- $13 = 1
-- $14 = 101
with "periods" as (select * from unnest($1::date[], $2::timestamp[], $3::timestamp[], $4::timestamp[]) as span("key_month", "start_at", "from_at", "to_at")),
"rows_core" as (select "key_firm", "key_month", coalesce(max("a0"), 0) as "a0", coalesce(max("a1"), 0) as "a1", coalesce(max("a2"), 0) as "a2", coalesce(max("a3"), 0) as "a3", min("mark") as "mark"
    from (select "key_firm", "key_month", "a0", "a1", "a2", null::numeric as "a3", case when "has_rows" then 0 end as "mark"
  from (select source."key_firm", source."key_month", coalesce("source"."num_queries", 0) as "a0", coalesce("source"."feedback_sum", 0) as "a1", coalesce("source"."active_users", 0) as "a2", true as "has_rows" from (
      select "event"."firm_id"::bigint as "key_firm", "event"."period"::date as "key_month", "event"."num_queries" as "num_queries", "event"."feedback_sum" as "feedback_sum", "event"."active_users" as "active_users"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 7 and "event"."since_version" <= $5 and $6 < "event"."until_version" and "event"."firm_id"::bigint = $7::bigint and "event"."period" >= $8::timestamp and "event"."period" < $9::timestamp) as source) as branch
  union all select "key_firm", "key_month", null::numeric as "a0", null::numeric as "a1", null::numeric as "a2", "a3"::numeric as "a3", null::int as "mark"
  from (select source."key_firm", source."key_month", coalesce(sum("source"."firm_size"), 0)::numeric as "a3", count(*) > 0 as "has_rows"
    from (
      select firm.firm_id::bigint as "key_firm", "span"."key_month" as "key_month", firm.firm_size as "firm_size"
        from "periods" as "span" join mart.firms as "firm" on firm.created_at < "span"."to_at"
       where "firm"."since_version" <= $10 and $11 < "firm"."until_version" and firm.firm_id::bigint = $12::bigint) as source
  group by source."key_firm", source."key_month") as branch) as sides
  group by "key_firm", "key_month"),
"rows_based" as (select "key_firm", "key_month", true as has_rows from "rows_core"
  where mark is not null),
"rows_filled" as (select "key_firm", "key_month", has_rows as filled
      from (select "key_firm", bool_or(has_rows) as has_rows
  from (select "key_firm", has_rows from "rows_based") as sources
  group by "key_firm") as combinations
      cross join "periods"),
"rows_added" as (select candidate."key_firm", candidate."key_month", candidate.filled
    from (select "key_firm", "key_month", "filled" from "rows_filled") as candidate
   where coalesce(candidate."key_firm" = $13::bigint, false)),
"rows_all" as (select "key_firm", "key_month", coalesce(max("a0"), 0) as "a0", coalesce(max("a1"), 0) as "a1", coalesce(max("a2"), 0) as "a2", coalesce(max("a3"), 0) as "a3", min("mark") as "mark"
    from (select "key_firm", "key_month", "a0", "a1", "a2", "a3", "mark" from "rows_core"
  union all select "key_firm", "key_month", null::numeric as "a0", null::numeric as "a1", null::numeric as "a2", null::numeric as "a3", case when filled then 2 else 3 end from "rows_added") as sides
  group by "key_firm", "key_month"),
"rows" as (select "key_firm", "key_month", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries", case when "a1" between -9007199254740991 and 9007199254740991 and scale("a1") = 0 and nullif("a0", 0) between -9007199254740991 and 9007199254740991 and scale(nullif("a0", 0)) = 0
             then "a1"::int8::float8 / nullif("a0", 0)::int8::float8
             else (round("a1", 40) / nullif("a0", 0))::float8 end as "metric_avg_feedback", "a2"::int8 as "metric_active_users", "a3"::int8 as "metric_seats" from "rows_all"
  where mark is not null),
"surviving" as (select * from "rows")
select kind as cell_kind, "key_firm"::bigint as "cell_0", "key_month"::date as "cell_1", "metric_num_queries"::int8 as "cell_2", "metric_avg_feedback"::float8 as "cell_3", "metric_active_users"::int8 as "cell_4", "metric_seats"::int8 as "cell_5"
  from (select * from "surviving" offset 0) as page order by "key_firm" asc nulls last, "key_month" asc nulls last limit $14
