-- below
-- $1 = 1
-- $2 = 1
-- $3 = 1
-- $4 = 1
-- $5 = 3.5
-- $6 = 101
with "rows_core" as (select "key_firm", "a0", "a1", case when "has_rows" then 0 end as "mark"
  from (select source."key_firm", coalesce("source"."feedback_sum", 0) as "a0", coalesce("source"."num_queries", 0) as "a1", true as "has_rows" from (
      select "event"."firm_id"::bigint as "key_firm", "event"."feedback_sum" as "feedback_sum", "event"."num_queries" as "num_queries"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 4 and "event"."since_version" <= $1 and $2 < "event"."until_version" and true) as source) as branch),
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
"rows" as (select "key_firm", case mark when 3 then 1 else mark end as kind, case when "a0" between -9007199254740991 and 9007199254740991 and scale("a0") = 0 and nullif("a1", 0) between -9007199254740991 and 9007199254740991 and scale(nullif("a1", 0)) = 0
             then "a0"::int8::float8 / nullif("a1", 0)::int8::float8
             else (round("a0", 40) / nullif("a1", 0))::float8 end as "metric_avg_feedback" from "rows_all"
  where mark is not null),
"surviving" as (select * from "rows"
  where coalesce("metric_avg_feedback"::float8 < $5::float8, false))
select kind as cell_kind, "key_firm"::bigint as "cell_0", "metric_avg_feedback"::float8 as "cell_1"
  from (select * from "surviving" offset 0) as page order by "key_firm" asc nulls last limit $6

-- notBelow
-- $1 = 1
-- $2 = 1
-- $3 = 1
-- $4 = 1
-- $5 = 3.5
-- $6 = 101
with "rows_core" as (select "key_firm", "a0", "a1", case when "has_rows" then 0 end as "mark"
  from (select source."key_firm", coalesce("source"."feedback_sum", 0) as "a0", coalesce("source"."num_queries", 0) as "a1", true as "has_rows" from (
      select "event"."firm_id"::bigint as "key_firm", "event"."feedback_sum" as "feedback_sum", "event"."num_queries" as "num_queries"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 4 and "event"."since_version" <= $1 and $2 < "event"."until_version" and true) as source) as branch),
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
"rows" as (select "key_firm", case mark when 3 then 1 else mark end as kind, case when "a0" between -9007199254740991 and 9007199254740991 and scale("a0") = 0 and nullif("a1", 0) between -9007199254740991 and 9007199254740991 and scale(nullif("a1", 0)) = 0
             then "a0"::int8::float8 / nullif("a1", 0)::int8::float8
             else (round("a0", 40) / nullif("a1", 0))::float8 end as "metric_avg_feedback" from "rows_all"
  where mark is not null),
"surviving" as (select * from "rows"
  where not (coalesce("metric_avg_feedback"::float8 < $5::float8, false)))
select kind as cell_kind, "key_firm"::bigint as "cell_0", "metric_avg_feedback"::float8 as "cell_1"
  from (select * from "surviving" offset 0) as page order by "key_firm" asc nulls last limit $6

-- neq
-- $1 = 1
-- $2 = 1
-- $3 = 1
-- $4 = 1
-- $5 = 1
-- $6 = 101
with "rows_core" as (select "key_firm", "a0", "a1", case when "has_rows" then 0 end as "mark"
  from (select source."key_firm", coalesce("source"."feedback_sum", 0) as "a0", coalesce("source"."num_queries", 0) as "a1", true as "has_rows" from (
      select "event"."firm_id"::bigint as "key_firm", "event"."feedback_sum" as "feedback_sum", "event"."num_queries" as "num_queries"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 4 and "event"."since_version" <= $1 and $2 < "event"."until_version" and true) as source) as branch),
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
"rows" as (select "key_firm", case mark when 3 then 1 else mark end as kind, case when "a0" between -9007199254740991 and 9007199254740991 and scale("a0") = 0 and nullif("a1", 0) between -9007199254740991 and 9007199254740991 and scale(nullif("a1", 0)) = 0
             then "a0"::int8::float8 / nullif("a1", 0)::int8::float8
             else (round("a0", 40) / nullif("a1", 0))::float8 end as "metric_avg_feedback" from "rows_all"
  where mark is not null),
"surviving" as (select * from "rows"
  where coalesce("metric_avg_feedback"::float8 <> $5::float8, false))
select kind as cell_kind, "key_firm"::bigint as "cell_0", "metric_avg_feedback"::float8 as "cell_1"
  from (select * from "surviving" offset 0) as page order by "key_firm" asc nulls last limit $6

-- isNull
-- $1 = 1
-- $2 = 1
-- $3 = 1
-- $4 = 1
-- $5 = true
-- $6 = 101
with "rows_core" as (select "key_firm", "a0", "a1", case when "has_rows" then 0 end as "mark"
  from (select source."key_firm", coalesce("source"."feedback_sum", 0) as "a0", coalesce("source"."num_queries", 0) as "a1", true as "has_rows" from (
      select "event"."firm_id"::bigint as "key_firm", "event"."feedback_sum" as "feedback_sum", "event"."num_queries" as "num_queries"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 4 and "event"."since_version" <= $1 and $2 < "event"."until_version" and true) as source) as branch),
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
"rows" as (select "key_firm", case mark when 3 then 1 else mark end as kind, case when "a0" between -9007199254740991 and 9007199254740991 and scale("a0") = 0 and nullif("a1", 0) between -9007199254740991 and 9007199254740991 and scale(nullif("a1", 0)) = 0
             then "a0"::int8::float8 / nullif("a1", 0)::int8::float8
             else (round("a0", 40) / nullif("a1", 0))::float8 end as "metric_avg_feedback" from "rows_all"
  where mark is not null),
"surviving" as (select * from "rows"
  where coalesce(("metric_avg_feedback"::float8 is null) = $5::boolean, false))
select kind as cell_kind, "key_firm"::bigint as "cell_0", "metric_avg_feedback"::float8 as "cell_1"
  from (select * from "surviving" offset 0) as page order by "key_firm" asc nulls last limit $6
