import type { Dimension, Relation, Sql } from '../../query/define.ts';

/** A dimension that is an attribute of something, with its column in the table of what it is an attribute of. */
export type Attribute<D extends Dimension = Dimension> = D & {
  readonly column: Sql;
  /** Joins beside that table which the column reads. */
  readonly joins?: readonly string[];
};

/** Attributes of a relation's own rows. */
export function own(attributes: readonly Attribute[]): Relation['dimensions'] {
  return Object.fromEntries(attributes.map(({ name, column, joins = [] }) => [name, { sql: column, joins }]));
}

/** Attributes that a relation reaches over a join of that name; missing where nothing is joined. */
export function joined(attributes: readonly Attribute[], join: string): Relation['dimensions'] {
  return Object.fromEntries(
    attributes.map(({ name, column, joins = [] }) => [
      name,
      { sql: column, joins: [join, ...joins], nullable: true },
    ]),
  );
}

/** What is known of firms and users is what was imported last. */
export const CURRENT_VALUE = 'The current value at the data version, applied to the past as well.';
