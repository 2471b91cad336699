-- metrics
-- $1 = 1
-- $2 = 1
-- $3 = "2024-01-01"
-- $4 = "VAULT"
-- $5 = "cy"
-- $6 = ["WORKFLOW"]
-- $7 = 101
with "rows_core" as (select "key_user", "key_event_type", "a0"::numeric as "a0", case when "has_rows" then 0 end as "mark"
  from (select source."key_user", source."key_event_type", coalesce(sum("source"."num_queries"), 0)::numeric as "a0", count(*) > 0 as "has_rows"
    from (
      select "event"."user_id"::text as "key_user", "event"."event_type"::raw.event_type as "key_event_type", "event"."num_queries" as "num_queries"
        from "rollup"."queries_by_user_04b30c1d" as "event"
       where "event"."level" = 0 and "event"."since_version" <= $1 and $2 < "event"."until_version" and ("event"."period" >= $3::timestamp) and ((("event"."event_type"::raw.event_type = $4::raw.event_type) or (("event"."user_id"::text = $5::text) and (not ("event"."event_type"::raw.event_type = any($6::raw.event_type[]))))))) as source
  group by source."key_user", source."key_event_type") as branch),
"rows" as (select "key_user", "key_event_type", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows")
select kind as cell_kind, "key_user"::text as "cell_0", "key_event_type"::text as "cell_1", "metric_num_queries"::int8 as "cell_2"
  from (select * from "surviving" offset 0) as page order by "key_user" collate "C" asc nulls last, "key_event_type" asc nulls last limit $7
