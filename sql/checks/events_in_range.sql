-- name: events_in_range
-- severity: error
-- reads: newest state
-- touched: staging.stg_events by event_id
-- description: Events with a feedback score outside 1 to 5, fewer than 0 documents, no finite date or a blank user.
--   Constraints of raw.events refuse the first two; they are checked again since every average rests on them.
-- advice: Undo the import of these events, mend them in the file and import it again.

with events as (
  select * from staging.stg_events
),

final as (
  select event_id, user_id, firm_id, created_at, num_docs, feedback_score
  from events
  where feedback_score not between 1 and 5
    or num_docs < 0
    or not isfinite(created_at)
    or btrim(user_id) = ''
)

select * from final
