import type { DataSet } from '../oracle/data.ts';
import type { Request } from '../oracle/request.ts';

/** What requests are asked of. */
export interface World {
  readonly data: DataSet;
  /** The fiscal year's first month. */
  readonly fiscalStart: number;
}

/** Metrics by their fields, below a field that takes a key. */
export interface SelectedByKey {
  readonly key: string;
  readonly metrics: readonly string[];
}

export interface SelectedShare {
  /** Dimensions as the enum names them. */
  readonly of: readonly string[];
  readonly metrics: readonly string[];
}

export interface SelectedLevel {
  readonly metrics: readonly string[];
  /** Keys of custom metrics. */
  readonly custom: readonly string[];
}

export interface SelectedSubtotals extends SelectedLevel {
  readonly by: readonly string[];
  readonly shares: readonly SelectedShare[];
}

/** What is selected of an answer. */
export interface Selected {
  readonly rows: SelectedLevel & {
    readonly comparisons: readonly SelectedByKey[];
    readonly rolling: readonly SelectedByKey[];
    readonly shares: readonly SelectedShare[];
  };
  readonly totals?: SelectedLevel;
  readonly subtotals: readonly SelectedSubtotals[];
}

export interface Case {
  readonly request: Request;
  readonly selected: Selected;
  /** Another selection of the same question. */
  readonly other: Selected;
  /** Rows on a page, at least. */
  readonly first: number;
  /** What is asked besides: pages where it is even, else one of the ways to answer, counted around. */
  readonly by: number;
}
