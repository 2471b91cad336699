-- sourceRows
-- $1 = 1
-- $2 = 1
-- $3 = "Europe/Berlin"
-- $4 = "2024-02-01"
-- $5 = "Europe/Berlin"
-- $6 = "2024-02-01"
-- $7 = 101
select "source_id", "source_at", "source_num_docs", "source_feedback_score", "key_user"::text, "key_firm"::bigint, "key_event_type"::text
  from (select event.user_id::text as "key_user", event.firm_id::bigint as "key_firm", event.event_type::raw.event_type as "key_event_type", event.event_id as "source_id", event.created as "source_at", event.num_docs as "source_num_docs", event.feedback_score as "source_feedback_score"
      from raw.events as "event"
     where "event"."since_version" <= $1 and $2 < "event"."until_version" and ((event.created at time zone 'UTC' at time zone $3) >= $4::timestamp and (event.created at time zone 'UTC' at time zone $5) < ($6::timestamp + interval '1 day'))) as base order by source_at asc nulls last, source_id asc nulls last limit $7
