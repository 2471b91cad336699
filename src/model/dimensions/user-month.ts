import { type EnumDimension, type Join, type Sql, sql } from '../../query/define.ts';
import type { Attribute } from './attribute.ts';

const RANKED = 'Ranks are taken over the whole platform before any filter.';
const OF_THE_MONTH = 'An attribute of the UTC month, whatever the period or time zone asked.';

export const engagementLevelDimension: Attribute<EnumDimension> = {
  kind: 'enum',
  name: 'engagement_level',
  label: 'Engagement level',
  description:
    'Level of the user-month that the query belongs to: its rank among all users active in that month.',
  caveats: [RANKED, OF_THE_MONTH],
  type: 'EngagementLevel',
  databaseType: sql`mart.engagement_level`,
  values: [
    { name: 'LOW', description: 'Percent rank of the engagement score below 0.3.' },
    { name: 'MEDIUM', description: 'Percent rank from 0.3 to below 0.8.' },
    { name: 'HIGH', description: 'Percent rank of 0.8 and above.' },
  ],
  column: sql`user_month.engagement_level`,
};

/** The same user's month before `user_month`, as `previous_month`. */
export const previousMonth: Join = {
  table: sql`mart.user_engagement`,
  on: sql`previous_month.user_id = user_month.user_id
          and previous_month.activity_month = (user_month.activity_month - interval '1 month')::date`,
  versioned: true,
};

/**
 * How many of the event types the user used in the month.
 * @param of what the names of its columns begin with, where they are not the only ones
 */
export const typesUsed = (of: Sql) => sql`
  ((${of}num_assistant_queries > 0)::int + (${of}num_vault_queries > 0)::int
    + (${of}num_workflow_queries > 0)::int)`;

export const interactionTypesUsed = typesUsed(sql`user_month.`);

/** Whether the month is a power user's by the usual definition; needs the join `previous_month`. */
export const isPowerUser = sql`
  (user_month.engagement_level = 'HIGH' and previous_month.user_id is not null and ${interactionTypesUsed} >= 2)`;

/** What is known of a user's month, with columns of `mart.user_engagement as user_month`. */
export const userMonthAttributes: readonly Attribute[] = [
  engagementLevelDimension,
  {
    kind: 'integer',
    name: 'interaction_types_used',
    label: 'Interaction types used',
    description:
      'How many of the three event types the user used in the month that the query belongs to, at any firm: 1 to 3.',
    caveats: [OF_THE_MONTH],
    column: interactionTypesUsed,
  },
  {
    kind: 'boolean',
    name: 'power_user',
    label: 'Power user',
    description:
      'Whether the user is a power user in the month that the query belongs to: level HIGH, active in the month before as well, at least two event types.',
    caveats: [RANKED, OF_THE_MONTH, 'Nobody is one in the first month of the data.'],
    column: isPowerUser,
    joins: ['previous_month'],
  },
];
