-- metrics
-- $1 = [50,100,250]
-- $2 = [75000,150000,300000]
-- $3 = 1
-- $4 = 1
-- $5 = 1
-- $6 = 1
-- $7 = 1
-- $8 = 1
-- $9 = 101
with "rows_core" as (select "key_firm_size_band", "key_arr_band", "key_firm_cohort_month", "key_user_cohort_month", "a0"::numeric as "a0", "a1"::numeric as "a1", case when "has_rows" then 0 end as "mark"
  from (select source."key_firm_size_band", source."key_arr_band", source."key_firm_cohort_month", source."key_user_cohort_month", coalesce(sum("source"."num_queries"), 0)::numeric as "a0", count(distinct "source"."user_id") as "a1", count(*) > 0 as "has_rows"
    from (
      select width_bucket(firm.firm_size::numeric, $1::numeric[]) as "key_firm_size_band", width_bucket(firm.arr::numeric, $2::numeric[]) as "key_arr_band", date_trunc('month', firm.created_at::timestamp)::date as "key_firm_cohort_month", date_trunc('month', app_user.created_at::timestamp)::date as "key_user_cohort_month", "event"."num_queries" as "num_queries", "event"."user_id" as "user_id"
        from "rollup"."queries_by_user_04b30c1d" as "event"
        left join mart.firms as "firm" on firm.firm_id = event.firm_id and "firm"."since_version" <= $3 and $4 < "firm"."until_version"
        left join mart.users as "app_user" on app_user.user_id = event.user_id and "app_user"."since_version" <= $5 and $6 < "app_user"."until_version"
       where "event"."level" = 0 and "event"."since_version" <= $7 and $8 < "event"."until_version" and true) as source
  group by source."key_firm_size_band", source."key_arr_band", source."key_firm_cohort_month", source."key_user_cohort_month") as branch),
"rows" as (select "key_firm_size_band", "key_arr_band", "key_firm_cohort_month", "key_user_cohort_month", case mark when 3 then 1 else mark end as kind, "a0"::int8 as "metric_num_queries", "a1"::int8 as "metric_active_users" from "rows_core"
  where mark is not null),
"surviving" as (select * from "rows")
select kind as cell_kind, "key_firm_size_band"::int as "cell_0", "key_arr_band"::int as "cell_1", "key_firm_cohort_month"::date as "cell_2", "key_user_cohort_month"::date as "cell_3", "metric_num_queries"::int8 as "cell_4", "metric_active_users"::int8 as "cell_5"
  from (select * from "surviving" offset 0) as page order by "key_firm_size_band" asc nulls last, "key_arr_band" asc nulls last, "key_firm_cohort_month" asc nulls last, "key_user_cohort_month" asc nulls last limit $9
