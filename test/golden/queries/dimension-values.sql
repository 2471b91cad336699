-- titles
-- $1 = 1
-- $2 = 1
-- $3 = 1
-- $4 = 1
-- $5 = 101
with found as (
      select "key_title", count(*) as rows
  from (select app_user.title::raw.title as "key_title"
      from raw.events as "event"
        left join mart.users as "app_user" on app_user.user_id = event.user_id and "app_user"."since_version" <= $1 and $2 < "app_user"."until_version"
     where "event"."since_version" <= $3 and $4 < "event"."until_version" and true) as base
  group by "key_title"
    ),
    matching as (select * from found),
    page as (
      select *, row_number() over (order by "key_title" asc nulls last) as position
        from matching
       order by position limit $5
    )
    select 0, "key_title"::text, "rows", position from page
    union all
    select 1, null, count(*), null from matching
    order by 1, 4

-- users
-- $1 = 1
-- $2 = 1
-- $3 = "2024-02-01"
-- $4 = "N"
-- $5 = "n"
-- $6 = "n"
-- $7 = 101
with found as (
      select "key_user", count(*) as rows
  from (select event.user_id::text as "key_user"
      from raw.events as "event"
     where "event"."since_version" <= $1 and $2 < "event"."until_version" and event.created >= $3::timestamp) as base
  group by "key_user"
    ),
    matching as (select * from found
  where strpos(translate("key_user"::text, $4, $5), $6) > 0),
    page as (
      select *, row_number() over (order by "key_user" collate "C" asc nulls last) as position
        from matching
       order by position limit $7
    )
    select 0, "key_user", "rows", position from page
    union all
    select 1, null, count(*), null from matching
    order by 1, 4

-- months
-- $1 = 1
-- $2 = 1
-- $3 = 3
with found as (
      select "key_month", count(*) as rows
  from (select date_trunc('month', event.created::timestamp)::date as "key_month"
      from raw.events as "event"
     where "event"."since_version" <= $1 and $2 < "event"."until_version" and true) as base
  group by "key_month"
    ),
    matching as (select * from found),
    page as (
      select *, row_number() over (order by "key_month" asc nulls last) as position
        from matching
       order by position limit $3
    )
    select 0, "key_month", "rows", position from page
    union all
    select 1, null, count(*), null from matching
    order by 1, 4
