import type { ChangePart } from './request.ts';

/** A number of a row. Comparisons, rolling windows and custom metrics are known by their place in the request. */
export type ValueRef =
  | { readonly kind: 'metric'; readonly metric: string }
  | {
      readonly kind: 'change';
      readonly comparison: number;
      readonly metric: string;
      readonly part: Exclude<ChangePart, 'CURRENT'>;
    }
  | { readonly kind: 'rolling'; readonly rolling: number; readonly metric: string }
  | { readonly kind: 'custom'; readonly custom: number };

export const CHANGE_PARTS = ['PREVIOUS', 'DELTA', 'RELATIVE_CHANGE'] as const;

/** The column that holds it, at every level. */
export function valueColumn(ref: ValueRef): string {
  switch (ref.kind) {
    case 'metric':
      return `metric_${ref.metric}`;
    case 'change':
      return `compare_${ref.comparison}_${ref.part.toLowerCase()}_${ref.metric}`;
    case 'rolling':
      return `rolling_${ref.rolling}_${ref.metric}`;
    case 'custom':
      return `custom_${ref.custom}`;
    default:
      return ref satisfies never;
  }
}

/** The column of a metric's share of the parent level of that place in the plan. */
export function shareColumn(parent: number, metric: string): string {
  return `share_${parent}_${metric}`;
}

/** The value that a part of a comparison is: the current one is the row's own. */
export function changeRef(comparison: number, metric: string, part: ChangePart): ValueRef {
  return part === 'CURRENT' ? { kind: 'metric', metric } : { kind: 'change', comparison, metric, part };
}

export function shareKey(of: readonly string[]): string {
  return of.join(' ');
}
