-- DropIndex
DROP INDEX "mart"."user_engagement_activity_month_until_version_idx";

-- CreateIndex
CREATE INDEX "user_engagement_activity_month_engagement_score_idx" ON "mart"."user_engagement"("activity_month", "engagement_score" DESC);
