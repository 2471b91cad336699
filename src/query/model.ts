import type { Sql } from '../database/sql.ts';
import type { Grain } from './time.ts';

/** What every named thing of a model says of itself. */
export interface Described {
  /** snake_case; camelCase for GraphQL fields and SCREAMING_CASE for enum values are made from it. */
  readonly name: string;
  readonly label: string;
  readonly description: string;
  /** What a reader of the number must know. */
  readonly caveats?: readonly string[];
  /** Why not to use it any more, and what instead. */
  readonly deprecated?: string;
}

/** A period of the calendar in UTC, labelled by its first day. */
export interface TimeDimension extends Described {
  readonly kind: 'time';
  readonly grain: Grain;
}

/** A fixed list of values, in their order. */
export interface EnumDimension extends Described {
  readonly kind: 'enum';
  /** Name of the GraphQL enum. */
  readonly type: string;
  /** The database's enum, whose order is the order of `values`. */
  readonly databaseType: Sql;
  readonly values: readonly { readonly name: string; readonly description: string }[];
}

/** Things with an identity of their own, shown as a GraphQL object with an `id`. */
export interface EntityDimension extends Described {
  readonly kind: 'entity';
  /** Name of the GraphQL object type, which the model's own fields define. */
  readonly type: string;
  /** Type of the key: integers sort as numbers, text by code point. */
  readonly key: 'integer' | 'text';
}

export type Dimension = TimeDimension | EnumDimension | EntityDimension;

/** How rows of a relation become one number; see `aggregates.ts` for what each means. */
export type Aggregate =
  | { readonly aggregate: 'count' }
  | { readonly aggregate: 'countIf'; readonly column: string }
  | { readonly aggregate: 'sum'; readonly column: string }
  | { readonly aggregate: 'mean'; readonly column: string }
  | { readonly aggregate: 'countDistinct'; readonly column: string; readonly where?: string }
  /** A number stored per row that holds only where each group is one such row. */
  | { readonly aggregate: 'stored'; readonly column: string };

/** A column, and the joins that its expression needs. */
export interface Column {
  readonly sql: Sql;
  readonly joins?: readonly string[];
}

export interface Join {
  readonly table: Sql;
  readonly on: Sql;
  /** Joins that this one needs before it. */
  readonly needs?: readonly string[];
  /** A versioned table: only its rows at the answered version are joined. */
  readonly versioned: boolean;
  /** Gives several rows for one of the relation; the planner then counts each of its rows once per group. */
  readonly multiplies?: boolean;
}

/**
 * A table that can answer for a fact: its base, or a smaller one made from it.
 * Columns and joins refer to the relation by `alias` and to a join by its name.
 */
export interface Relation {
  readonly name: string;
  readonly table: Sql;
  readonly alias: string;
  /** The finest period it tells apart; `instant` when it has times of day. */
  readonly grain: Grain | 'instant';
  /** A date or timestamp in UTC: when the row happened, or the first day of its period. */
  readonly time: Sql;
  /** What makes one row: the columns below that identify it. */
  readonly key: readonly string[];
  readonly joins: Readonly<Record<string, Join>>;
  /** By dimension's name; time dimensions come from `time`. */
  readonly dimensions: Readonly<Record<string, Column & { readonly nullable?: boolean }>>;
  /** Inputs of aggregates. */
  readonly columns: Readonly<Record<string, Column>>;
  /** By measure's name; a measure that is missing here cannot be answered from this relation. */
  readonly measures: Readonly<Record<string, Aggregate>>;
}

/** Something that happens or holds, with what can be measured of it. */
export interface Fact {
  readonly name: string;
  readonly description: string;
  /** Smallest first; the last is the base, which answers whatever the fact can answer. */
  readonly relations: readonly Relation[];
  /** Its groups are the rows of an answer; other facts' groups are when they coincide with it. */
  readonly rows: 'defines' | 'coincides' | 'none';
}

/** A measure of a fact, as `fact.measure`. */
export type MeasureName = `${string}.${string}`;

export type MetricFormula =
  | { readonly kind: 'additive' | 'distinct count' | 'mean'; readonly measure: MeasureName }
  | { readonly kind: 'ratio'; readonly numerator: MeasureName; readonly denominator: MeasureName };

export type Metric = Described &
  MetricFormula & {
    readonly unit: string;
    /** How a reader should be shown it. */
    readonly format: 'integer' | 'decimal' | 'percent';
    /** The formula in words, for the catalogue. */
    readonly formula: string;
  };

export interface Model {
  readonly dimensions: readonly Dimension[];
  readonly facts: readonly Fact[];
  readonly metrics: readonly Metric[];
}
