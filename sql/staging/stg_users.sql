-- Users with their current attributes.
--
-- Grain: user. Key: user_id.
-- title is the current one: the import changes users in place, so history is not kept.

with source as (
  select * from raw.users
),

final as (
  select
    id as user_id,
    created as created_at,
    title
  from source
)

select * from final
