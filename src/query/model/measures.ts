import type { MeasureName, Metric } from './model.ts';

/** The measures that a metric names itself; none where it is derived from other metrics. */
export function measuresOf(metric: Metric): readonly MeasureName[] {
  switch (metric.kind) {
    case 'ratio':
      return [metric.numerator, metric.denominator];
    case 'derived':
      return [];
    default:
      return [metric.measure];
  }
}

/** `fact.measure` in its two parts. */
export function splitMeasure(name: MeasureName): readonly [fact: string, measure: string] {
  const [fact, measure] = name.split('.') as [string, string];
  return [fact, measure];
}
