import type { Grain } from '../time/time.ts';

/** Most rows of a page. */
export const MAX_FIRST = 10_000;
export const MAX_DIMENSIONS = 5;

export type Path = readonly (string | number)[];

/** A request, with what is selected of its answer and the path of the field that asks. */
export interface Asked {
  readonly request: MetricsRequest;
  readonly selection: Selection;
  /** For the paths of problems. */
  readonly path: Path;
}

/** Operators of filters; which a dimension takes depends on its kind. */
export const OPERATORS = [
  'eq',
  'neq',
  'in',
  'notIn',
  'lt',
  'lte',
  'gt',
  'gte',
  'between',
  'isNull',
  'contains',
  'startsWith',
] as const;
export type Operator = (typeof OPERATORS)[number];
/** Operators on numbers. */
export type NumberOperator = Exclude<Operator, 'contains' | 'startsWith'>;

/** A filter as a client writes it: fields of dimensions (camelCase) hold, and all of them do; and, or, not nest. */
export interface Where {
  readonly and?: readonly Where[] | null;
  readonly or?: readonly Where[] | null;
  readonly not?: Where | null;
  readonly [dimension: string]: unknown;
}

export type ChangePart = 'CURRENT' | 'PREVIOUS' | 'DELTA' | 'RELATIVE_CHANGE';

/** Operators on a number; several must all hold. */
export type NumberFilter = Partial<Readonly<Record<NumberOperator, unknown>>>;

/** As {@link Where}, over numbers of a row: fields of metrics (camelCase), of comparisons and of custom metrics. */
export interface Having {
  readonly and?: readonly Having[] | null;
  readonly or?: readonly Having[] | null;
  readonly not?: Having | null;
  readonly compare?:
    | (NumberFilter & { readonly key: string; readonly metric: string; readonly part: ChangePart })
    | null;
  readonly custom?: (NumberFilter & { readonly key: string }) | null;
  readonly [metric: string]: unknown;
}

/**
 * Ends are dates, wall-clock times (`2024-06-30T12:00:00`) or instants (with `Z`). A date is its midnight; a
 * wall-clock time is of the request's time zone.
 */
export type TimeRange =
  | { readonly between: { readonly from: string; readonly to: string } }
  | {
      readonly last: { readonly count: number; readonly unit: Grain; readonly completeOnly?: boolean | null };
    };

/** One term of an order. Names are those of definitions. */
export type OrderTerm = { readonly direction: 'ASC' | 'DESC'; readonly nulls: 'FIRST' | 'LAST' } & (
  | { readonly by: 'dimension'; readonly name: string }
  | { readonly by: 'metric'; readonly name: string }
  | { readonly by: 'compare'; readonly key: string; readonly metric: string; readonly part: ChangePart }
  | { readonly by: 'custom'; readonly key: string }
);

export interface Comparison {
  readonly key: string;
  readonly to?: 'PREVIOUS_PERIOD' | 'YEAR_BEFORE' | null;
  readonly shift?: { readonly count: number; readonly unit: Grain } | null;
  readonly toDate: boolean;
}

export interface Rolling {
  readonly key: string;
  readonly trailing?: number | null;
  readonly toDate?: Grain | null;
}

/** A metric's name, or the key of a custom metric before it. */
export type Operand = { readonly metric?: string | null; readonly custom?: string | null };
export type Operands = { readonly of: Operand; readonly by: Operand };

/** Exactly one formula is given. */
export interface CustomMetric {
  readonly key: string;
  readonly ratio?: Operands | null;
  readonly difference?: Operands | null;
  readonly sum?: readonly Operand[] | null;
  readonly product?: readonly Operand[] | null;
  readonly filtered?: { readonly metric: string; readonly where: Where } | null;
}

export interface LimitBy {
  readonly n: number;
  /** Names of grouped dimensions. */
  readonly per: readonly string[];
  readonly other: boolean;
}

/** What a client asks, as names. */
export interface MetricsRequest {
  readonly groupBy: readonly string[];
  readonly where?: Where | null | undefined;
  readonly having?: Having | null | undefined;
  readonly timeRange?: TimeRange | null | undefined;
  readonly timeZone?: string | null | undefined;
  readonly orderBy: readonly OrderTerm[];
  readonly first: number;
  readonly after?: string | null | undefined;
  readonly limitBy?: LimitBy | null | undefined;
  readonly compare: readonly Comparison[];
  readonly rolling: readonly Rolling[];
  readonly custom: readonly CustomMetric[];
  readonly fill: boolean;
  readonly emptyGroups: boolean;
}

/** A name that was selected, with the path of its field. */
export interface Selected {
  readonly name: string;
  readonly path: Path;
}

/** What is selected below a field that takes a key. */
export interface SelectedByKey {
  readonly key: string;
  readonly path: Path;
  /** Names of metrics; none below `custom`. */
  readonly metrics: readonly Selected[];
}

export interface SelectedShare {
  /** Names of dimensions. */
  readonly of: readonly string[];
  readonly path: Path;
  readonly metrics: readonly Selected[];
}

/** What is selected of rows. */
export interface RowSelection {
  readonly dimensions: readonly Selected[];
  readonly metrics: readonly Selected[];
  readonly comparisons: readonly SelectedByKey[];
  readonly rolling: readonly SelectedByKey[];
  readonly custom: readonly SelectedByKey[];
  readonly shares: readonly SelectedShare[];
  readonly sourceRows: readonly { readonly first: number; readonly path: Path }[];
}

export interface SubtotalSelection {
  /** Names of dimensions. */
  readonly by: readonly string[];
  readonly first: number;
  readonly after?: string | null | undefined;
  readonly path: Path;
  readonly rows: RowSelection;
  readonly totalCount: boolean;
}

/** What of the answer is selected; it decides what is computed, never a number or a row. */
export interface Selection {
  /** Absent when neither rows nor their page info are selected. */
  readonly rows?: RowSelection | undefined;
  readonly totals?: Pick<RowSelection, 'metrics' | 'custom'> | undefined;
  readonly subtotals: readonly SubtotalSelection[];
  readonly totalCount: boolean;
}

/** What a number is asked for: rows, totals, a coarser level, or what `limitBy` folds. */
export type Level = 'rows' | 'totals' | 'subtotals' | 'other';

type Key = string | number | boolean;

/** A condition on dimensions. Values are the dimension's keys; periods are their first days. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | { readonly dimension: string; readonly operator: Operator; readonly values: readonly Key[] };

/** A condition on numbers of a row; `column` names one of the level's values. */
export type ValueCondition =
  | { readonly all: readonly ValueCondition[] }
  | { readonly any: readonly ValueCondition[] }
  | { readonly not: ValueCondition }
  | { readonly column: string; readonly operator: NumberOperator; readonly values: readonly Key[] };
