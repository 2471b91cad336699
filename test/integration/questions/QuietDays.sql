-- Firms below 100 seats with an event in the last four weeks of the data, on each of their days without one.
with active as (
  select distinct firm_id, firm_size, events.created::date as day
    from raw.events join raw.firms on firms.id = firm_id
   where firm_size < 100 and events.created >= '2024-05-30'
)
select 'FILLED', firm_id::text, firm_size, day::date, 0, null
  from (select distinct firm_id, firm_size from active) as firms,
       generate_series(date '2024-05-30', '2024-06-26', '1 day') as days (day)
 where not exists (select from active where active.firm_id = firms.firm_id and active.day = days.day)
 order by firms.firm_id, 4
