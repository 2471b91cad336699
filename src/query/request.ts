import type { Dimension, Metric } from './model.ts';
import type { Grain } from './time.ts';

/** Most rows of a page. */
export const MAX_FIRST = 10_000;
export const MAX_DIMENSIONS = 5;

export type Path = readonly (string | number)[];

/** Operators of filters; which a dimension takes depends on its kind. */
export const OPERATORS = ['eq', 'neq', 'in', 'notIn', 'lt', 'lte', 'gt', 'gte', 'between', 'isNull'] as const;
export type Operator = (typeof OPERATORS)[number];

/** A filter as a client writes it: fields of dimensions (camelCase) hold, and all of them do; and, or, not nest. */
export interface Where {
  readonly and?: readonly Where[] | null;
  readonly or?: readonly Where[] | null;
  readonly not?: Where | null;
  readonly [dimension: string]: unknown;
}

export type TimeRange =
  | { readonly between: { readonly from: string; readonly to: string } }
  | {
      readonly last: { readonly count: number; readonly unit: Grain; readonly completeOnly?: boolean | null };
    };

export interface OrderTerm {
  readonly by: 'dimension' | 'metric';
  /** The name of the dimension or metric. */
  readonly name: string;
  readonly direction: 'ASC' | 'DESC';
}

/** What a client asks, as names. */
export interface MetricsRequest {
  readonly groupBy: readonly string[];
  readonly where?: Where | null | undefined;
  readonly timeRange?: TimeRange | null | undefined;
  readonly orderBy: readonly OrderTerm[];
  readonly first: number;
  readonly after?: string | null | undefined;
}

/** A name that was selected, with the path of its field. */
export interface Selected {
  readonly name: string;
  readonly path: Path;
}

/** What of the answer is selected; it decides what is computed, never a number or a row. */
export interface Selection {
  readonly rows: boolean;
  readonly dimensions: readonly Selected[];
  readonly metrics: readonly Selected[];
  readonly totals: boolean;
  readonly totalMetrics: readonly Selected[];
  readonly totalCount: boolean;
}

/** A condition on dimensions. Values are the dimension's keys; periods are their first days. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | {
      readonly dimension: string;
      readonly operator: Operator;
      readonly values: readonly (string | number | boolean)[];
    };

/** Half open, instants in UTC; an absent end is open. */
export interface Range {
  readonly from?: string;
  readonly to?: string;
}

/** A request whose names are definitions and whose values are valid. */
export interface Question {
  readonly groupBy: readonly Dimension[];
  readonly where: Condition;
  readonly range: Range;
  /** Total: the asked terms, then the grouped dimensions that are missing from them. */
  readonly order: readonly OrderTerm[];
  readonly first: number;
  readonly after: string | undefined;
  readonly rowMetrics: readonly Metric[];
  readonly totalMetrics: readonly Metric[];
  readonly wants: { readonly rows: boolean; readonly totals: boolean; readonly totalCount: boolean };
}
