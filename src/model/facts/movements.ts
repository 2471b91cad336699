import { type Fact, sql } from '../../query/define.ts';
import { joined } from '../dimensions/attribute.ts';
import { firmAttributes, firmOf } from '../dimensions/firm.ts';
import { userAttributes, userOf } from '../dimensions/user.ts';

/** Users who came, stayed, went or came back from one month to the next. */
export const movements: Fact = {
  name: 'movements',
  description:
    'What became of the activity of users from one month to the next. A user counts under every firm of the month whose activity is counted: of the month before for those who went, and for who was active before.',
  rows: 'none',
  holds: 'period',
  needs: 'month',
  endsAtAsOf: true,
  rollups: [
    {
      name: 'movements_cube',
      description: 'Users who came, stayed, went or came back, by month and every mix of firm and title.',
      grains: ['month'],
      dimensions: ['firm', 'title'],
      isCube: true,
    },
  ],
  relations: [
    {
      name: 'user_movements',
      table: sql`mart.user_movements`,
      alias: 'movement',
      grain: 'month',
      time: sql`movement.movement_month`,
      key: ['user_id', 'movement_month', 'firm_id', 'side'],
      joins: {
        firm: firmOf(sql`movement.firm_id`),
        app_user: userOf(sql`movement.user_id`),
      },
      dimensions: {
        firm: { sql: sql`movement.firm_id` },
        user: { sql: sql`movement.user_id` },
        ...joined(firmAttributes, 'firm'),
        ...joined(userAttributes, 'app_user'),
      },
      columns: {
        user_id: { sql: sql`movement.user_id` },
        movement_month: { sql: sql`movement.movement_month` },
        firm_id: { sql: sql`movement.firm_id` },
        side: { sql: sql`movement.side` },
        is_new: { sql: sql`movement.side = 'CURRENT' and movement.movement = 'NEW'` },
        is_retained: { sql: sql`movement.side = 'CURRENT' and movement.movement = 'RETAINED'` },
        is_resurrected: { sql: sql`movement.side = 'CURRENT' and movement.movement = 'RESURRECTED'` },
        is_churned: { sql: sql`movement.side = 'PREVIOUS' and movement.movement = 'CHURNED'` },
        was_active: { sql: sql`movement.side = 'PREVIOUS'` },
      },
      measures: {
        new_users: { aggregate: 'countDistinct', column: 'user_id', where: 'is_new' },
        retained_users: { aggregate: 'countDistinct', column: 'user_id', where: 'is_retained' },
        resurrected_users: { aggregate: 'countDistinct', column: 'user_id', where: 'is_resurrected' },
        churned_users: { aggregate: 'countDistinct', column: 'user_id', where: 'is_churned' },
        active_before: { aggregate: 'countDistinct', column: 'user_id', where: 'was_active' },
      },
    },
  ],
};
