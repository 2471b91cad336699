-- AlterTable
ALTER TABLE "mart"."data_versions" ADD COLUMN     "last_event_at" TIMESTAMP(6);

-- What earlier builds took for it: with times of day as-of was an event, unless it was given.
UPDATE "mart"."data_versions" SET "last_event_at" = "as_of" WHERE "has_times";

comment on column mart.data_versions.last_event_at is 'The latest event''s instant in UTC; null where there are no events.';
