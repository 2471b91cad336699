{{ config(post_hook='alter table {{ this }} add primary key (user_id)') }}
select * from staging.stg_users
