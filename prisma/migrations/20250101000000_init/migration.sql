-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "mart";

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "raw";

-- CreateEnum
CREATE TYPE "raw"."title" AS ENUM ('JUNIOR_ASSOCIATE', 'ASSOCIATE', 'SENIOR_ASSOCIATE', 'PARTNER');

-- CreateEnum
CREATE TYPE "raw"."event_type" AS ENUM ('ASSISTANT', 'VAULT', 'WORKFLOW');

-- CreateEnum
CREATE TYPE "raw"."batch_status" AS ENUM ('LOADED', 'PARTLY_REPLACED', 'REPLACED', 'UNDONE');

-- CreateEnum
CREATE TYPE "raw"."file_kind" AS ENUM ('EVENTS', 'USERS', 'FIRMS');

-- CreateEnum
CREATE TYPE "mart"."engagement_level" AS ENUM ('LOW', 'MEDIUM', 'HIGH');

-- CreateEnum
CREATE TYPE "mart"."check_severity" AS ENUM ('ERROR', 'WARNING', 'INFO');

-- CreateTable
CREATE TABLE "raw"."events" (
    "user_id" TEXT NOT NULL,
    "event_id" BIGSERIAL NOT NULL,
    "created" TIMESTAMP(6) NOT NULL,
    "firm_id" BIGINT NOT NULL,
    "event_type" "raw"."event_type" NOT NULL,
    "num_docs" INTEGER NOT NULL,
    "feedback_score" SMALLINT NOT NULL,
    "batch_id" INTEGER NOT NULL,
    "since_version" INTEGER NOT NULL,
    "until_version" INTEGER NOT NULL DEFAULT 2147483647,

    CONSTRAINT "events_pkey" PRIMARY KEY ("user_id","event_id")
);

-- CreateTable
CREATE TABLE "raw"."users" (
    "id" TEXT NOT NULL,
    "created" TIMESTAMP(6) NOT NULL,
    "title" "raw"."title" NOT NULL,
    "batch_id" INTEGER NOT NULL,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "raw"."firms" (
    "id" BIGINT NOT NULL,
    "created" TIMESTAMP(6) NOT NULL,
    "firm_size" INTEGER NOT NULL,
    "arr_in_thousands" DECIMAL(15,3) NOT NULL,
    "batch_id" INTEGER NOT NULL,

    CONSTRAINT "firms_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "raw"."import_batches" (
    "id" SERIAL NOT NULL,
    "imported_at" TIMESTAMP(6) NOT NULL DEFAULT (now() at time zone 'UTC'),
    "status" "raw"."batch_status" NOT NULL DEFAULT 'LOADED',
    "events_loaded" BIGINT NOT NULL DEFAULT 0,
    "events_replaced" BIGINT NOT NULL DEFAULT 0,
    "users_changed" BIGINT NOT NULL DEFAULT 0,
    "firms_changed" BIGINT NOT NULL DEFAULT 0,
    "rows_rejected" BIGINT NOT NULL DEFAULT 0,
    "first_event_date" DATE,
    "last_event_date" DATE,
    "has_times" BOOLEAN NOT NULL DEFAULT false,
    "as_of" TIMESTAMP(6),
    "changed_version" INTEGER NOT NULL,

    CONSTRAINT "import_batches_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "raw"."import_files" (
    "batch_id" INTEGER NOT NULL,
    "kind" "raw"."file_kind" NOT NULL,
    "name" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "rows" BIGINT NOT NULL,

    CONSTRAINT "import_files_pkey" PRIMARY KEY ("batch_id","kind")
);

-- CreateTable
CREATE TABLE "raw"."rejected_rows" (
    "id" BIGSERIAL NOT NULL,
    "batch_id" INTEGER NOT NULL,
    "kind" "raw"."file_kind" NOT NULL,
    "line" BIGINT NOT NULL,
    "column" TEXT,
    "value" TEXT,
    "reason" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "record" TEXT NOT NULL,

    CONSTRAINT "rejected_rows_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mart"."served_version" (
    "id" SMALLINT NOT NULL DEFAULT 1,
    "version" INTEGER NOT NULL,
    "oldest_version" INTEGER NOT NULL,

    CONSTRAINT "served_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mart"."data_versions" (
    "version" INTEGER NOT NULL,
    "published_at" TIMESTAMP(6) NOT NULL DEFAULT (now() at time zone 'UTC'),
    "oldest_version" INTEGER NOT NULL,
    "as_of" TIMESTAMP(6),
    "first_event_at" TIMESTAMP(6),
    "has_times" BOOLEAN NOT NULL,
    "duration_ms" INTEGER NOT NULL,
    "definition_hash" TEXT NOT NULL,
    "row_counts" JSONB NOT NULL,
    "rollups" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "data_versions_pkey" PRIMARY KEY ("version")
);

-- CreateTable
CREATE TABLE "mart"."check_results" (
    "version" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "severity" "mart"."check_severity" NOT NULL,
    "description" TEXT NOT NULL,
    "rows" BIGINT NOT NULL,
    "sample" JSONB NOT NULL,
    "advice" TEXT NOT NULL,

    CONSTRAINT "check_results_pkey" PRIMARY KEY ("version","name")
);

-- CreateTable
CREATE TABLE "mart"."users" (
    "user_id" TEXT NOT NULL,
    "created_at" TIMESTAMP(6) NOT NULL,
    "title" "raw"."title" NOT NULL,
    "since_version" INTEGER NOT NULL,
    "until_version" INTEGER NOT NULL DEFAULT 2147483647,

    CONSTRAINT "users_pkey" PRIMARY KEY ("user_id","since_version")
);

-- CreateTable
CREATE TABLE "mart"."firms" (
    "firm_id" BIGINT NOT NULL,
    "created_at" TIMESTAMP(6) NOT NULL,
    "firm_size" INTEGER NOT NULL,
    "arr" DECIMAL(18,2) NOT NULL,
    "since_version" INTEGER NOT NULL,
    "until_version" INTEGER NOT NULL DEFAULT 2147483647,

    CONSTRAINT "firms_pkey" PRIMARY KEY ("firm_id","since_version")
);

-- CreateTable
CREATE TABLE "mart"."user_engagement" (
    "user_id" TEXT NOT NULL,
    "activity_month" DATE NOT NULL,
    "firm_id" BIGINT NOT NULL,
    "num_active_days" INTEGER NOT NULL,
    "num_queries" BIGINT NOT NULL,
    "num_workflow_queries" BIGINT NOT NULL,
    "num_vault_queries" BIGINT NOT NULL,
    "num_assistant_queries" BIGINT NOT NULL,
    "avg_queries_per_active_day" DOUBLE PRECISION NOT NULL,
    "num_docs" BIGINT NOT NULL,
    "avg_docs_per_query" DOUBLE PRECISION NOT NULL,
    "avg_feedback_score" DOUBLE PRECISION NOT NULL,
    "last_active_date" DATE NOT NULL,
    "engagement_score" DECIMAL(13,12) NOT NULL,
    "pr_engagement_score" DECIMAL(13,12) NOT NULL,
    "engagement_level" "mart"."engagement_level" NOT NULL,
    "since_version" INTEGER NOT NULL,
    "until_version" INTEGER NOT NULL DEFAULT 2147483647,

    CONSTRAINT "user_engagement_pkey" PRIMARY KEY ("user_id","activity_month","since_version")
);

-- CreateTable
CREATE TABLE "mart"."firm_usage_summary" (
    "firm_id" BIGINT NOT NULL,
    "num_active_days" INTEGER NOT NULL,
    "num_active_users" BIGINT NOT NULL,
    "num_queries" BIGINT NOT NULL,
    "num_docs" BIGINT NOT NULL,
    "avg_feedback_score" DOUBLE PRECISION,
    "avg_queries_per_active_day" DOUBLE PRECISION,
    "avg_queries_per_active_user" DOUBLE PRECISION,
    "first_active_date" DATE,
    "last_active_date" DATE,
    "firm_size" INTEGER NOT NULL,
    "arr" DECIMAL(18,2) NOT NULL,
    "arr_per_user" DOUBLE PRECISION,
    "since_version" INTEGER NOT NULL,
    "until_version" INTEGER NOT NULL DEFAULT 2147483647,

    CONSTRAINT "firm_usage_summary_pkey" PRIMARY KEY ("firm_id","since_version")
);

-- CreateTable
CREATE TABLE "mart"."daily_event_summary" (
    "event_date" DATE NOT NULL,
    "num_queries" BIGINT NOT NULL,
    "num_active_users" BIGINT NOT NULL,
    "num_active_firms" BIGINT NOT NULL,
    "num_docs" BIGINT NOT NULL,
    "avg_feedback_score" DOUBLE PRECISION NOT NULL,
    "num_assistant_queries" BIGINT NOT NULL,
    "num_vault_queries" BIGINT NOT NULL,
    "num_workflow_queries" BIGINT NOT NULL,
    "since_version" INTEGER NOT NULL,
    "until_version" INTEGER NOT NULL DEFAULT 2147483647,

    CONSTRAINT "daily_event_summary_pkey" PRIMARY KEY ("event_date","since_version")
);

-- CreateIndex
CREATE INDEX "events_event_id_idx" ON "raw"."events"("event_id");

-- CreateIndex
CREATE INDEX "events_until_version_idx" ON "raw"."events"("until_version");

-- CreateIndex
CREATE INDEX "events_since_version_idx" ON "raw"."events" USING BRIN ("since_version");

-- CreateIndex
CREATE INDEX "events_created_idx" ON "raw"."events" USING BRIN ("created");

-- CreateIndex
CREATE INDEX "import_batches_changed_version_idx" ON "raw"."import_batches"("changed_version");

-- CreateIndex
CREATE INDEX "import_files_sha256_idx" ON "raw"."import_files"("sha256");

-- CreateIndex
CREATE INDEX "rejected_rows_batch_id_idx" ON "raw"."rejected_rows"("batch_id");

-- CreateIndex
CREATE INDEX "users_until_version_idx" ON "mart"."users"("until_version");

-- CreateIndex
CREATE INDEX "firms_until_version_idx" ON "mart"."firms"("until_version");

-- CreateIndex
CREATE INDEX "user_engagement_activity_month_until_version_idx" ON "mart"."user_engagement"("activity_month", "until_version");

-- CreateIndex
CREATE INDEX "user_engagement_since_version_idx" ON "mart"."user_engagement" USING BRIN ("since_version");

-- CreateIndex
CREATE INDEX "user_engagement_until_version_idx" ON "mart"."user_engagement"("until_version");

-- CreateIndex
CREATE INDEX "firm_usage_summary_until_version_idx" ON "mart"."firm_usage_summary"("until_version");

-- CreateIndex
CREATE INDEX "daily_event_summary_until_version_idx" ON "mart"."daily_event_summary"("until_version");

-- AddForeignKey
ALTER TABLE "raw"."import_files" ADD CONSTRAINT "import_files_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "raw"."import_batches"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- From here on by hand: what the Prisma schema cannot say. Prisma's drift check does not see any of it.

-- Checks. NaN counts as the greatest numeric, so it is refused by name.
alter table raw.events
  add constraint events_num_docs_check check (num_docs >= 0),
  add constraint events_feedback_score_check check (feedback_score between 1 and 5),
  add constraint events_versions_check check (since_version < until_version);

alter table raw.firms
  add constraint firms_firm_size_check check (firm_size > 0),
  add constraint firms_arr_check check (arr_in_thousands >= 0 and arr_in_thousands <> 'NaN');

alter table mart.served_version
  add constraint served_version_one_row_check check (id = 1);

alter table mart.users
  add constraint users_versions_check check (since_version < until_version);

alter table mart.firms
  add constraint firms_firm_size_check check (firm_size > 0),
  add constraint firms_arr_check check (arr >= 0 and arr <> 'NaN'),
  add constraint firms_versions_check check (since_version < until_version);

alter table mart.user_engagement
  add constraint user_engagement_versions_check check (since_version < until_version);

alter table mart.firm_usage_summary
  add constraint firm_usage_summary_firm_size_check check (firm_size > 0),
  add constraint firm_usage_summary_arr_check check (arr >= 0 and arr <> 'NaN'),
  add constraint firm_usage_summary_versions_check check (since_version < until_version);

alter table mart.daily_event_summary
  add constraint daily_event_summary_versions_check check (since_version < until_version);

-- The pointer: nothing was built yet.
insert into mart.served_version (id, version, oldest_version) values (1, 0, 0);

-- Comments
comment on schema raw is 'What was imported, as it came, with import batches and rejected rows.';
comment on schema mart is 'What a build makes of the raw data, with the record of versions and the pointer to the served one.';

comment on table raw.events is 'Events: one row is one query that a user put to the assistant. Versioned: a row holds at version v when since_version <= v and v < until_version.';
comment on column raw.events.user_id is 'The user who put the query; raw.users.id, checked by the import.';
comment on column raw.events.event_id is 'Identifies the loaded row; new for every row loaded.';
comment on column raw.events.created is 'When the query was put, in UTC; midnight where the import has dates only.';
comment on column raw.events.firm_id is 'The firm that the query was put for; raw.firms.id, checked by the import.';
comment on column raw.events.event_type is 'The part of the product used: ASSISTANT, VAULT or WORKFLOW.';
comment on column raw.events.num_docs is 'Number of documents that the query worked on; 0 or more.';
comment on column raw.events.feedback_score is 'The user''s score of the answer, from 1 (worst) to 5 (best).';
comment on column raw.events.batch_id is 'The import that loaded the row; raw.import_batches.id.';
comment on column raw.events.since_version is 'First data version that the row holds at.';
comment on column raw.events.until_version is 'First data version that the row no longer holds at; 2147483647 as long as it holds.';

comment on table raw.users is 'Users as last imported, one row each; changed in place. Queries of the API read mart.users instead.';
comment on column raw.users.id is 'Identifies the user; text as imported.';
comment on column raw.users.created is 'When the user was created, in UTC.';
comment on column raw.users.title is 'The user''s current title, by seniority: JUNIOR_ASSOCIATE, ASSOCIATE, SENIOR_ASSOCIATE, PARTNER.';
comment on column raw.users.batch_id is 'The import that last changed the row; raw.import_batches.id.';

comment on table raw.firms is 'Firms as last imported, one row each; changed in place. Queries of the API read mart.firms instead.';
comment on column raw.firms.id is 'Identifies the firm.';
comment on column raw.firms.created is 'When the firm was created, in UTC.';
comment on column raw.firms.firm_size is 'Seats: number of people that the firm has licensed; above 0.';
comment on column raw.firms.arr_in_thousands is 'Annual recurring revenue in thousands of US dollars; 0 or more.';
comment on column raw.firms.batch_id is 'The import that last changed the row; raw.import_batches.id.';

comment on table raw.import_batches is 'Imports that loaded something, one row each.';
comment on column raw.import_batches.id is 'Identifies the import; later imports have higher numbers.';
comment on column raw.import_batches.imported_at is 'When the import was committed, in UTC by the database''s clock.';
comment on column raw.import_batches.status is 'What became of the events it loaded: LOADED (all in effect), PARTLY_REPLACED or REPLACED (by later imports), UNDONE.';
comment on column raw.import_batches.events_loaded is 'Number of events that it loaded.';
comment on column raw.import_batches.events_replaced is 'Number of events of earlier imports that it took out.';
comment on column raw.import_batches.users_changed is 'Number of users that it added or changed.';
comment on column raw.import_batches.firms_changed is 'Number of firms that it added or changed.';
comment on column raw.import_batches.rows_rejected is 'Number of rows left out for being bad; see raw.rejected_rows.';
comment on column raw.import_batches.first_event_date is 'UTC date of the earliest event that it loaded; null where it loaded none.';
comment on column raw.import_batches.last_event_date is 'UTC date of the latest event that it loaded; null where it loaded none.';
comment on column raw.import_batches.has_times is 'Whether its events have times of day, not only dates.';
comment on column raw.import_batches.as_of is 'The instant in UTC up to which its events are complete; null where it loaded no events and none was given.';
comment on column raw.import_batches.changed_version is 'The data version that first shows what it, or what last changed its status, did.';

comment on table raw.import_files is 'The files of each import, one row per kind, recognised again by their bytes.';
comment on column raw.import_files.batch_id is 'The import; raw.import_batches.id.';
comment on column raw.import_files.kind is 'What the file holds: EVENTS, USERS or FIRMS.';
comment on column raw.import_files.name is 'The file''s name as it was given.';
comment on column raw.import_files.sha256 is 'SHA-256 of the file''s bytes, in lower-case hexadecimal.';
comment on column raw.import_files.rows is 'Number of data rows in the file, without its header.';

comment on table raw.rejected_rows is 'Bad rows that an import with quarantine left out, one row per bad row and reason.';
comment on column raw.rejected_rows.id is 'Identifies the rejection.';
comment on column raw.rejected_rows.batch_id is 'The import that left the row out; raw.import_batches.id.';
comment on column raw.rejected_rows.kind is 'The file that the row stands in: EVENTS, USERS or FIRMS.';
comment on column raw.rejected_rows.line is 'Line of the file that the row begins at, counted from 1 with the header.';
comment on column raw.rejected_rows."column" is 'The column at fault; null where the whole row is.';
comment on column raw.rejected_rows.value is 'The value at fault as it stood in the file; null where the whole row is.';
comment on column raw.rejected_rows.reason is 'Why the row is bad, as a short code.';
comment on column raw.rejected_rows.message is 'Why the row is bad, in words.';
comment on column raw.rejected_rows.record is 'The row as it stood in the file.';

comment on table mart.served_version is 'The pointer: its one row names the data version that is served.';
comment on column mart.served_version.id is 'Always 1.';
comment on column mart.served_version.version is 'The served data version; 0 before the first build.';
comment on column mart.served_version.oldest_version is 'The oldest data version whose rows are kept; rows of versions below it may have been cleared.';

comment on table mart.data_versions is 'The record of every data version that was published, one row each.';
comment on column mart.data_versions.version is 'The data version; each build publishes the next number.';
comment on column mart.data_versions.published_at is 'When the version was published, in UTC by the database''s clock.';
comment on column mart.data_versions.oldest_version is 'The oldest data version whose rows were kept when this one was published.';
comment on column mart.data_versions.as_of is 'The instant in UTC up to which the data are complete; null where there are no events.';
comment on column mart.data_versions.first_event_at is 'The earliest event''s instant in UTC; null where there are no events.';
comment on column mart.data_versions.has_times is 'Whether all events in effect have times of day, not only dates.';
comment on column mart.data_versions.duration_ms is 'How long the build took, in milliseconds.';
comment on column mart.data_versions.definition_hash is 'Hash of the SQL and the semantic model that built the version.';
comment on column mart.data_versions.row_counts is 'Number of rows that hold at the version: an object of table names to counts.';
comment on column mart.data_versions.rollups is 'The rollup tables of the version with their row counts; queries use only these.';

comment on table mart.check_results is 'What the checks found when a data version was built, one row per version and check.';
comment on column mart.check_results.version is 'The data version that was checked.';
comment on column mart.check_results.name is 'Name of the check.';
comment on column mart.check_results.severity is 'How bad findings are: ERROR (the version is not published), WARNING or INFO.';
comment on column mart.check_results.description is 'What the check looks for.';
comment on column mart.check_results.rows is 'Number of rows that the check found; 0 where all is well.';
comment on column mart.check_results.sample is 'Some of the rows found, as an array of objects.';
comment on column mart.check_results.advice is 'What to do about findings.';

comment on table mart.users is 'User attributes that queries read, copied from raw.users by each build. Versioned: a row holds at version v when since_version <= v and v < until_version.';
comment on column mart.users.user_id is 'The user; raw.users.id.';
comment on column mart.users.created_at is 'When the user was created, in UTC.';
comment on column mart.users.title is 'The user''s title as of the version, by seniority: JUNIOR_ASSOCIATE, ASSOCIATE, SENIOR_ASSOCIATE, PARTNER.';
comment on column mart.users.since_version is 'First data version that the row holds at.';
comment on column mart.users.until_version is 'First data version that the row no longer holds at; 2147483647 as long as it holds.';

comment on table mart.firms is 'Firm attributes that queries read, copied from raw.firms by each build. Versioned: a row holds at version v when since_version <= v and v < until_version.';
comment on column mart.firms.firm_id is 'The firm; raw.firms.id.';
comment on column mart.firms.created_at is 'When the firm was created, in UTC.';
comment on column mart.firms.firm_size is 'Seats: number of people that the firm has licensed; above 0.';
comment on column mart.firms.arr is 'Annual recurring revenue in US dollars; 0 or more.';
comment on column mart.firms.since_version is 'First data version that the row holds at.';
comment on column mart.firms.until_version is 'First data version that the row no longer holds at; 2147483647 as long as it holds.';

comment on table mart.user_engagement is 'Activity and engagement by month and user, for users with at least one event in the month. Versioned: a row holds at version v when since_version <= v and v < until_version.';
comment on column mart.user_engagement.user_id is 'The user; raw.users.id.';
comment on column mart.user_engagement.activity_month is 'First day of the calendar month in UTC.';
comment on column mart.user_engagement.firm_id is 'The firm with most of the user''s queries of the month; of equals the lower id.';
comment on column mart.user_engagement.num_active_days is 'Number of UTC dates of the month with at least one event of the user.';
comment on column mart.user_engagement.num_queries is 'Number of the user''s events in the month.';
comment on column mart.user_engagement.num_workflow_queries is 'Number of the user''s WORKFLOW events in the month.';
comment on column mart.user_engagement.num_vault_queries is 'Number of the user''s VAULT events in the month.';
comment on column mart.user_engagement.num_assistant_queries is 'Number of the user''s ASSISTANT events in the month.';
comment on column mart.user_engagement.avg_queries_per_active_day is 'num_queries divided by num_active_days.';
comment on column mart.user_engagement.num_docs is 'Number of documents over the user''s events in the month.';
comment on column mart.user_engagement.avg_docs_per_query is 'num_docs divided by num_queries.';
comment on column mart.user_engagement.avg_feedback_score is 'Sum of the feedback scores divided by num_queries, from 1 to 5.';
comment on column mart.user_engagement.last_active_date is 'Latest UTC date of the month with an event of the user.';
comment on column mart.user_engagement.engagement_score is '0.6 of the percent rank of num_queries, 0.3 of that of num_docs and 0.1 of that of the average feedback, among all users active in the month; from 0 to 1, to 12 decimals.';
comment on column mart.user_engagement.pr_engagement_score is 'Percent rank of the engagement score among all users active in the month; from 0 to 1, to 12 decimals.';
comment on column mart.user_engagement.engagement_level is 'HIGH where pr_engagement_score is at least 0.8, LOW where it is below 0.3, else MEDIUM.';
comment on column mart.user_engagement.since_version is 'First data version that the row holds at.';
comment on column mart.user_engagement.until_version is 'First data version that the row no longer holds at; 2147483647 as long as it holds.';

comment on table mart.firm_usage_summary is 'Usage by firm over all history, firms without events included. Versioned: a row holds at version v when since_version <= v and v < until_version.';
comment on column mart.firm_usage_summary.firm_id is 'The firm; raw.firms.id.';
comment on column mart.firm_usage_summary.num_active_days is 'Number of UTC dates with at least one event of the firm.';
comment on column mart.firm_usage_summary.num_active_users is 'Number of distinct users with at least one event for the firm.';
comment on column mart.firm_usage_summary.num_queries is 'Number of the firm''s events.';
comment on column mart.firm_usage_summary.num_docs is 'Number of documents over the firm''s events.';
comment on column mart.firm_usage_summary.avg_feedback_score is 'Sum of the feedback scores divided by num_queries, from 1 to 5; null without events.';
comment on column mart.firm_usage_summary.avg_queries_per_active_day is 'num_queries divided by num_active_days; null without events.';
comment on column mart.firm_usage_summary.avg_queries_per_active_user is 'num_queries divided by num_active_users; null without events.';
comment on column mart.firm_usage_summary.first_active_date is 'Earliest UTC date with an event of the firm; null without events.';
comment on column mart.firm_usage_summary.last_active_date is 'Latest UTC date with an event of the firm; null without events.';
comment on column mart.firm_usage_summary.firm_size is 'Seats: number of people that the firm has licensed; above 0.';
comment on column mart.firm_usage_summary.arr is 'Annual recurring revenue in US dollars; 0 or more.';
comment on column mart.firm_usage_summary.arr_per_user is 'arr divided by num_active_users (not by seats), in US dollars; null without events.';
comment on column mart.firm_usage_summary.since_version is 'First data version that the row holds at.';
comment on column mart.firm_usage_summary.until_version is 'First data version that the row no longer holds at; 2147483647 as long as it holds.';

comment on table mart.daily_event_summary is 'Activity by UTC day, for days with at least one event. Versioned: a row holds at version v when since_version <= v and v < until_version.';
comment on column mart.daily_event_summary.event_date is 'The UTC date.';
comment on column mart.daily_event_summary.num_queries is 'Number of events of the day.';
comment on column mart.daily_event_summary.num_active_users is 'Number of distinct users with at least one event on the day.';
comment on column mart.daily_event_summary.num_active_firms is 'Number of distinct firms with at least one event on the day.';
comment on column mart.daily_event_summary.num_docs is 'Number of documents over the day''s events.';
comment on column mart.daily_event_summary.avg_feedback_score is 'Sum of the feedback scores divided by num_queries, from 1 to 5.';
comment on column mart.daily_event_summary.num_assistant_queries is 'Number of the day''s ASSISTANT events.';
comment on column mart.daily_event_summary.num_vault_queries is 'Number of the day''s VAULT events.';
comment on column mart.daily_event_summary.num_workflow_queries is 'Number of the day''s WORKFLOW events.';
comment on column mart.daily_event_summary.since_version is 'First data version that the row holds at.';
comment on column mart.daily_event_summary.until_version is 'First data version that the row no longer holds at; 2147483647 as long as it holds.';
