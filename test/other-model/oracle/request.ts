import type { Grain } from './calendar.ts';

export type Key = string | number | boolean | null;
/** By GraphQL field; a dimension that something does not tell is missing. */
export type Keys = Readonly<Record<string, Key>>;

export interface Filter {
  readonly [operator: string]: unknown;
}

export interface Where {
  readonly and?: readonly Where[];
  readonly or?: readonly Where[];
  readonly not?: Where;
  readonly [dimension: string]: Filter | Where | readonly Where[] | undefined;
}

export interface Comparison {
  readonly key: string;
  readonly to?: 'PREVIOUS_PERIOD' | 'YEAR_BEFORE';
  readonly shift?: { readonly count: number; readonly unit: string };
  readonly toDate?: boolean;
}

export interface Rolling {
  readonly key: string;
  readonly trailing?: number;
  readonly toDate?: string;
}

/** By enum name of the metric, or the key of a custom metric before it. */
export type Operand = { readonly metric: string } | { readonly custom: string };

export interface Custom {
  readonly key: string;
  readonly ratio?: { readonly of: Operand; readonly by: Operand };
  readonly difference?: { readonly of: Operand; readonly by: Operand };
  readonly sum?: readonly Operand[];
  readonly product?: readonly Operand[];
  readonly filtered?: { readonly metric: string; readonly where: Where };
}

interface Sorted {
  readonly direction?: 'ASC' | 'DESC';
  readonly nulls?: 'FIRST' | 'LAST';
}

export interface Term {
  readonly dimension?: Sorted & { readonly name: string };
  readonly metric?: Sorted & { readonly name: string };
  readonly compare?: Sorted & { readonly key: string; readonly metric: string; readonly part?: string };
  readonly custom?: Sorted & { readonly key: string };
}

/** The arguments of `metrics`, as GraphQL takes them. */
export interface Request {
  readonly groupBy?: readonly string[];
  readonly where?: Where;
  readonly having?: Where;
  readonly timeRange?: { readonly between: { readonly from: string; readonly to: string } };
  readonly timeZone?: string;
  readonly orderBy?: readonly Term[];
  readonly limitBy?: { readonly n: number; readonly per?: readonly string[]; readonly other?: boolean };
  readonly compare?: readonly Comparison[];
  readonly rolling?: readonly Rolling[];
  readonly custom?: readonly Custom[];
  readonly fill?: boolean;
  readonly emptyGroups?: boolean;
}

export type Values = Readonly<Record<string, number | null>>;

export interface Change {
  readonly current: number | null;
  readonly previous: number | null;
  readonly delta: number | null;
  readonly relativeChange: number | null;
}

export interface Row {
  readonly kind: 'GROUP' | 'FILLED' | 'EMPTY' | 'OTHER';
  readonly keys: Keys;
  readonly metrics: Values;
  readonly isPartial: boolean;
  readonly comparisons: Readonly<
    Record<string, { readonly isPartial: boolean; readonly metrics: Readonly<Record<string, Change>> } | null>
  >;
  readonly rolling: Readonly<
    Record<string, { readonly isPartial: boolean; readonly metrics: Values } | null>
  >;
  readonly custom: Values;
}

/** NUM_LINES → numLines */
export function fieldOf(name: string): string {
  return name.toLowerCase().replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** numLines → NUM_LINES */
export function enumOf(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

export function grainOf(name: string): Grain {
  return name.toLowerCase() as Grain;
}
