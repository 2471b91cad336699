-- Power users of May who are none of June, with what they did in May.
with activity as (
  select date_trunc('month', created)::date as month, user_id, count(*) as queries, sum(num_docs) as docs,
         sum(feedback_score)::numeric / count(*) as feedback, count(distinct event_type) as types
    from raw.events
   group by 1, 2
), scored as (
  select *, count(*) over (partition by month) as users,
         6 * rank() over (partition by month order by queries) + 3 * rank() over (partition by month order by docs)
           + rank() over (partition by month order by feedback) as score
    from activity
), levels as (
  select month, user_id, queries, types,
         (rank() over (partition by month order by score) - 1) >= 0.8 * (users - 1) as is_high
    from scored
), power_users as (
  select this.month, this.user_id, this.queries
    from levels as this join levels as before
         on before.user_id = this.user_id and before.month = this.month - interval '1 month'
   where this.is_high and this.types >= 2
)
select date '2024-06-01', user_id, title, queries,
       (select firm_id::text
          from raw.events
         where events.user_id = may.user_id and created >= '2024-05-01' and created < '2024-06-01'
         group by firm_id order by count(*) desc, events.firm_id limit 1),
       exists (select from levels where levels.user_id = may.user_id and month = '2024-06-01')
  from power_users as may join raw.users on users.id = user_id
 where month = '2024-05-01'
   and not exists (select from power_users as june where june.user_id = may.user_id and june.month = '2024-06-01')
 order by queries desc, user_id collate "C"
