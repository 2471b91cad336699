-- seniors
-- $1 = 1
-- $2 = 1
-- $3 = "SENIOR_ASSOCIATE"
-- $4 = 101
with "rows_core" as (select "key_title", "a0", case when "has_rows" then 0 end as "mark"
  from (select source."key_title", coalesce("source"."num_queries", 0) as "a0", true as "has_rows" from (
      select "event"."title"::raw.title as "key_title", "event"."num_queries" as "num_queries"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 8 and "event"."since_version" <= $1 and $2 < "event"."until_version" and coalesce("event"."title"::raw.title >= $3::raw.title, false)) as source) as branch),
"rows" as (select "key_title", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows")
select kind as cell_kind, "key_title"::text as "cell_0", "metric_num_queries"::int8 as "cell_1"
  from (select * from "surviving" offset 0) as page order by "key_title" asc nulls last limit $4

-- levels
-- $1 = 1
-- $2 = 1
-- $3 = "HIGH"
-- $4 = 101
with "rows_core" as (select "key_engagement_level", "a0"::numeric as "a0", case when "has_rows" then 0 end as "mark"
  from (select source."key_engagement_level", coalesce(sum("source"."num_queries"), 0)::numeric as "a0", count(*) > 0 as "has_rows"
    from (
      select user_month.engagement_level::mart.engagement_level as "key_engagement_level", user_month.num_queries as "num_queries"
        from mart.user_engagement as "user_month"
       where "user_month"."since_version" <= $1 and $2 < "user_month"."until_version" and user_month.engagement_level::mart.engagement_level < $3::mart.engagement_level) as source
  group by source."key_engagement_level") as branch),
"rows" as (select "key_engagement_level", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows")
select kind as cell_kind, "key_engagement_level"::text as "cell_0", "metric_num_queries"::int8 as "cell_1"
  from (select * from "surviving" offset 0) as page order by "key_engagement_level" asc nulls last limit $4

-- bands
-- $1 = 1
-- $2 = 1
-- $3 = 1
-- $4 = 1
-- $5 = [75000,150000,300000]
-- $6 = 0
-- $7 = 1
with "totals_core" as (select "a0"::numeric as "a0", null::int as "mark"
  from (select coalesce(sum("source"."num_queries"), 0)::numeric as "a0", count(*) > 0 as "has_rows"
    from (
      select "event"."num_queries" as "num_queries"
        from "rollup"."queries_cube_f2081a82" as "event"
        left join mart.firms as "firm" on firm.firm_id = event.firm_id and "firm"."since_version" <= $1 and $2 < "firm"."until_version"
       where "event"."level" = 4 and "event"."since_version" <= $3 and $4 < "event"."until_version" and coalesce(width_bucket(firm.arr::numeric, $5::numeric[]) between $6::int and $7::int, false)) as source) as branch),
"totals" as (select coalesce(mark, 0) as kind, "a0"::int8 as "metric_num_queries" from "totals_core")
select 0, null::int8, null::int8, kind, "metric_num_queries"::int8 from "totals"
order by 1, 2
