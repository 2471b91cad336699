{{ config(post_hook='alter table {{ this }} add primary key (user_id, activity_month)') }}
select * from intermediate.int_user_monthly_activity
