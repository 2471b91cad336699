-- The best table that a hand could make for each question: an answer is a lookup, in the order in which it is asked.

create schema bench_limit;

create table bench_limit.month_title as
select month, title::raw.title as title, sum(num_queries)::int as num_queries, sum(num_docs)::int as num_docs,
       sum(feedback_sum)::float8 / sum(num_queries) as avg_feedback, count(distinct user_id)::int as active_users
  from bench_mart.activity group by 1, 2 order by 1, 2;
alter table bench_limit.month_title add primary key (month, title);

create table bench_limit.firm_month as
select month, firm_id, sum(num_queries)::int as num_queries, sum(num_docs)::int as num_docs,
       sum(feedback_sum)::float8 / sum(num_queries) as avg_feedback, count(distinct user_id)::int as active_users
  from bench_mart.activity group by 1, 2 order by 1, 2;
alter table bench_limit.firm_month add primary key (month, firm_id);
create index on bench_limit.firm_month (firm_id, month);

create table bench_limit.quarter_title as
select quarter, title::raw.title as title, count(distinct user_id)::int as active_users
  from bench_mart.activity group by 1, 2 order by 1, 2;
alter table bench_limit.quarter_title add primary key (quarter, title);

create table bench_limit.firm_type_month as
select firm_id, event_type::raw.event_type as event_type, month, sum(num_queries)::int as num_queries,
       count(distinct user_id)::int as active_users
  from bench_mart.activity group by 1, 2, 3 order by 1, 2, 3;
alter table bench_limit.firm_type_month add primary key (firm_id, event_type, month);

create table bench_limit.power_users as
with months as (
  select activity_month as month, user_id, firm_id, num_queries, engagement_score::float8 as score,
         engagement_level::text as level,
         (num_workflow_queries > 0)::int + (num_vault_queries > 0)::int + (num_assistant_queries > 0)::int as types
    from analytics.user_engagement
)
select month, row_number() over (partition by month order by score desc, user_id collate "C")::int as position,
       user_id, firm_id, score, num_queries::int as num_queries
  from months
 where level = 'HIGH' and types >= 2
   and exists (select from months as earlier
                where earlier.user_id = months.user_id and earlier.month = months.month - interval '1 month');
alter table bench_limit.power_users add primary key (month, position);

create table bench_limit.months as
select month, num_queries, coalesce(lag(num_queries) over (order by month), 0) as previous,
       num_queries::float8 / lag(num_queries) over (order by month) - 1 as change,
       num_queries::float8 / sum(num_queries) over () as share
  from (select month, sum(num_queries)::int as num_queries from bench_mart.activity group by 1) as months
 order by 1;
alter table bench_limit.months add primary key (month);

create table bench_limit.totals as
select sum(num_queries)::int as num_queries, count(distinct user_id)::int as active_users from bench_mart.activity;
