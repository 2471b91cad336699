-- The last row is of everything.
select date_trunc('month', users.created)::date, count(*), count(distinct user_id), avg(feedback_score)::float8
  from raw.events join raw.users on users.id = user_id
 group by grouping sets ((1), ())
 order by 1 nulls last
