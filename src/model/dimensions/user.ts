import {
  type EntityDimension,
  type EnumDimension,
  type Join,
  type Relation,
  type Sql,
  sql,
} from '../../query/define.ts';
import { type Attribute, CURRENT_VALUE, own } from './attribute.ts';

export const titleDimension: Attribute<EnumDimension> = {
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
  column: sql`app_user.title`,
};

/** What is known of a user, with columns of `mart.users as app_user`. Every fact that knows users takes them from here. */
export const userAttributes: readonly Attribute[] = [
  titleDimension,
  {
    kind: 'period',
    name: 'user_cohort_month',
    label: 'User cohort',
    description: 'Month in which the account of the user was created, labelled by its first day.',
    caveats: ['Not the month of the first query: users new to the assistant are new_users.'],
    grain: 'month',
    column: sql`app_user.created_at`,
  },
];

const users: Relation = {
  name: 'users',
  table: sql`mart.users`,
  alias: 'app_user',
  grain: 'instant',
  time: sql`app_user.created_at`,
  key: ['user_id'],
  joins: {},
  dimensions: { user: { sql: sql`app_user.user_id` }, ...own(userAttributes) },
  columns: { user_id: { sql: sql`app_user.user_id` } },
  measures: {},
};

/** Joins the user of an id as `app_user`. */
export function userOf(userId: Sql): Join {
  return { table: users.table, on: sql`app_user.user_id = ${userId}`, versioned: true };
}

export const userDimension: EntityDimension = {
  kind: 'entity',
  name: 'user',
  label: 'User',
  description: 'User who put the query.',
  type: 'User',
  key: 'text',
  members: users,
};
