import type { Catalog } from '../catalog.ts';
import type { MeasureName, Metric, Operation } from '../model/model.ts';

/** How a number is made of others, down to leaves. */
export type Expression<Leaf> =
  | { readonly leaf: Leaf }
  | { readonly operation: Operation; readonly of: readonly Expression<Leaf>[] };

/** A measure, with the place of the filter of its own that it is taken under, if any. */
export interface MeasureLeaf {
  readonly measure: MeasureName;
  readonly filter?: number;
}

/** What a metric is made of, through the metrics that it derives from. */
export function expressionOf(catalog: Catalog, metric: Metric, filter?: number): Expression<MeasureLeaf> {
  const leaf = (measure: MeasureName) => ({ leaf: { measure, ...(filter !== undefined && { filter }) } });
  switch (metric.kind) {
    case 'ratio':
      return { operation: 'ratio', of: [leaf(metric.numerator), leaf(metric.denominator)] };
    case 'derived':
      return {
        operation: metric.operation,
        of: metric.of.map((name) => expressionOf(catalog, catalog.metric(name), filter)),
      };
    default:
      return leaf(metric.measure);
  }
}

export function leavesOf<Leaf>(expression: Expression<Leaf>): readonly Leaf[] {
  return 'leaf' in expression ? [expression.leaf] : expression.of.flatMap(leavesOf);
}

/** The same expression over other leaves. */
export function mapLeaves<From, To>(
  expression: Expression<From>,
  map: (leaf: From) => Expression<To>,
): Expression<To> {
  if ('leaf' in expression) return map(expression.leaf);
  return { operation: expression.operation, of: expression.of.map((each) => mapLeaves(each, map)) };
}
