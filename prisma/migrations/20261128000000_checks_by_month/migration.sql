-- AlterTable
ALTER TABLE "mart"."check_results" ADD COLUMN     "by_month" JSONB;

comment on column mart.check_results.by_month is 'What a check that tells months apart found in each month, of the latest version only: an object of rows and sample by the month''s first day; else null.';
