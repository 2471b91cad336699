import { fieldOf } from '../../oracle/keys.ts';
import type { CustomMetric, Operand, Request } from '../../oracle/request.ts';
import type { World } from '../cases.ts';
import { metricProblem } from './metrics.ts';

type Problem = string | undefined;

/** Why a custom metric has no meaning at a level: one of the metrics that it is made of has none. */
export function customProblem(
  world: World,
  request: Request,
  key: string,
  level: readonly string[],
): Problem {
  const custom = request.custom?.find((each) => each.key === key);
  if (custom === undefined) return `there is no ${key}`;
  if (custom.filtered) {
    const { metric, where } = custom.filtered;
    return metricProblem(world, request, fieldOf(metric), level, where);
  }
  const problems = operandsOf(custom).map((operand) =>
    operand.metric === undefined
      ? customProblem(world, request, operand.custom!, level)
      : metricProblem(world, request, fieldOf(operand.metric), level),
  );
  return problems.find((each) => each !== undefined);
}

export function operandsOf({ ratio, difference, sum = [], product = [] }: CustomMetric): readonly Operand[] {
  const pairs = [ratio, difference].flatMap((pair) => (pair ? [pair.of, pair.by] : []));
  return [...pairs, ...sum, ...product];
}
