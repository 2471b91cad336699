import type { Metric } from '../../query/define.ts';
import { EVERY_FIRM, RANKED, UTC_MONTHS, WHOLE_MONTHS } from './caveats.ts';

/** What is measured of user-months: the months in which a user was active. */
export const engagementMetrics: readonly Metric[] = [
  {
    name: 'engagement_score',
    label: 'Engagement score',
    description:
      'Mean over the user-months of the slice of 0.6 · percent rank of queries + 0.3 · of documents + 0.1 · of average feedback, each ranked within the month.',
    kind: 'mean',
    measure: 'user_months.engagement_score',
    formula: 'mean of the engagement scores of user-months, each once',
    unit: 'score from 0 to 1',
    format: 'decimal',
    caveats: [RANKED, EVERY_FIRM, WHOLE_MONTHS, UTC_MONTHS],
  },
  {
    name: 'num_high_engagement_users',
    label: 'Highly engaged users',
    description: 'Number of users with at least one user-month of level HIGH in the slice.',
    kind: 'distinct count',
    measure: 'user_months.high_users',
    formula: 'count of distinct users of user-months of level HIGH',
    unit: 'users',
    format: 'integer',
    caveats: [RANKED, EVERY_FIRM, WHOLE_MONTHS, UTC_MONTHS],
  },
  {
    name: 'num_power_users',
    label: 'Power users',
    description:
      'Number of users with at least one user-month in the slice of level HIGH, active in the month before as well, with at least two event types.',
    kind: 'distinct count',
    measure: 'user_months.power_users',
    formula: 'count of distinct users of user-months that qualify',
    unit: 'users',
    format: 'integer',
    caveats: [
      RANKED,
      EVERY_FIRM,
      WHOLE_MONTHS,
      UTC_MONTHS,
      'Nobody can qualify in the first month of the data.',
    ],
  },
  {
    name: 'power_user_rate',
    label: 'Power user rate',
    description: 'Share of the active users of the slice who are power users.',
    kind: 'ratio',
    numerator: 'user_months.power_users',
    denominator: 'queries.active_users',
    formula: 'num_power_users ÷ active_users',
    unit: 'share from 0 to 1',
    format: 'percent',
    caveats: [RANKED, WHOLE_MONTHS, UTC_MONTHS],
  },
  {
    name: 'avg_active_days',
    label: 'Active days per user and month',
    description: 'Mean number of days with a query of a user in a month, over the user-months of the slice.',
    kind: 'mean',
    measure: 'user_months.active_days',
    formula: 'mean of the active days of user-months, each once',
    unit: 'days per month',
    format: 'decimal',
    caveats: [
      'The days of the whole user-month, at all of its firms, also under one firm.',
      'Months without a query of the user do not count as 0.',
      EVERY_FIRM,
      WHOLE_MONTHS,
      UTC_MONTHS,
    ],
  },
  {
    name: 'avg_interaction_types',
    label: 'Event types per user and month',
    description:
      'Mean number of event types that a user used in a month, over the user-months of the slice: 1 to 3.',
    kind: 'mean',
    measure: 'user_months.interaction_types',
    formula: 'mean of the event types used in user-months, each once',
    unit: 'event types',
    format: 'decimal',
    caveats: [
      'The types of the whole user-month, at all of its firms, also under one firm.',
      EVERY_FIRM,
      WHOLE_MONTHS,
      UTC_MONTHS,
    ],
  },
];
