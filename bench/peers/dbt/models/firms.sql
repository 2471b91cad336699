{{ config(post_hook='alter table {{ this }} add primary key (firm_id)') }}
select * from staging.stg_firms
