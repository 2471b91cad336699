-- The scores of user-months from their ranks, their mean by title, and the same a month before.
with user_months as (
  select date_trunc('month', created)::date as month, user_id, count(*) as queries, sum(num_docs) as docs,
         sum(feedback_score)::numeric / count(*) as feedback
    from raw.events
   group by 1, 2
), ranked as (
  select month, user_id, count(*) over (partition by month) as users,
         rank() over (partition by month order by queries) - 1 as queries,
         rank() over (partition by month order by docs) - 1 as docs,
         rank() over (partition by month order by feedback) - 1 as feedback
    from user_months
), by_title as (
  select month, title, avg(round((0.6 * queries + 0.3 * docs + 0.1 * feedback) / (users - 1), 12)) as score
    from ranked join raw.users on users.id = ranked.user_id
   group by month, title
)
select by_title.month, title, by_title.score::float8, by_title.month = '2024-06-01', before.score::float8,
       (by_title.score - before.score)::float8, (by_title.score / before.score - 1)::float8
  from by_title left join (select month + interval '1 month' as month, title, score from by_title) as before
       using (month, title)
 order by 1, 2
