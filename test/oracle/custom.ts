import { add, both, divide, type Fraction, multiply, subtract, type Value } from './fraction.ts';
import { fieldOf } from './keys.ts';
import type { CustomMetric, Operand } from './request.ts';
import type { Where } from './where.ts';

/** Gives a metric of a row, over those of its base rows that pass a filter too. */
export type MetricValue = (field: string, and?: Where) => Value;

/** The value of a custom metric, which may be made of those before it in the list. */
export function customValue(all: readonly CustomMetric[], key: string, metric: MetricValue): Value {
  const custom = all.find((each) => each.key === key)!;
  const numberOf = (operand: Operand): Value =>
    operand.metric === undefined
      ? customValue(all, operand.custom!, metric)
      : metric(fieldOf(operand.metric));
  const fold = (operands: readonly Operand[], make: (a: Fraction, b: Fraction) => Fraction) =>
    operands.map(numberOf).reduce((total, each) => both(total, each, make));
  const { ratio, difference, sum, product, filtered } = custom;
  if (ratio) return both(numberOf(ratio.of), numberOf(ratio.by), divide);
  if (difference) return both(numberOf(difference.of), numberOf(difference.by), subtract);
  if (sum) return fold(sum, add);
  if (product) return fold(product, multiply);
  return metric(fieldOf(filtered!.metric), filtered!.where);
}
