-- All of the data are of one quarter. The last row is of everything.
select quarter, firm_id::text, queries, (vault / queries)::float8
  from (select date_trunc('quarter', created)::date as quarter, firm_id, count(*) as queries,
               sum(case event_type when 'VAULT' then 1.0 else 0 end) as vault
          from raw.events
         group by grouping sets ((1, 2), ())) as shares
 order by quarter nulls last, vault / queries desc, firm_id
