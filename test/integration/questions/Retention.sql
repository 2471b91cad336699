-- Who is active in each month, with the month they were first active in and whether they were in the one before.
with active as (
  select distinct date_trunc('month', created) as month, user_id from raw.events
), known as (
  select month, user_id, min(month) over (partition by user_id) as first_month,
         lag(month) over (partition by user_id order by month) as last_month
    from active
), months as (
  select month, count(*) as users, count(*) filter (where month = first_month) as new_users,
         count(*) filter (where last_month = month - interval '1 month') as retained
    from known
   group by month
)
select month::date, users, new_users, retained, users - new_users - retained,
       coalesce(lag(users) over (order by month), 0) - retained,
       retained::float8 / lag(users) over (order by month), month = '2024-06-01'
  from months
 order by month
