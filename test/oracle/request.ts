import type { TimeRange } from './slice.ts';
import type { Where } from './where.ts';

// A request as GraphQL takes it: dimensions, metrics and units are named as its enums are.

type Direction = 'ASC' | 'DESC';
type Nulls = 'FIRST' | 'LAST';
interface Term {
  /** ASC where it is not given. */
  readonly direction?: Direction;
  /** LAST where it is not given. */
  readonly nulls?: Nulls;
}

export type Part = 'CURRENT' | 'PREVIOUS' | 'DELTA' | 'RELATIVE_CHANGE';

/** Part of a comparison; DELTA where it is not given. */
interface Changed {
  readonly key: string;
  readonly metric: string;
  readonly part?: Part;
}

export type OrderTerm =
  | { readonly metric: Term & { readonly name: string } }
  | { readonly dimension: Term & { readonly name: string } }
  | { readonly compare: Term & Changed }
  | { readonly custom: Term & { readonly key: string } };

/** Operators on a number; all that are given must hold. */
export interface NumberFilter {
  readonly eq?: number;
  readonly neq?: number;
  readonly in?: readonly number[];
  readonly notIn?: readonly number[];
  readonly lt?: number;
  readonly lte?: number;
  readonly gt?: number;
  readonly gte?: number;
  readonly between?: { readonly from: number; readonly to: number };
  readonly isNull?: boolean;
}

export type ComparisonHaving = NumberFilter & Changed;
export type CustomHaving = NumberFilter & { readonly key: string };

export interface Having {
  readonly and?: readonly Having[];
  readonly or?: readonly Having[];
  readonly not?: Having;
  readonly compare?: ComparisonHaving;
  readonly custom?: CustomHaving;
  readonly [metric: string]:
    | NumberFilter
    | ComparisonHaving
    | CustomHaving
    | Having
    | readonly Having[]
    | undefined;
}

export interface Comparison {
  readonly key: string;
  readonly to?: 'PREVIOUS_PERIOD' | 'YEAR_BEFORE';
  readonly shift?: { readonly count: number; readonly unit: string };
  /** True where it is not given. */
  readonly toDate?: boolean;
}

export interface Rolling {
  readonly key: string;
  readonly trailing?: number;
  readonly toDate?: string;
}

export interface Operand {
  readonly metric?: string;
  readonly custom?: string;
}

interface Operands {
  readonly of: Operand;
  readonly by: Operand;
}

/** Exactly one formula is given. */
export interface CustomMetric {
  readonly key: string;
  readonly ratio?: Operands;
  readonly difference?: Operands;
  readonly sum?: readonly Operand[];
  readonly product?: readonly Operand[];
  readonly filtered?: { readonly metric: string; readonly where: Where };
}

export interface LimitBy {
  readonly n: number;
  readonly per: readonly string[];
  readonly other: boolean;
}

export interface Request {
  readonly groupBy: readonly string[];
  readonly where?: Where;
  readonly having?: Having;
  readonly timeRange?: TimeRange;
  readonly timeZone?: string;
  readonly orderBy?: readonly OrderTerm[];
  readonly limitBy?: LimitBy;
  readonly compare?: readonly Comparison[];
  readonly rolling?: readonly Rolling[];
  readonly custom?: readonly CustomMetric[];
  readonly fill?: boolean;
  readonly emptyGroups?: boolean;
}
