import { type EntityDimension, type Join, type Relation, type Sql, sql } from '../../query/define.ts';
import { type Attribute, CURRENT_VALUE, own } from './attribute.ts';

/** What is known of a firm, with columns of `mart.firms as firm`. Every fact that knows firms takes them from here. */
export const firmAttributes: readonly Attribute[] = [
  {
    kind: 'band',
    name: 'firm_size_band',
    label: 'Firm size',
    description: 'Band of the number of seats that the firm has licensed.',
    caveats: [CURRENT_VALUE],
    type: 'FirmSizeBand',
    values: [
      { name: 'SEATS_1_TO_49', description: 'Fewer than 50 seats.' },
      { name: 'SEATS_50_TO_99', description: '50 to 99 seats.', from: 50 },
      { name: 'SEATS_100_TO_249', description: '100 to 249 seats.', from: 100 },
      { name: 'SEATS_250_AND_MORE', description: '250 seats and more.', from: 250 },
    ],
    column: sql`firm.firm_size`,
  },
  {
    kind: 'band',
    name: 'arr_band',
    label: 'ARR band',
    description:
      'Band of the annual recurring revenue of the firm in US dollars; the lower bound is included.',
    caveats: [CURRENT_VALUE],
    type: 'ArrBand',
    values: [
      { name: 'BELOW_75K', description: 'Below 75,000 US dollars.' },
      { name: 'FROM_75K_TO_150K', description: 'From 75,000 to below 150,000 US dollars.', from: 75_000 },
      { name: 'FROM_150K_TO_300K', description: 'From 150,000 to below 300,000 US dollars.', from: 150_000 },
      { name: 'FROM_300K', description: '300,000 US dollars and more.', from: 300_000 },
    ],
    column: sql`firm.arr`,
  },
  {
    kind: 'period',
    name: 'firm_cohort_month',
    label: 'Firm cohort',
    description: 'Month in which the account of the firm was created, labelled by its first day.',
    grain: 'month',
    column: sql`firm.created_at`,
  },
];

/** Every firm, with events or without. */
export const firms: Relation = {
  name: 'firms',
  table: sql`mart.firms`,
  alias: 'firm',
  grain: 'instant',
  time: sql`firm.created_at`,
  key: ['firm_id'],
  joins: {},
  dimensions: { firm: { sql: sql`firm.firm_id` }, ...own(firmAttributes) },
  columns: {
    firm_id: { sql: sql`firm.firm_id` },
    firm_size: { sql: sql`firm.firm_size` },
    arr: { sql: sql`firm.arr` },
  },
  measures: {},
};

/** Joins the firm of an id as `firm`, after the joins that the id needs. */
export function firmOf(firmId: Sql, needs: readonly string[] = []): Join {
  return { table: firms.table, on: sql`firm.firm_id = ${firmId}`, needs, versioned: true };
}

export const firmDimension: EntityDimension = {
  kind: 'entity',
  name: 'firm',
  label: 'Firm',
  description: 'Law firm that the query was put at; the firm of each event, not of the user.',
  type: 'Firm',
  key: 'integer',
  members: firms,
};
