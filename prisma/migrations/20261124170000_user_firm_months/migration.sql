-- CreateTable
CREATE TABLE "mart"."user_firm_months" (
    "user_id" TEXT NOT NULL,
    "activity_month" DATE NOT NULL,
    "firm_id" BIGINT NOT NULL,
    "num_queries" BIGINT NOT NULL,
    "num_workflow_queries" BIGINT NOT NULL,
    "num_vault_queries" BIGINT NOT NULL,
    "num_assistant_queries" BIGINT NOT NULL,
    "num_docs" BIGINT NOT NULL,
    "feedback_score" BIGINT NOT NULL,
    "first_active_date" DATE NOT NULL,
    "last_active_date" DATE NOT NULL,
    "active_days" BIT(31) NOT NULL,
    "since_version" INTEGER NOT NULL,
    "until_version" INTEGER NOT NULL DEFAULT 2147483647,

    CONSTRAINT "user_firm_months_pkey" PRIMARY KEY ("user_id","activity_month","firm_id","since_version")
);

-- CreateIndex
CREATE INDEX "user_firm_months_activity_month_until_version_idx" ON "mart"."user_firm_months"("activity_month", "until_version");

-- CreateIndex
CREATE INDEX "user_firm_months_since_version_idx" ON "mart"."user_firm_months" USING BRIN ("since_version");

-- CreateIndex
CREATE INDEX "user_firm_months_until_version_idx" ON "mart"."user_firm_months"("until_version");

-- From here on by hand: what the Prisma schema cannot say. Prisma's drift check does not see any of it.

-- Checks
alter table mart.user_firm_months
  add constraint user_firm_months_versions_check check (since_version < until_version);

-- Comments
comment on table mart.user_firm_months is 'What each user did at each firm in each month; what the other marts of users'' months are made from. Versioned: a row holds at version v when since_version <= v and v < until_version.';
comment on column mart.user_firm_months.user_id is 'The user; raw.users.id.';
comment on column mart.user_firm_months.activity_month is 'First day of the calendar month in UTC.';
comment on column mart.user_firm_months.firm_id is 'The firm of the events; raw.firms.id.';
comment on column mart.user_firm_months.num_queries is 'Events of the user at the firm in the month.';
comment on column mart.user_firm_months.num_workflow_queries is 'Those of type WORKFLOW.';
comment on column mart.user_firm_months.num_vault_queries is 'Those of type VAULT.';
comment on column mart.user_firm_months.num_assistant_queries is 'Those of type ASSISTANT.';
comment on column mart.user_firm_months.num_docs is 'Sum of their documents.';
comment on column mart.user_firm_months.feedback_score is 'Sum of their feedback scores.';
comment on column mart.user_firm_months.first_active_date is 'UTC date of the first event.';
comment on column mart.user_firm_months.last_active_date is 'UTC date of the last event.';
comment on column mart.user_firm_months.active_days is 'One bit for each day of the month with an event, the first day at the far right.';
comment on column mart.user_firm_months.since_version is 'First data version that the row holds at.';
comment on column mart.user_firm_months.until_version is 'First data version that the row no longer holds at; 2147483647 as long as it holds.';
