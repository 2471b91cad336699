import type { Sql } from '../../database/sql.ts';
import type { Grain } from '../time/time.ts';

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

/** Ranges of a number, in their order; its column gives the number. */
export interface BandDimension extends Described {
  readonly kind: 'band';
  /** Name of the GraphQL enum. */
  readonly type: string;
  /** Each begins at `from`, which it includes; the first has none and takes everything below the second. */
  readonly values: readonly { readonly name: string; readonly description: string; readonly from?: number }[];
}

/** A period that is an attribute of something, such as the month in which it began; its column gives a time. */
export interface PeriodDimension extends Described {
  readonly kind: 'period';
  readonly grain: Grain;
}

/** A whole number that things are told apart by. */
export interface IntegerDimension extends Described {
  readonly kind: 'integer';
}

/** Yes or no; no comes first. */
export interface BooleanDimension extends Described {
  readonly kind: 'boolean';
}

/** Things with an identity of their own, shown as a GraphQL object with an `id`. */
export interface EntityDimension extends Described {
  readonly kind: 'entity';
  /** Name of the GraphQL object type, which the model's own fields define. */
  readonly type: string;
  /** Type of the key: integers sort as numbers, text by code point. */
  readonly key: 'integer' | 'text';
  /** All there are of them, one row each, with the dimensions that are their own attributes. */
  readonly members: Relation;
}

export type Dimension =
  | TimeDimension
  | EnumDimension
  | BandDimension
  | PeriodDimension
  | IntegerDimension
  | BooleanDimension
  | EntityDimension;

/** How rows of a relation become one number; see `aggregates.ts` for what each means. */
export type Aggregate =
  | { readonly aggregate: 'count' }
  | { readonly aggregate: 'countIf'; readonly column: string }
  | { readonly aggregate: 'sum' | 'mean' | 'min' | 'max'; readonly column: string }
  | { readonly aggregate: 'countDistinct'; readonly column: string; readonly where?: string }
  /** Interpolated between the two nearest values; the median has the fraction 0.5. */
  | { readonly aggregate: 'percentile'; readonly column: string; readonly fraction: number }
  /** Number of distinct periods of the relation's time. */
  | { readonly aggregate: 'countPeriods'; readonly grain: Grain }
  /** A number stored per row that holds only where each group is one such row, or where rows add up. */
  | { readonly aggregate: 'stored'; readonly column: string; readonly adds?: Adds }
  /** A mean stored so, as what was added up and of how many. */
  | {
      readonly aggregate: 'storedMean';
      readonly sum: string;
      readonly count: string;
      readonly adds?: Adds;
    };

/** Over what the stored numbers of rows add up, since nothing that they count or sum is in two of the rows. */
export interface Adds {
  /** Whether rows of several periods do. */
  readonly periods: boolean;
  /** Whether rows do that differ in these dimensions. */
  readonly dimensions: readonly string[];
}

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
  /**
   * Where the table's own columns tell to rows of which period of the relation's grain, a month, one of them is joined:
   * so many months after `month`, a first day. A build then knows what a changed row bears upon without looking for the
   * rows that it is joined to, and reads no more of the table than its own months.
   */
  readonly period?: { readonly month: Sql; readonly monthsAfter: number };
}

/**
 * A table that can answer for a fact: its base, or a smaller one made from it.
 * Columns and joins refer to the relation by `alias` and to a join by its name.
 */
export interface Relation {
  readonly name: string;
  readonly table: Sql;
  readonly alias: string;
  /** The finest period it tells apart; `instant` when it has times of day, `ever` when it is of all time together. */
  readonly grain: Grain | 'instant' | 'ever';
  /**
   * A date or timestamp in UTC: when the row happened, or the first day of its period. A bare column, so that an index
   * can serve what is asked of it.
   */
  readonly time: Sql;
  /** Which rows of its table are its own; all of them where it is absent. */
  readonly only?: Sql;
  /** The dimensions that tell rows of one period apart, of those below; all of them where it is absent. */
  readonly rowPer?: readonly string[];
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

/**
 * A table of a fact's numbers, made by builds. It holds every measure that can be exact: what adds up and what is
 * told by its keys at any coarser level, the rest at its own levels alone.
 */
export interface Rollup {
  /** snake_case; told apart from those of all facts. */
  readonly name: string;
  readonly description: string;
  /** The periods that it has rows for, the longest first. */
  readonly grains: readonly (Grain | 'ever')[];
  /** Its other keys; not bands or periods, which come with what they are attributes of. */
  readonly dimensions: readonly string[];
  /** Whether it has rows for every subset of its dimensions as well. */
  readonly isCube?: boolean;
  /** Larger rollups of the fact that it is made from, as far as they are exact; else it is made from the base. */
  readonly from?: readonly string[];
}

/** Something that happens or holds, with what can be measured of it. */
export interface Fact {
  readonly name: string;
  readonly description: string;
  /** Smallest first; the last is the base, which answers whatever the fact can answer. */
  readonly relations: readonly Relation[];
  /** Tables that a build makes of it so that common questions become look-ups, smallest first. */
  readonly rollups?: readonly Rollup[];
  /** Its groups are the rows of an answer; other facts' groups are when they coincide with it. */
  readonly rows: 'defines' | 'coincides' | 'none';
  /**
   * How its rows meet time. `event`: at an instant. `period`: over a whole period of its base's grain, which no range
   * may cut. `snapshot`: from its time on; what counts is what began before the end of the period asked.
   */
  readonly holds: 'event' | 'period' | 'snapshot';
  /** The period dimension that its measures must be grouped by. */
  readonly needs?: string;
  /** Whether periods that begin after as-of are left out, since nothing is known of them yet. */
  readonly endsAtAsOf?: boolean;
  /** What is shown of its rows when someone asks for those behind a number; for the fact that defines rows. */
  readonly source?: Source;
}

/** How the rows of a fact are shown one by one: when each was, its own columns, and dimensions of the model. */
export interface Source {
  /** The column of the base that identifies a row; integer. */
  readonly id: string;
  /** By name: not null dimensions of the base that are shown. */
  readonly dimensions: readonly string[];
  /** Integer columns of the base. */
  readonly columns: readonly { readonly name: string; readonly description: string }[];
}

/** A measure of a fact, as `fact.measure`. */
export type MeasureName = `${string}.${string}`;

/** What two or more numbers become one by; a ratio is null where the second is 0. */
export type Operation = 'ratio' | 'difference' | 'sum' | 'product';

export type MetricFormula =
  | {
      readonly kind:
        | 'additive'
        | 'distinct count'
        | 'mean'
        | 'min'
        | 'max'
        | 'median'
        | 'percentile'
        | 'snapshot'
        | 'movement';
      readonly measure: MeasureName;
    }
  | { readonly kind: 'ratio'; readonly numerator: MeasureName; readonly denominator: MeasureName }
  /** Made of other metrics, by name. */
  | { readonly kind: 'derived'; readonly operation: Operation; readonly of: readonly string[] };

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
