-- The last row is of all events of the groups that are left.
with groups as (
  select firm_id, event_type, count(*) as queries, count(*) filter (where feedback_score <= 2) as low
    from raw.events
   group by 1, 2
  having count(*) >= 50 and count(*) filter (where feedback_score <= 2) >= 0.1 * count(*)
)
select firm_id::text, event_type, sum(queries)::int, (sum(low) / sum(queries))::float8
  from groups
 group by grouping sets ((firm_id, event_type), ())
 order by grouping(firm_id), sum(low) / sum(queries) desc, firm_id, event_type
