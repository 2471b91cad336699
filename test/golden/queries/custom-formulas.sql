-- metrics
-- $1 = 1
-- $2 = 1
-- $3 = 1
-- $4 = 1
-- $5 = 1
-- $6 = 1
-- $7 = 101
with "rows_core" as (select "key_firm", "a0", "a1", "a2", case when "has_rows" then 0 end as "mark"
  from (select source."key_firm", coalesce("source"."num_vault_queries", 0) as "a0", coalesce("source"."num_queries", 0) as "a1", coalesce("source"."feedback_sum", 0) as "a2", true as "has_rows" from (
      select "event"."firm_id"::bigint as "key_firm", "event"."num_vault_queries" as "num_vault_queries", "event"."num_queries" as "num_queries", "event"."feedback_sum" as "feedback_sum"
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
"rows_all" as (select "key_firm", coalesce(max("a0"), 0) as "a0", coalesce(max("a1"), 0) as "a1", coalesce(max("a2"), 0) as "a2", min("mark") as "mark"
    from (select "key_firm", "a0", "a1", "a2", "mark" from "rows_core"
  union all select "key_firm", null::numeric as "a0", null::numeric as "a1", null::numeric as "a2", case when filled then 2 else 3 end from "rows_added") as sides
  group by "key_firm"),
"rows" as (select "key_firm", case mark when 3 then 1 else mark end as kind, case when "a0" between -9007199254740991 and 9007199254740991 and scale("a0") = 0 and nullif("a1", 0) between -9007199254740991 and 9007199254740991 and scale(nullif("a1", 0)) = 0
             then "a0"::int8::float8 / nullif("a1", 0)::int8::float8
             else (round("a0", 40) / nullif("a1", 0))::float8 end as "custom_0", (("a1"::numeric - "a0"))::float8 as "custom_1", ((("a1"::numeric - "a0")::numeric + "a0"))::float8 as "custom_2", case when ("a2"::numeric * "a1") between -9007199254740991 and 9007199254740991 and scale(("a2"::numeric * "a1")) = 0 and nullif("a1", 0) between -9007199254740991 and 9007199254740991 and scale(nullif("a1", 0)) = 0
             then ("a2"::numeric * "a1")::int8::float8 / nullif("a1", 0)::int8::float8
             else (round(("a2"::numeric * "a1"), 40) / nullif("a1", 0))::float8 end as "custom_3" from "rows_all"
  where mark is not null),
"surviving" as (select * from "rows"),
"totals_core" as (select "a0"::numeric as "a0", "a1"::numeric as "a1", "a2"::numeric as "a2", null::int as "mark"
  from (select coalesce(sum("source"."num_vault_queries"), 0)::numeric as "a0", coalesce(sum("source"."num_queries"), 0)::numeric as "a1", coalesce(sum("source"."feedback_sum"), 0)::numeric as "a2", count(*) > 0 as "has_rows"
    from (
      select "event"."num_vault_queries" as "num_vault_queries", "event"."num_queries" as "num_queries", "event"."feedback_sum" as "feedback_sum"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 0 and "event"."since_version" <= $5 and $6 < "event"."until_version" and true) as source) as branch),
"totals" as (select coalesce(mark, 0) as kind, case when "a0" between -9007199254740991 and 9007199254740991 and scale("a0") = 0 and nullif("a1", 0) between -9007199254740991 and 9007199254740991 and scale(nullif("a1", 0)) = 0
             then "a0"::int8::float8 / nullif("a1", 0)::int8::float8
             else (round("a0", 40) / nullif("a1", 0))::float8 end as "custom_0", case when ("a2"::numeric * "a1") between -9007199254740991 and 9007199254740991 and scale(("a2"::numeric * "a1")) = 0 and nullif("a1", 0) between -9007199254740991 and 9007199254740991 and scale(nullif("a1", 0)) = 0
             then ("a2"::numeric * "a1")::int8::float8 / nullif("a1", 0)::int8::float8
             else (round(("a2"::numeric * "a1"), 40) / nullif("a1", 0))::float8 end as "custom_3" from "totals_core"),
"rows_page" as (select *, row_number() over (order by "key_firm" asc nulls last) as position from "surviving" order by "key_firm" asc nulls last limit $7)
select 0, position, null::int8, kind, "key_firm"::bigint, "custom_0"::float8, "custom_1"::float8, "custom_2"::float8, "custom_3"::float8 from "rows_page"
union all
select 1, null::int8, null::int8, kind, null::bigint, "custom_0"::float8, null::float8, null::float8, "custom_3"::float8 from "totals"
order by 1, 2
