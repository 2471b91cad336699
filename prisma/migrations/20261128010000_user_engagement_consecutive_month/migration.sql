-- AlterTable
ALTER TABLE "mart"."user_engagement" ADD COLUMN     "is_consecutive_month" BOOLEAN;

comment on column mart.user_engagement.is_consecutive_month is 'Whether it follows a month in which the user was active too; null in rows of builds that did not look.';
