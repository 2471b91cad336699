import { ident, type Sql, sql } from '../../../query/define.ts';
import type { UserEngagementRow } from '../marts/types.ts';
import type { Listed } from './list.ts';
import { NUMBERS } from './numbers.ts';

const numbers = Object.entries(NUMBERS).map(([name, { column }]): [string, Sql] => [name, ident(column)]);

/** What is shown of a user-month, from the table `user_months`. */
export const USER_MONTH: Readonly<Record<string, Sql>> = {
  activityMonth: sql`activity_month`,
  userId: sql`user_id`,
  firmId: sql`firm_id`,
  ...Object.fromEntries(numbers),
  engagementScore: sql`engagement_score::float8`,
  prEngagementScore: sql`pr_engagement_score::float8`,
  engagementLevel: sql`engagement_level::text`,
  lastActiveDate: sql`last_active_date`,
};

/** A user-month as the mart of user engagement shows it. */
export function showUserMonth(version: number, { userId, firmId, ...row }: Listed): UserEngagementRow {
  return {
    ...row,
    id: `user-engagement:${version}:${row.activityMonth}:${userId}`,
    user: { id: userId },
    firm: { id: String(firmId) },
  } as UserEngagementRow;
}
