-- one
-- $1 = 1
-- $2 = 1
-- $3 = 1
-- $4 = 1
-- $5 = 2
with "rows_core" as (select "key_event_type", "a0", case when "has_rows" then 0 end as "mark"
  from (select source."key_event_type", coalesce("source"."num_queries", 0) as "a0", true as "has_rows" from (
      select "event"."event_type"::raw.event_type as "key_event_type", "event"."num_queries" as "num_queries"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 12 and "event"."since_version" <= $1 and $2 < "event"."until_version" and true) as source) as branch),
"rows" as (select "key_event_type", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows"),
"totals_core" as (select "a0"::numeric as "a0", null::int as "mark"
  from (select coalesce(sum("source"."num_queries"), 0)::numeric as "a0", count(*) > 0 as "has_rows"
    from (
      select "event"."num_queries" as "num_queries"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 0 and "event"."since_version" <= $3 and $4 < "event"."until_version" and true) as source) as branch),
"totals" as (select coalesce(mark, 0) as kind, "a0"::int8 as "metric_num_queries" from "totals_core"),
"rows_page" as (select *, row_number() over (order by "key_event_type" asc nulls last) as position from "surviving" order by "key_event_type" asc nulls last limit $5)
select 0, position, null::int8, kind, "key_event_type"::text, "metric_num_queries"::int8 from "rows_page"
union all
select 1, null::int8, null::int8, kind, null::text, "metric_num_queries"::int8 from "totals"
order by 1, 2

-- same
-- $1 = 1
-- $2 = 1
-- $3 = 1
-- $4 = 1
-- $5 = 1
-- $6 = 1
-- $7 = 2
-- $8 = 101
with "rows_core" as (select "key_event_type", "a0", "a1", case when "has_rows" then 0 end as "mark"
  from (select source."key_event_type", coalesce("source"."active_users", 0) as "a0", coalesce("source"."num_queries", 0) as "a1", true as "has_rows" from (
      select "event"."event_type"::raw.event_type as "key_event_type", "event"."active_users" as "active_users", "event"."num_queries" as "num_queries"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 12 and "event"."since_version" <= $1 and $2 < "event"."until_version" and true) as source) as branch),
"rows" as (select "key_event_type", case mark when 3 then 1 else mark end as kind, "a1", "a0"::int8 as "metric_active_users", "a1"::int8 as "metric_num_queries" from "rows_core"
  where mark is not null),
"surviving" as (select *, case when "a1" between -9007199254740991 and 9007199254740991 and scale("a1") = 0 and nullif(sum("a1") over (), 0) between -9007199254740991 and 9007199254740991 and scale(nullif(sum("a1") over (), 0)) = 0
             then "a1"::int8::float8 / nullif(sum("a1") over (), 0)::int8::float8
             else (round("a1", 40) / nullif(sum("a1") over (), 0))::float8 end as "share_0_num_queries" from "rows"),
"totals_core" as (select "a0"::numeric as "a0", null::int as "mark"
  from (select coalesce(sum("source"."active_users"), 0) as "a0", count(*) > 0 as "has_rows"
    from (
      select "event"."active_users" as "active_users"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 0 and "event"."since_version" <= $3 and $4 < "event"."until_version" and true) as source) as branch),
"totals" as (select coalesce(mark, 0) as kind, "a0"::int8 as "metric_active_users" from "totals_core"),
"subtotals_0_core" as (select case when "has_rows" then 0 end as "mark"
  from (select count(*) > 0 as "has_rows"
    from (
      select 1
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 0 and "event"."since_version" <= $5 and $6 < "event"."until_version" and true) as source) as branch),
"subtotals_0" as (select case mark when 3 then 1 else mark end as kind from "subtotals_0_core"
  where mark is not null),
"rows_page" as (select *, row_number() over (order by "key_event_type" asc nulls last) as position from "surviving" order by "key_event_type" asc nulls last limit $7),
"subtotals_0_page" as (select *, row_number() over () as position from "subtotals_0"  limit $8)
select 0, position, null::int8, kind, "key_event_type"::text, "metric_active_users"::int8, "metric_num_queries"::int8, "share_0_num_queries"::float8 from "rows_page"
union all
select 1, null::int8, null::int8, kind, null::text, "metric_active_users"::int8, null::int8, null::float8 from "totals"
union all
select 2, position, null::int8, kind, null::text, null::int8, null::int8, null::float8 from "subtotals_0_page"
order by 1, 2

-- longerPage
-- $1 = 1
-- $2 = 1
-- $3 = 1
-- $4 = 1
-- $5 = 3
with "rows_core" as (select "key_event_type", "a0", case when "has_rows" then 0 end as "mark"
  from (select source."key_event_type", coalesce("source"."num_queries", 0) as "a0", true as "has_rows" from (
      select "event"."event_type"::raw.event_type as "key_event_type", "event"."num_queries" as "num_queries"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 12 and "event"."since_version" <= $1 and $2 < "event"."until_version" and true) as source) as branch),
"rows" as (select "key_event_type", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows"),
"totals_core" as (select "a0"::numeric as "a0", null::int as "mark"
  from (select coalesce(sum("source"."num_queries"), 0)::numeric as "a0", count(*) > 0 as "has_rows"
    from (
      select "event"."num_queries" as "num_queries"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 0 and "event"."since_version" <= $3 and $4 < "event"."until_version" and true) as source) as branch),
"totals" as (select coalesce(mark, 0) as kind, "a0"::int8 as "metric_num_queries" from "totals_core"),
"rows_page" as (select *, row_number() over (order by "key_event_type" asc nulls last) as position from "surviving" order by "key_event_type" asc nulls last limit $5)
select 0, position, null::int8, kind, "key_event_type"::text, "metric_num_queries"::int8 from "rows_page"
union all
select 1, null::int8, null::int8, kind, null::text, "metric_num_queries"::int8 from "totals"
order by 1, 2

-- other
-- $1 = 1
-- $2 = 1
-- $3 = 1
-- $4 = 1
-- $5 = 1
-- $6 = 1
-- $7 = 2
with "rows_core" as (select "key_event_type", "a0", case when "has_rows" then 0 end as "mark"
  from (select source."key_event_type", coalesce("source"."num_queries", 0) as "a0", true as "has_rows" from (
      select "event"."event_type"::raw.event_type as "key_event_type", "event"."num_queries" as "num_queries"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 20 and "event"."since_version" <= $1 and $2 < "event"."until_version" and "event"."firm_id"::bigint = $3::bigint) as source) as branch),
"rows" as (select "key_event_type", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows"),
"totals_core" as (select "a0"::numeric as "a0", null::int as "mark"
  from (select coalesce(sum("source"."num_queries"), 0)::numeric as "a0", count(*) > 0 as "has_rows"
    from (
      select "event"."num_queries" as "num_queries"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 4 and "event"."since_version" <= $4 and $5 < "event"."until_version" and "event"."firm_id"::bigint = $6::bigint) as source) as branch),
"totals" as (select coalesce(mark, 0) as kind, "a0"::int8 as "metric_num_queries" from "totals_core"),
"rows_page" as (select *, row_number() over (order by "key_event_type" asc nulls last) as position from "surviving" order by "key_event_type" asc nulls last limit $7)
select 0, position, null::int8, kind, "key_event_type"::text, "metric_num_queries"::int8 from "rows_page"
union all
select 1, null::int8, null::int8, kind, null::text, "metric_num_queries"::int8 from "totals"
order by 1, 2
