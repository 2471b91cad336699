-- Firms with their current attributes.
--
-- Grain: firm. Key: firm_id.
-- firm_size is the number of seats, arr the annual recurring revenue in US dollars (imported in thousands).
-- Both are the current ones: the import changes firms in place, so history is not kept.

with source as (
  select * from raw.firms
),

final as (
  select
    id as firm_id,
    created as created_at,
    firm_size,
    (arr_in_thousands * 1000)::numeric(18, 2) as arr
  from source
)

select * from final
