{{ config(post_hook='alter table {{ this }} add primary key (event_date)') }}
select * from intermediate.int_daily_event_metrics
