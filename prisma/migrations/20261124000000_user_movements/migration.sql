-- CreateEnum
CREATE TYPE "mart"."movement_side" AS ENUM ('CURRENT', 'PREVIOUS');

-- CreateEnum
CREATE TYPE "mart"."movement" AS ENUM ('NEW', 'RETAINED', 'RESURRECTED', 'CHURNED');

-- CreateTable
CREATE TABLE "mart"."user_movements" (
    "user_id" TEXT NOT NULL,
    "movement_month" DATE NOT NULL,
    "firm_id" BIGINT NOT NULL,
    "side" "mart"."movement_side" NOT NULL,
    "movement" "mart"."movement" NOT NULL,
    "since_version" INTEGER NOT NULL,
    "until_version" INTEGER NOT NULL DEFAULT 2147483647,

    CONSTRAINT "user_movements_pkey" PRIMARY KEY ("user_id","movement_month","firm_id","side","since_version")
);

-- CreateIndex
CREATE INDEX "user_movements_movement_month_until_version_idx" ON "mart"."user_movements"("movement_month", "until_version");

-- CreateIndex
CREATE INDEX "user_movements_since_version_idx" ON "mart"."user_movements" USING BRIN ("since_version");

-- CreateIndex
CREATE INDEX "user_movements_until_version_idx" ON "mart"."user_movements"("until_version");

-- From here on by hand: what the Prisma schema cannot say. Prisma's drift check does not see any of it.

-- Checks
alter table mart.user_movements
  add constraint user_movements_side_check check (
    case side
      when 'CURRENT' then movement in ('NEW', 'RETAINED', 'RESURRECTED')
      when 'PREVIOUS' then movement in ('RETAINED', 'CHURNED')
    end
  ),
  add constraint user_movements_versions_check check (since_version < until_version);

-- Comments
comment on table mart.user_movements is 'What became of each user''s activity from one month to the next, by month, user, firm and side. Versioned: a row holds at version v when since_version <= v and v < until_version.';
comment on column mart.user_movements.user_id is 'The user; raw.users.id.';
comment on column mart.user_movements.movement_month is 'First day of the calendar month in UTC that the movement counts in.';
comment on column mart.user_movements.firm_id is 'A firm of the month whose activity counts: of movement_month on the side CURRENT, of the month before it on the side PREVIOUS.';
comment on column mart.user_movements.side is 'CURRENT: the user was active in movement_month. PREVIOUS: the user was active in the month before it.';
comment on column mart.user_movements.movement is 'By activity anywhere on the platform. On the side CURRENT: NEW where the month has the user''s first event, RETAINED where the month before has some as well, else RESURRECTED. On the side PREVIOUS: RETAINED where movement_month has events as well, else CHURNED.';
comment on column mart.user_movements.since_version is 'First data version that the row holds at.';
comment on column mart.user_movements.until_version is 'First data version that the row no longer holds at; 2147483647 as long as it holds.';
