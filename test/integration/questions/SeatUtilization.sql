-- June is not over, so the month is May: firms that were there at its end, with their users in it.
select firms.id::text, (arr_in_thousands * 1000)::float8, firm_size, count(distinct user_id),
       count(distinct user_id)::float8 / firm_size, firm_size - count(distinct user_id)
  from raw.firms
       left join raw.events on firm_id = firms.id
                           and events.created >= '2024-05-01' and events.created < '2024-06-01'
 where firms.created < '2024-06-01'
 group by firms.id
 order by arr_in_thousands desc, firms.id
 limit 10
