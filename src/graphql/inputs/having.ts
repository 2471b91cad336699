import type { Model } from '../../query/model/model.ts';
import { camelCase } from '../../query/model/names.ts';
import { ChangePart, metricEnum } from '../enums.ts';
import { deprecation } from '../generated/field.ts';
import { InputShape } from '../generated/input-shape.ts';
import { NUMBER_FILTER, numberFilter } from './filters.ts';
import { nestable } from './where.ts';

/** Conditions on the numbers of a row. */
export function havingInput(model: Model): InputShape {
  const metrics = metricEnum(model);
  const compare = numberFilter('ComparisonHaving', 'On a number of a comparison.')
    .required('key', () => String, { description: 'Of the comparison.' })
    .required('metric', () => metrics)
    .required('part', () => ChangePart, { defaultValue: 'DELTA' });
  const custom = numberFilter('CustomHaving', 'On a custom metric.').required('key', () => String);
  const having = new InputShape(
    'MetricsHaving',
    'Which rows stay, by their numbers, selected or not. Every field given must hold. `not` is the exact complement.',
  );
  for (const metric of model.metrics)
    having.optional(camelCase(metric.name), () => NUMBER_FILTER.target, deprecation(metric));
  return nestable(having.optional('compare', () => compare.target).optional('custom', () => custom.target));
}
