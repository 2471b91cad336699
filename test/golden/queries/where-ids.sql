-- numbers
-- $1 = 1
-- $2 = 1
-- $3 = [1]
-- $4 = 3
-- $5 = 1
-- $6 = 101
with "rows_core" as (select "key_firm", case when "has_rows" then 0 end as "mark"
  from (select source."key_firm", true as "has_rows" from (
      select "event"."firm_id"::bigint as "key_firm"
        from "rollup"."queries_cube_f2081a82" as "event"
       where "event"."level" = 4 and "event"."since_version" <= $1 and $2 < "event"."until_version" and ("event"."firm_id"::bigint <> all($3::bigint[])) and ("event"."firm_id"::bigint < $4::bigint) and ("event"."firm_id"::bigint >= $5::bigint)) as source) as branch),
"rows" as (select "key_firm", case mark when 3 then 1 else mark end as kind from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows")
select kind as cell_kind, "key_firm"::bigint as "cell_0"
  from (select * from "surviving" offset 0) as page order by "key_firm" asc nulls last limit $6

-- list
-- $1 = 1
-- $2 = 1
-- $3 = "bob"
-- $4 = ["ann","bob","nobody"]
-- $5 = 101
with "rows_core" as (select "key_user", case when "has_rows" then 0 end as "mark"
  from (select source."key_user", count(*) > 0 as "has_rows"
    from (
      select user_month.user_id::text as "key_user"
        from mart.user_engagement as "user_month"
       where "user_month"."since_version" <= $1 and $2 < "user_month"."until_version" and (user_month.user_id::text <> $3::text) and (user_month.user_id::text = any($4::text[]))) as source
  group by source."key_user") as branch),
"rows" as (select "key_user", case mark when 3 then 1 else mark end as kind from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows")
select kind as cell_kind, "key_user"::text as "cell_0"
  from (select * from "surviving" offset 0) as page order by "key_user" collate "C" asc nulls last limit $5

-- contained
-- $1 = 1
-- $2 = 1
-- $3 = "e"
-- $4 = 101
with "rows_core" as (select "key_user", case when "has_rows" then 0 end as "mark"
  from (select source."key_user", count(*) > 0 as "has_rows"
    from (
      select user_month.user_id::text as "key_user"
        from mart.user_engagement as "user_month"
       where "user_month"."since_version" <= $1 and $2 < "user_month"."until_version" and strpos(user_month.user_id::text::text, $3) > 0) as source
  group by source."key_user") as branch),
"rows" as (select "key_user", case mark when 3 then 1 else mark end as kind from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows")
select kind as cell_kind, "key_user"::text as "cell_0"
  from (select * from "surviving" offset 0) as page order by "key_user" collate "C" asc nulls last limit $4

-- started
-- $1 = 1
-- $2 = 1
-- $3 = "B"
-- $4 = 101
with "rows_core" as (select "key_user", case when "has_rows" then 0 end as "mark"
  from (select source."key_user", count(*) > 0 as "has_rows"
    from (
      select user_month.user_id::text as "key_user"
        from mart.user_engagement as "user_month"
       where "user_month"."since_version" <= $1 and $2 < "user_month"."until_version" and starts_with(user_month.user_id::text::text, $3)) as source
  group by source."key_user") as branch),
"rows" as (select "key_user", case mark when 3 then 1 else mark end as kind from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows")
select kind as cell_kind, "key_user"::text as "cell_0"
  from (select * from "surviving" offset 0) as page order by "key_user" collate "C" asc nulls last limit $4

-- between
-- $1 = 1
-- $2 = 1
-- $3 = "b"
-- $4 = "cy"
-- $5 = 101
with "rows_core" as (select "key_user", case when "has_rows" then 0 end as "mark"
  from (select source."key_user", count(*) > 0 as "has_rows"
    from (
      select user_month.user_id::text as "key_user"
        from mart.user_engagement as "user_month"
       where "user_month"."since_version" <= $1 and $2 < "user_month"."until_version" and user_month.user_id::text collate "C" between $3::text and $4::text) as source
  group by source."key_user") as branch),
"rows" as (select "key_user", case mark when 3 then 1 else mark end as kind from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows")
select kind as cell_kind, "key_user"::text as "cell_0"
  from (select * from "surviving" offset 0) as page order by "key_user" collate "C" asc nulls last limit $5
