-- Events with the place of their firm in the month; from the sixth on all firms are one.
with firms as (
  select date_trunc('month', created)::date as month, firm_id, count(*) as queries,
         row_number() over (partition by date_trunc('month', created) order by count(*) desc, firm_id) as place
    from raw.events
   group by date_trunc('month', created), firm_id
), placed as (
  select month, least(place, 6) as place, case when place <= 5 then firm_id end as firm_id, user_id, feedback_score
    from raw.events join firms using (firm_id)
   where date_trunc('month', created) = month
)
select case when place <= 5 then 'GROUP' else 'OTHER' end, month, firm_id::text, count(*),
       count(distinct user_id), avg(feedback_score)::float8,
       (count(*) / sum(count(*)) over (partition by month))::float8
  from placed
 group by month, place, firm_id
 order by month, place
