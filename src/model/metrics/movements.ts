import type { Metric } from '../../query/define.ts';
import { UTC_MONTHS } from './caveats.ts';

const BY_MONTH =
  'By month only: group by month. It takes no day, week, event type, engagement level, interaction types or power user, and no range that cuts a month.';
const PLATFORM =
  'Activity is that of the whole platform: who changes firms is retained, and a filter never makes a user new or churned.';
const NOT_YET =
  'The month that as-of lies in may still change: until it is over, who has not come back yet counts as churned.';
const FIRMS_NOW =
  'A user counts under every firm that they were active at in the month, and once in any total.';
const FIRMS_BEFORE =
  'A user counts under every firm that they were active at in the month before, and once in any total.';

/** Who came, stayed, went and came back, from one month to the next. */
export const movementMetrics: readonly Metric[] = [
  {
    name: 'new_users',
    label: 'New users',
    description: 'Number of users whose first query ever is in the month.',
    kind: 'movement',
    measure: 'movements.new_users',
    formula: 'count of distinct users whose first event is in the month',
    unit: 'users',
    format: 'integer',
    caveats: [
      'Since the data begin: in their first month, every active user is new.',
      PLATFORM,
      FIRMS_NOW,
      BY_MONTH,
      UTC_MONTHS,
    ],
  },
  {
    name: 'retained_users',
    label: 'Retained users',
    description: 'Number of users who were active in the month and in the calendar month before.',
    kind: 'movement',
    measure: 'movements.retained_users',
    formula: 'count of distinct users active in the month and in the one before',
    unit: 'users',
    format: 'integer',
    caveats: [PLATFORM, FIRMS_NOW, BY_MONTH, UTC_MONTHS],
  },
  {
    name: 'churned_users',
    label: 'Churned users',
    description:
      'Number of users who were active in the calendar month before and not in the month; counted in the month.',
    kind: 'movement',
    measure: 'movements.churned_users',
    formula: 'count of distinct users active in the month before and not in the month',
    unit: 'users',
    format: 'integer',
    caveats: [
      'Who went may come back: see resurrected_users.',
      PLATFORM,
      NOT_YET,
      FIRMS_BEFORE,
      BY_MONTH,
      UTC_MONTHS,
    ],
  },
  {
    name: 'resurrected_users',
    label: 'Resurrected users',
    description:
      'Number of users who came back in the month: active before, but not in the calendar month before it.',
    kind: 'movement',
    measure: 'movements.resurrected_users',
    formula: 'count of distinct users active in the month, neither new nor retained',
    unit: 'users',
    format: 'integer',
    caveats: [PLATFORM, FIRMS_NOW, BY_MONTH, UTC_MONTHS],
  },
  {
    name: 'retention_rate',
    label: 'Retention rate',
    description:
      'Share of the users active in the calendar month before who were active in the month as well.',
    kind: 'ratio',
    numerator: 'movements.retained_users',
    denominator: 'movements.active_before',
    formula: 'retained_users ÷ users active in the month before',
    unit: 'share, mostly from 0 to 1',
    format: 'percent',
    caveats: [
      'Can pass 1 for a firm: the retained count under the firms of the month, those active before under the firms of the month before.',
      'Null where nobody was active in the month before.',
      PLATFORM,
      NOT_YET,
      BY_MONTH,
      UTC_MONTHS,
    ],
  },
];
