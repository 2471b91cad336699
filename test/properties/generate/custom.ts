import { fieldOf } from '../../oracle/keys.ts';
import { metricNamed } from '../../oracle/metrics.ts';
import type { CustomMetric, Operand, Request } from '../../oracle/request.ts';
import { rowMetricProblem, validMetrics } from '../rules/metrics.ts';
import type { Choices } from './choices.ts';
import { enumOf } from './dimensions.ts';
import { pickMetric } from './pick.ts';
import { type Aim, whereOf } from './where.ts';

/** Up to four custom metrics, those later made of earlier ones too. */
export function customOf(choices: Choices, aim: Aim, request: Request): readonly CustomMetric[] {
  const valid = validMetrics((field) => rowMetricProblem(aim.world, request, field));
  const made: CustomMetric[] = [];
  const count = choices.whole(1, 4);
  while (made.length < count) made.push(customMetric(choices, aim, request, valid, made));
  return made;
}

function customMetric(
  choices: Choices,
  aim: Aim,
  request: Request,
  valid: readonly string[],
  before: readonly CustomMetric[],
): CustomMetric {
  const key = `custom${before.length + 1}`;
  const any = () => operandOf(choices, valid, before);
  // What is divided by is a whole number: the difference of two fractions may be zero and not look it.
  const whole = () =>
    operandOf(
      choices,
      valid.filter((field) => metricNamed(field).isWhole),
      before.filter((each) => isWhole(before, each)),
    );
  const forms: readonly (() => CustomMetric)[] = [
    () => ({ key, ratio: { of: any(), by: whole() } }),
    () => ({ key, difference: { of: any(), by: any() } }),
    () => ({ key, sum: [any(), any(), ...(choices.chance(0.3) ? [any()] : [])] }),
    () => ({ key, product: [any(), any()] }),
    () => ({ key, filtered: filteredOf(choices, aim, request, valid) }),
    () => ({ key, filtered: filteredOf(choices, aim, request, valid) }),
  ];
  return choices.one(forms)();
}

function operandOf(choices: Choices, metrics: readonly string[], before: readonly CustomMetric[]): Operand {
  if (before.length > 0 && choices.chance(0.4)) return { custom: choices.one(before).key };
  return { metric: enumOf(pickMetric(choices, metrics)) };
}

function filteredOf(choices: Choices, aim: Aim, request: Request, valid: readonly string[]) {
  const field = pickMetric(choices, valid);
  let where = whereOf(choices, aim);
  for (let tries = 0; tries < 20 && rowMetricProblem(aim.world, request, field, where) !== undefined; tries++)
    where = whereOf(choices, aim);
  return { metric: enumOf(field), where };
}

/** Whether every value of a custom metric is a whole number. */
export function isWhole(all: readonly CustomMetric[], custom: CustomMetric): boolean {
  const { ratio, difference, sum, product, filtered } = custom;
  if (ratio) return false;
  if (filtered) return metricNamed(fieldOf(filtered.metric)).isWhole;
  const operands = difference ? [difference.of, difference.by] : (sum ?? product)!;
  return operands.every((operand) =>
    operand.metric === undefined
      ? isWhole(all, all.find(({ key }) => key === operand.custom)!)
      : metricNamed(fieldOf(operand.metric)).isWhole,
  );
}
