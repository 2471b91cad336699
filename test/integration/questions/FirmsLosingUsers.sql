-- May is beside April; the data end with 26 June, so June is beside 1 to 26 May.
with by_firm as (
  select firm_id, count(distinct user_id) filter (where created < '2024-05-01') as april,
         count(distinct user_id) filter (where created >= '2024-05-01' and created < '2024-06-01') as may,
         count(distinct user_id) filter (where created >= '2024-05-01' and created < '2024-05-27') as may_to_date,
         count(distinct user_id) filter (where created >= '2024-06-01') as june
    from raw.events
   group by 1
), changes as (
  select date '2024-05-01' as month, firm_id, may as users, april as before from by_firm
  union all
  select date '2024-06-01', firm_id, june, may_to_date from by_firm
)
select case when users > 0 then 'GROUP' else 'EMPTY' end, month, month = '2024-06-01', firm_id::text, users, before,
       (users::numeric / before - 1)::float8
  from changes
 where before > 0 and users::numeric / before - 1 <= -0.2
 order by users::numeric / before, month, firm_id
