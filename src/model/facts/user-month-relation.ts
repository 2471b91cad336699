import { type Relation, sql } from '../../query/define.ts';
import { joined, own } from '../dimensions/attribute.ts';
import { userAttributes, userOf } from '../dimensions/user.ts';
import { previousMonth, userMonthAttributes } from '../dimensions/user-month.ts';

/**
 * One row per active user and month, without anything that is measured. `user_month.firm_id`, the main firm, is no
 * dimension: activity belongs to the firm of each event.
 */
export const userMonthRelation: Relation = {
  name: 'user_engagement',
  table: sql`mart.user_engagement`,
  alias: 'user_month',
  grain: 'month',
  time: sql`user_month.activity_month`,
  key: ['user_id', 'activity_month'],
  joins: {
    app_user: userOf(sql`user_month.user_id`),
    previous_month: {
      ...previousMonth,
      period: { month: sql`previous_month.activity_month`, monthsAfter: 1 },
    },
  },
  dimensions: {
    user: { sql: sql`user_month.user_id` },
    ...own(userMonthAttributes),
    ...joined(userAttributes, 'app_user'),
  },
  columns: {
    user_id: { sql: sql`user_month.user_id` },
    activity_month: { sql: sql`user_month.activity_month` },
  },
  measures: {},
};
