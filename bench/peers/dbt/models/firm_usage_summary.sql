{{ config(post_hook='alter table {{ this }} add primary key (firm_id)') }}
select * from intermediate.int_firm_usage_metrics
