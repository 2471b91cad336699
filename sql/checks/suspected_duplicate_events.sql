-- name: suspected_duplicate_events
-- severity: warning
-- reads: newest state
-- touched: staging.stg_events by activity_month
-- month: date_trunc('month', created_at)::date
-- order: events desc, user_id, created_at, firm_id, event_type, num_docs, feedback_score
-- description: Events that agree in user, firm, type, documents, score and instant. Events have no natural key, so
--   this is a suspicion only; where the imports give dates without times, alike events of one day are to be expected.
-- advice: If a file was exported or concatenated twice, undo its import and import it once. All of them are counted.

with events as (
  select * from staging.stg_events
),

final as (
  select user_id, firm_id, event_type, num_docs, feedback_score, created_at, count(*) as events
  from events
  group by user_id, firm_id, event_type, num_docs, feedback_score, created_at
  having count(*) > 1
)

select * from final
