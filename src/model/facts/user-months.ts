import { type Fact, sql } from '../../query/define.ts';
import { joined } from '../dimensions/attribute.ts';
import { firmAttributes, firmOf } from '../dimensions/firm.ts';
import { interactionTypesUsed, isPowerUser } from '../dimensions/user-month.ts';
import { userMonthRelation } from './user-month-relation.ts';

/** Months in which a user was active, ranked within the month. */
export const userMonths: Fact = {
  name: 'user_months',
  description:
    'Months in which a user was active, ranked within the month. One counts under every firm that the user was active in that month, and once in any total.',
  rows: 'coincides',
  holds: 'period',
  rollups: [
    {
      name: 'user_months_cube',
      description: 'Engagement by every mix of period, firm and title, each month of a user once.',
      grains: ['ever', 'year', 'quarter', 'month'],
      dimensions: ['firm', 'title'],
      isCube: true,
    },
  ],
  relations: [
    {
      ...userMonthRelation,
      joins: {
        ...userMonthRelation.joins,
        month_firm: {
          table: sql`mart.user_movements`,
          on: sql`month_firm.user_id = user_month.user_id
                  and month_firm.movement_month = user_month.activity_month
                  and month_firm.side = 'CURRENT'`,
          versioned: true,
          multiplies: true,
          period: { month: sql`month_firm.movement_month`, monthsAfter: 0 },
        },
        firm: firmOf(sql`month_firm.firm_id`, ['month_firm']),
      },
      dimensions: {
        ...userMonthRelation.dimensions,
        firm: { sql: sql`month_firm.firm_id`, joins: ['month_firm'] },
        ...joined(firmAttributes, 'firm'),
      },
      columns: {
        ...userMonthRelation.columns,
        engagement_score: { sql: sql`user_month.engagement_score` },
        num_active_days: { sql: sql`user_month.num_active_days` },
        interaction_types_used: { sql: interactionTypesUsed },
        is_high: { sql: sql`user_month.engagement_level = 'HIGH'` },
        is_power_user: { sql: isPowerUser, joins: ['previous_month'] },
      },
      measures: {
        engagement_score: { aggregate: 'mean', column: 'engagement_score' },
        active_days: { aggregate: 'mean', column: 'num_active_days' },
        interaction_types: { aggregate: 'mean', column: 'interaction_types_used' },
        high_users: { aggregate: 'countDistinct', column: 'user_id', where: 'is_high' },
        power_users: { aggregate: 'countDistinct', column: 'user_id', where: 'is_power_user' },
      },
    },
  ],
};
