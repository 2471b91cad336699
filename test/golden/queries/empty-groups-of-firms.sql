-- all
-- $1 = [75000,150000,300000]
-- $2 = 1
-- $3 = 1
-- $4 = 1
-- $5 = 1
-- $6 = [75000,150000,300000]
-- $7 = 1
-- $8 = 1
-- $9 = [75000,150000,300000]
-- $10 = 1
-- $11 = 1
-- $12 = 101
with "rows_core" as (select "key_firm", "key_arr_band", coalesce(max("a0"), 0) as "a0", coalesce(max("a1"), 0) as "a1", coalesce(max("a3"), 0) as "a3", coalesce(max("a2"), 0) as "a2", min("mark") as "mark"
    from (select "key_firm", "key_arr_band", "a0", "a1", "a3", null::numeric as "a2", case when "has_rows" then 0 end as "mark"
  from (select source."key_firm", source."key_arr_band", coalesce("source"."num_queries", 0) as "a0", coalesce("source"."feedback_sum", 0) as "a1", coalesce("source"."active_users", 0) as "a3", true as "has_rows" from (
      select "event"."firm_id"::bigint as "key_firm", width_bucket(firm.arr::numeric, $1::numeric[]) as "key_arr_band", "event"."num_queries" as "num_queries", "event"."feedback_sum" as "feedback_sum", "event"."active_users" as "active_users"
        from "rollup"."queries_cube_f2081a82" as "event"
        left join mart.firms as "firm" on firm.firm_id = event.firm_id and "firm"."since_version" <= $2 and $3 < "firm"."until_version"
       where "event"."level" = 4 and "event"."since_version" <= $4 and $5 < "event"."until_version" and true) as source) as branch
  union all select "key_firm", "key_arr_band", null::numeric as "a0", null::numeric as "a1", null::numeric as "a3", "a2"::numeric as "a2", null::int as "mark"
  from (select source."key_firm", source."key_arr_band", coalesce(sum("source"."firm_size"), 0)::numeric as "a2", count(*) > 0 as "has_rows"
    from (
      select firm.firm_id::bigint as "key_firm", width_bucket(firm.arr::numeric, $6::numeric[]) as "key_arr_band", firm.firm_size as "firm_size"
        from mart.firms as "firm"
       where "firm"."since_version" <= $7 and $8 < "firm"."until_version" and true) as source
  group by source."key_firm", source."key_arr_band") as branch) as sides
  group by "key_firm", "key_arr_band"),
"rows_based" as (select "key_firm", "key_arr_band", true as has_rows from "rows_core"
  where mark is not null),
"rows_emptied" as (select "key_firm", "key_arr_band", false as has_rows, false as filled
  from (select firm.firm_id::bigint as "key_firm", width_bucket(firm.arr::numeric, $9::numeric[]) as "key_arr_band" from mart.firms as "firm"
     where "firm"."since_version" <= $10 and $11 < "firm"."until_version") as members),
"rows_added" as (select candidate."key_firm", candidate."key_arr_band", candidate.filled
    from (select "key_firm", "key_arr_band", "filled" from "rows_emptied") as candidate
   where true),
"rows_all" as (select "key_firm", "key_arr_band", coalesce(max("a0"), 0) as "a0", coalesce(max("a1"), 0) as "a1", coalesce(max("a3"), 0) as "a3", coalesce(max("a2"), 0) as "a2", min("mark") as "mark"
    from (select "key_firm", "key_arr_band", "a0", "a1", "a3", "a2", "mark" from "rows_core"
  union all select "key_firm", "key_arr_band", null::numeric as "a0", null::numeric as "a1", null::numeric as "a3", null::numeric as "a2", case when filled then 2 else 3 end from "rows_added") as sides
  group by "key_firm", "key_arr_band"),
"rows" as (select "key_firm", "key_arr_band", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries", case when "a1" between -9007199254740991 and 9007199254740991 and scale("a1") = 0 and nullif("a0", 0) between -9007199254740991 and 9007199254740991 and scale(nullif("a0", 0)) = 0
             then "a1"::int8::float8 / nullif("a0", 0)::int8::float8
             else (round("a1", 40) / nullif("a0", 0))::float8 end as "metric_avg_feedback", "a2"::int8 as "metric_seats", case when "a3" between -9007199254740991 and 9007199254740991 and scale("a3") = 0 and nullif("a2", 0) between -9007199254740991 and 9007199254740991 and scale(nullif("a2", 0)) = 0
             then "a3"::int8::float8 / nullif("a2", 0)::int8::float8
             else (round("a3", 40) / nullif("a2", 0))::float8 end as "metric_seat_utilization" from "rows_all"
  where mark is not null),
"surviving" as (select * from "rows")
select kind as cell_kind, "key_firm"::bigint as "cell_0", "key_arr_band"::int as "cell_1", "metric_num_queries"::int8 as "cell_2", "metric_avg_feedback"::float8 as "cell_3", "metric_seats"::int8 as "cell_4", "metric_seat_utilization"::float8 as "cell_5"
  from (select * from "surviving" offset 0) as page order by "key_firm" asc nulls last, "key_arr_band" asc nulls last limit $12

-- filtered
-- $1 = 1
-- $2 = 1
-- $3 = 1
-- $4 = 1
-- $5 = [75000,150000,300000]
-- $6 = 3
-- $7 = 1
-- $8 = 1
-- $9 = 1
-- $10 = 1
-- $11 = [75000,150000,300000]
-- $12 = 3
-- $13 = 101
with "rows_core" as (select "key_firm", "a0", case when "has_rows" then 0 end as "mark"
  from (select source."key_firm", coalesce("source"."num_queries", 0) as "a0", true as "has_rows" from (
      select "event"."firm_id"::bigint as "key_firm", "event"."num_queries" as "num_queries"
        from "rollup"."queries_cube_f2081a82" as "event"
        left join mart.firms as "firm" on firm.firm_id = event.firm_id and "firm"."since_version" <= $1 and $2 < "firm"."until_version"
       where "event"."level" = 4 and "event"."since_version" <= $3 and $4 < "event"."until_version" and coalesce(width_bucket(firm.arr::numeric, $5::numeric[]) < $6::int, false)) as source) as branch),
"rows_based" as (select "key_firm", true as has_rows from "rows_core"
  where mark is not null),
"rows_emptied" as (select "key_firm", false as has_rows, false as filled
  from (select firm.firm_id::bigint as "key_firm" from mart.firms as "firm"
     where "firm"."since_version" <= $7 and $8 < "firm"."until_version") as members),
"rows_added" as (select candidate."key_firm", candidate.filled
    from (select "key_firm", "filled" from "rows_emptied") as candidate
    left join mart.firms as "firm"
      on firm.firm_id::bigint = candidate."key_firm"
     and "firm"."since_version" <= $9 and $10 < "firm"."until_version"
   where coalesce(width_bucket(firm.arr::numeric, $11::numeric[]) < $12::int, false)),
"rows_all" as (select "key_firm", coalesce(max("a0"), 0) as "a0", min("mark") as "mark"
    from (select "key_firm", "a0", "mark" from "rows_core"
  union all select "key_firm", null::numeric as "a0", case when filled then 2 else 3 end from "rows_added") as sides
  group by "key_firm"),
"rows" as (select "key_firm", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries" from "rows_all"
  where mark is not null),
"surviving" as (select * from "rows")
select kind as cell_kind, "key_firm"::bigint as "cell_0", "metric_num_queries"::int8 as "cell_1"
  from (select * from "surviving" offset 0) as page order by "key_firm" asc nulls last limit $13
