-- name: current_values_only
-- severity: info
-- reads: newest state
-- description: Attributes whose current value is applied to all months of the history: a firm's arr and firm_size, a
--   user's title. What they were in the past is not known.
-- advice: Nothing to mend. Do not read past months by title, nor past arr or seats, as history.

with days as (
  select * from intermediate.int_event_days
),

history as (
  select
    date_trunc('month', min(event_date))::date as first_month,
    date_trunc('month', max(event_date))::date as last_month
  from days
),

attributes (entity, attribute) as (
  values ('firm', 'arr'), ('firm', 'firm_size'), ('user', 'title')
),

final as (
  select attributes.entity, attributes.attribute, history.first_month, history.last_month
  from attributes
  cross join history
  where history.first_month < history.last_month
)

select * from final
