import { type Dimension, type EnumDimension, sql } from '../query/define.ts';

const period = (grain: 'day' | 'week' | 'month' | 'quarter' | 'year', description: string): Dimension => ({
  kind: 'time',
  name: grain,
  label: grain[0]!.toUpperCase() + grain.slice(1),
  grain,
  description,
});

const CURRENT_VALUE = 'The current value, applied to the past as well.';

export const titleDimension: EnumDimension = {
  kind: 'enum',
  name: 'title',
  label: 'Title',
  description: 'Title of the user, from junior to senior.',
  caveats: [CURRENT_VALUE],
  type: 'Title',
  databaseType: sql`raw.title`,
  values: [
    { name: 'JUNIOR_ASSOCIATE', description: 'Junior associate.' },
    { name: 'ASSOCIATE', description: 'Associate.' },
    { name: 'SENIOR_ASSOCIATE', description: 'Senior associate.' },
    { name: 'PARTNER', description: 'Partner.' },
  ],
};

const eventTypeDimension: EnumDimension = {
  kind: 'enum',
  name: 'event_type',
  label: 'Event type',
  description: 'Part of the assistant that answered the query.',
  type: 'EventType',
  databaseType: sql`raw.event_type`,
  values: [
    { name: 'ASSISTANT', description: 'A question to the assistant.' },
    { name: 'VAULT', description: 'A question over stored documents.' },
    { name: 'WORKFLOW', description: 'A run of a workflow.' },
  ],
};

export const engagementLevelDimension: EnumDimension = {
  kind: 'enum',
  name: 'engagement_level',
  label: 'Engagement level',
  description:
    'Level of the user-month that the query belongs to: its rank among all users active in that month.',
  caveats: ['Ranks are taken over the whole platform before any filter.'],
  type: 'EngagementLevel',
  databaseType: sql`mart.engagement_level`,
  values: [
    { name: 'LOW', description: 'Percent rank of the engagement score below 0.3.' },
    { name: 'MEDIUM', description: 'Percent rank from 0.3 to below 0.8.' },
    { name: 'HIGH', description: 'Percent rank of 0.8 and above.' },
  ],
};

export const dimensions: readonly Dimension[] = [
  period('day', 'UTC day on which the query was put.'),
  period('week', 'Week from Monday to Sunday, labelled by its Monday.'),
  period('month', 'Calendar month, labelled by its first day.'),
  period('quarter', 'Calendar quarter, labelled by its first day.'),
  period('year', 'Calendar year, labelled by its first day.'),
  {
    kind: 'entity',
    name: 'firm',
    label: 'Firm',
    description: 'Law firm that the query was put at; the firm of each event, not of the user.',
    type: 'Firm',
    key: 'integer',
  },
  titleDimension,
  eventTypeDimension,
  engagementLevelDimension,
  {
    kind: 'entity',
    name: 'user',
    label: 'User',
    description: 'User who put the query.',
    type: 'User',
    key: 'text',
  },
];

/** The dimension of a name that is in the list. */
export function dimensionNamed(name: string): Dimension {
  return dimensions.find((each) => each.name === name)!;
}
