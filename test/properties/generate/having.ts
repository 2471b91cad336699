import { toNumber } from '../../oracle/fraction.ts';
import { changePart } from '../../oracle/having.ts';
import { fieldOf } from '../../oracle/keys.ts';
import { metricNamed } from '../../oracle/metrics.ts';
import type { Having, NumberFilter, Part, Request } from '../../oracle/request.ts';
import type { Row } from '../../oracle/row.ts';
import type { World } from '../cases.ts';
import { comparedMetricProblem, rowMetricProblem, validMetrics } from '../rules/metrics.ts';
import type { Choices } from './choices.ts';
import { isWhole } from './custom.ts';
import { enumOf } from './dimensions.ts';
import { pickMetric } from './pick.ts';

export const PARTS: readonly Part[] = ['CURRENT', 'PREVIOUS', 'DELTA', 'RELATIVE_CHANGE'];

/** Conditions on numbers near those of a row, so that some rows stay and some do not. */
export function havingOf(choices: Choices, world: World, request: Request, near: Row): Having {
  const leaf = () => leafOf(choices, world, request, near);
  const forms: readonly (() => Having)[] = [
    leaf,
    leaf,
    leaf,
    () => ({ and: [leaf(), leaf()] }),
    () => ({ or: [leaf(), leaf()] }),
    () => ({ not: leaf() }),
    () => ({ ...leaf(), or: [leaf(), { not: leaf() }] }),
  ];
  return choices.one(forms)();
}

function leafOf(choices: Choices, world: World, request: Request, near: Row): Having {
  const { compare = [], custom = [] } = request;
  const forms: readonly (() => Having)[] = [
    () => onMetric(choices, world, request, near),
    ...compare.map(() => () => onComparison(choices, world, request, near)),
    ...custom.slice(0, 2).map(() => () => onCustom(choices, request, near)),
  ];
  return choices.one(forms)();
}

function onMetric(choices: Choices, world: World, request: Request, near: Row): Having {
  const field = pickMetric(
    choices,
    validMetrics((each) => rowMetricProblem(world, request, each)),
  );
  return { [field]: filterOf(choices, toNumber(near.metric(field)), metricNamed(field).isWhole) };
}

function onComparison(choices: Choices, world: World, request: Request, near: Row): Having {
  const comparison = choices.one(request.compare!);
  const valid = validMetrics((each) => comparedMetricProblem(world, request, comparison, each));
  const named = { key: comparison.key, metric: enumOf(pickMetric(choices, valid)), part: choices.one(PARTS) };
  const number = toNumber(changePart(near, named.key, named.metric, named.part));
  const exact = metricNamed(fieldOf(named.metric)).isWhole && named.part !== 'RELATIVE_CHANGE';
  return { compare: { ...named, ...filterOf(choices, number, exact) } };
}

function onCustom(choices: Choices, { custom = [] }: Request, near: Row): Having {
  const { key } = choices.one(custom);
  const exact = isWhole(custom, custom.find((each) => each.key === key)!);
  return { custom: { key, ...filterOf(choices, toNumber(near.custom(key)), exact) } };
}

/** A filter that a number most often passes. */
function filterOf(choices: Choices, number: number | null, exact: boolean): NumberFilter {
  if (number === null) return choices.chance(0.7) ? { isNull: true } : { lt: 1 };
  const [below, above] = borders(number, exact);
  const forms: readonly NumberFilter[] = [
    { gte: below },
    { gt: below - 1 },
    { lte: above },
    { lt: above + 1 },
    { between: { from: below, to: above } },
    { gte: below, lt: above + 2 },
    { isNull: choices.chance(0.2) },
    ...(exact
      ? [
          { eq: number },
          { in: [number, number + 1] },
          { neq: number + 1 },
          { notIn: [number + 1] },
          { gt: number },
        ]
      : []),
    { neq: above + 3 },
  ];
  return choices.one(forms);
}

/** From here on, quarters are finer than what a number may miss. */
const LARGE = 2 ** 40;

/** Numbers on either side. What is not exact is never compared with zero, which its last digits may miss. */
function borders(number: number, exact: boolean): readonly [below: number, above: number] {
  if (exact) return [number, number];
  const apart = Math.abs(number) / LARGE;
  if (apart > 1) return [number - apart, number + apart];
  const [below, above] = [Math.floor(number * 4) / 4, Math.ceil(number * 4) / 4];
  return [below === 0 ? -0.125 : below, above === 0 ? 0.125 : above];
}
