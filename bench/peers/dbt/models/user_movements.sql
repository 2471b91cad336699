{{ config(post_hook='alter table {{ this }} add primary key (user_id, movement_month, firm_id, side)') }}
select * from intermediate.int_user_monthly_movements
