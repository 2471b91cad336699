-- What contenders without rollups of their own read: a mart as a careful user would make it for them.
--
-- bench_mart.activity   grain: month, user, firm and event type, with the user's title
-- bench_mart.events     the same columns over raw events, one row each

create schema bench_mart;

create view bench_mart.events as
select
  event.event_id,
  date_trunc('month', event.created)::date as month,
  date_trunc('quarter', event.created)::date as quarter,
  event.user_id,
  event.firm_id,
  app_user.title::text as title,
  event.event_type::text as event_type,
  1 as num_queries,
  event.num_docs,
  event.feedback_score::int as feedback_sum
from raw.events as event
join raw.users as app_user on app_user.id = event.user_id
where event.until_version = 2147483647;

create table bench_mart.activity as
select
  month,
  quarter,
  user_id,
  firm_id,
  title,
  event_type,
  sum(num_queries)::int as num_queries,
  sum(num_docs)::int as num_docs,
  sum(feedback_sum)::int as feedback_sum
from bench_mart.events
group by month, quarter, user_id, firm_id, title, event_type;

alter table bench_mart.activity add primary key (user_id, month, firm_id, event_type);
create index on bench_mart.activity (month);
create index on bench_mart.activity (firm_id, month);
