-- CreateTable
CREATE TABLE "mart"."firm_months" (
    "firm_id" BIGINT NOT NULL,
    "activity_month" DATE NOT NULL,
    "num_queries" BIGINT NOT NULL,
    "num_docs" BIGINT NOT NULL,
    "feedback_score" BIGINT NOT NULL,
    "first_active_date" DATE NOT NULL,
    "last_active_date" DATE NOT NULL,
    "active_days" BIT(31) NOT NULL,
    "since_version" INTEGER NOT NULL,
    "until_version" INTEGER NOT NULL DEFAULT 2147483647,

    CONSTRAINT "firm_months_pkey" PRIMARY KEY ("firm_id","activity_month","since_version")
);

-- CreateTable
CREATE TABLE "mart"."firm_users" (
    "user_id" TEXT NOT NULL,
    "firm_id" BIGINT NOT NULL,
    "first_active_date" DATE NOT NULL,
    "since_version" INTEGER NOT NULL,
    "until_version" INTEGER NOT NULL DEFAULT 2147483647,

    CONSTRAINT "firm_users_pkey" PRIMARY KEY ("user_id","firm_id","since_version")
);

-- CreateIndex
CREATE INDEX "firm_months_since_version_idx" ON "mart"."firm_months" USING BRIN ("since_version");

-- CreateIndex
CREATE INDEX "firm_months_until_version_idx" ON "mart"."firm_months"("until_version");

-- CreateIndex
CREATE INDEX "firm_users_since_version_idx" ON "mart"."firm_users" USING BRIN ("since_version");

-- CreateIndex
CREATE INDEX "firm_users_until_version_idx" ON "mart"."firm_users"("until_version");

-- From here on by hand: what the Prisma schema cannot say. Prisma's drift check does not see any of it.

-- Checks
alter table mart.firm_months
  add constraint firm_months_versions_check check (since_version < until_version);
alter table mart.firm_users
  add constraint firm_users_versions_check check (since_version < until_version);

-- Comments
comment on table mart.firm_months is 'Usage of each firm in each month; what firm_usage_summary adds up. Versioned: a row holds at version v when since_version <= v and v < until_version.';
comment on column mart.firm_months.firm_id is 'The firm of the events; raw.firms.id.';
comment on column mart.firm_months.activity_month is 'First day of the calendar month in UTC.';
comment on column mart.firm_months.num_queries is 'Events at the firm in the month.';
comment on column mart.firm_months.num_docs is 'Sum of their documents.';
comment on column mart.firm_months.feedback_score is 'Sum of their feedback scores.';
comment on column mart.firm_months.first_active_date is 'UTC date of the first event.';
comment on column mart.firm_months.last_active_date is 'UTC date of the last event.';
comment on column mart.firm_months.active_days is 'One bit for each day of the month with an event, the first day at the far right.';
comment on column mart.firm_months.since_version is 'First data version that the row holds at.';
comment on column mart.firm_months.until_version is 'First data version that the row no longer holds at; 2147483647 as long as it holds.';
comment on table mart.firm_users is 'The users who were ever active at each firm; who firm_usage_summary counts. Versioned: a row holds at version v when since_version <= v and v < until_version.';
comment on column mart.firm_users.user_id is 'The user; raw.users.id.';
comment on column mart.firm_users.firm_id is 'The firm of the events; raw.firms.id.';
comment on column mart.firm_users.first_active_date is 'UTC date of the first event of the user at the firm.';
comment on column mart.firm_users.since_version is 'First data version that the row holds at.';
comment on column mart.firm_users.until_version is 'First data version that the row no longer holds at; 2147483647 as long as it holds.';
