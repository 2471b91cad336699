import { metricNamed } from '../../oracle/metrics.ts';
import type { Choices } from './choices.ts';

/** A metric of any kind there is, each kind with the same chance however few metrics it has. */
export function pickMetric(choices: Choices, metrics: readonly string[]): string {
  const kind = choices.one([...new Set(metrics.map((field) => metricNamed(field).kind))]);
  return choices.one(metrics.filter((field) => metricNamed(field).kind === kind));
}

export function pickMetrics(choices: Choices, metrics: readonly string[], most: number): readonly string[] {
  if (metrics.length === 0) return [];
  return [...new Set(Array.from({ length: choices.whole(1, most) }, () => pickMetric(choices, metrics)))];
}
