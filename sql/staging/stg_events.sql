-- Events of the newest state, one row each, with the UTC date and month that they count for.
--
-- Grain: event. Key: event_id (unique; user_id comes first in the table's key, so that it can be distributed).
-- Newest state: the rows that no import has taken out, whether a build has served them yet or not.

with source as (
  select * from raw.events
),

final as (
  select
    user_id,
    event_id,
    firm_id,
    event_type,
    num_docs,
    feedback_score,
    created as created_at,
    created::date as event_date,
    date_trunc('month', created)::date as activity_month
  from source
  where until_version = 2147483647
)

select * from final
