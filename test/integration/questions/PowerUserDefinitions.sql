-- Each user-month by both definitions; users in the first row, user-months in the others.
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
), judged as (
  select this.month, this.user_id,
         this.is_high and this.types >= 2 and bool_or(last.month = this.month - interval '1 month') as is_a,
         count(*) filter (where last.is_high) >= 2 as is_b
    from levels as this join levels as last
         on last.user_id = this.user_id and last.month between this.month - interval '2 months' and this.month
   group by this.month, this.user_id, this.is_high, this.types
), counted as (
  select null::date as month, user_id, bool_or(is_a) as is_a, bool_or(is_b) as is_b from judged group by user_id
  union all
  select month, user_id, is_a, is_b from judged
)
select month, count(*) filter (where is_a and is_b), count(*) filter (where is_a and not is_b),
       count(*) filter (where is_b and not is_a), count(*) filter (where not is_a and not is_b)
  from counted
 group by month
 order by month nulls first
