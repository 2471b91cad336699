import type { Metric } from '../../query/define.ts';

const CURRENT = 'The current value at the data version, applied to the past as well.';
const SNAPSHOT =
  'Over firms created before the end of the period, active or not; without a period or range over all firms. Never summed over time.';
const EXCEEDS = 'Totals may exceed the sum of rows, since they count firms without events as well.';
const BY_FIRM = 'By time and by what is known of firms only: not by user, title or anything of a query.';
const LONGER = 'Longer periods have more active users: compare periods of one length.';

/** What firms pay and are licensed for, and what they make of it. */
export const accountMetrics: readonly Metric[] = [
  {
    name: 'arr',
    label: 'ARR',
    description: 'Annual recurring revenue of the firms, in US dollars.',
    kind: 'snapshot',
    measure: 'firms.arr',
    formula: 'sum of arr over firms',
    unit: 'USD',
    format: 'decimal',
    caveats: [CURRENT, SNAPSHOT, EXCEEDS, BY_FIRM],
  },
  {
    name: 'seats',
    label: 'Seats',
    description: 'Number of seats that the firms have licensed.',
    kind: 'snapshot',
    measure: 'firms.seats',
    formula: 'sum of firm_size over firms',
    unit: 'seats',
    format: 'integer',
    caveats: ['Not the number of users: see active_users.', CURRENT, SNAPSHOT, EXCEEDS, BY_FIRM],
  },
  {
    name: 'seat_utilization',
    label: 'Seat utilization',
    description: 'Active users of the slice as a share of the licensed seats.',
    kind: 'ratio',
    numerator: 'queries.active_users',
    denominator: 'firms.seats',
    formula: 'active_users ÷ seats',
    unit: 'share, mostly from 0 to 1',
    format: 'percent',
    caveats: [
      'Can pass 1: nothing keeps a firm from having more active users than seats.',
      'The seats of firms without events count as well.',
      LONGER,
      CURRENT,
      BY_FIRM,
    ],
  },
  {
    name: 'unused_seats',
    label: 'Unused seats',
    description: 'Licensed seats beyond the active users of the slice.',
    kind: 'derived',
    operation: 'difference',
    of: ['seats', 'active_users'],
    formula: 'seats − active_users',
    unit: 'seats',
    format: 'integer',
    caveats: ['Below 0 where there are more active users than seats.', LONGER, CURRENT, EXCEEDS, BY_FIRM],
  },
  {
    name: 'arr_per_active_user',
    label: 'ARR per active user',
    description: 'Annual recurring revenue of the firms for each active user of the slice, in US dollars.',
    kind: 'ratio',
    numerator: 'firms.arr',
    denominator: 'queries.active_users',
    formula: 'arr ÷ active_users',
    unit: 'USD per user',
    format: 'decimal',
    caveats: [
      'Per active user, not per seat; null where nobody was active.',
      'The revenue of firms without events counts as well.',
      LONGER,
      CURRENT,
      BY_FIRM,
    ],
  },
];
