-- Each window by itself, from the last 28 days of the data.
select day::date,
       (select count(distinct user_id) from raw.events where created = day),
       (select count(distinct user_id) from raw.events where created > day - interval '7 days' and created <= day),
       (select count(*)::float8 / count(distinct user_id)
          from raw.events where created > day - interval '7 days' and created <= day),
       (select count(distinct user_id) from raw.events where created > day - interval '28 days' and created <= day),
       day - interval '27 days' < '2024-04-02'
  from generate_series(timestamp '2024-05-30', '2024-06-26', '1 day') as days (day)
 order by 1
