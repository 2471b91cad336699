-- What each user did at each firm in each month: what everything about users' months is made from.
--
-- Grain: month, user and firm, with at least one event. Key: activity_month, user_id, firm_id.
-- active_days has one bit for each day of the month, the first one at the far right.
--
-- A condition on activity_month reaches the events before anything is grouped. Keep it so.

with events as (
  select * from staging.stg_events
),

final as (
  select
    activity_month,
    user_id,
    firm_id,
    count(*) as num_queries,
    count(*) filter (where event_type = 'WORKFLOW') as num_workflow_queries,
    count(*) filter (where event_type = 'VAULT') as num_vault_queries,
    count(*) filter (where event_type = 'ASSISTANT') as num_assistant_queries,
    sum(num_docs) as num_docs,
    sum(feedback_score) as feedback_score,
    min(event_date) as first_active_date,
    max(event_date) as last_active_date,
    -- Days as bits count over firms and months without a count(distinct).
    bit_or(1::bit(31) << (extract(day from event_date)::int - 1)) as active_days
  from events
  group by activity_month, user_id, firm_id
)

select * from final
