import type { Model } from '../../query/model/model.ts';
import { ChangePart, Direction, dimensionEnum, metricEnum, Nulls } from '../enums.ts';
import { InputShape } from '../generated/input-shape.ts';

/** One term of the order of rows. */
export function orderInput(model: Model): InputShape {
  const metrics = metricEnum(model);
  const dimensions = dimensionEnum(model);
  const metric = term('MetricOrder', 'By a metric, selected or not.').required('name', () => metrics);
  const dimension = term('DimensionOrder', 'By a grouped dimension.').required('name', () => dimensions);
  const compare = term('ComparisonOrder', 'By a number of a comparison.')
    .required('key', () => String, { description: 'Of the comparison.' })
    .required('metric', () => metrics)
    .required('part', () => ChangePart, { defaultValue: 'DELTA' });
  const custom = term('CustomOrder', 'By a custom metric.').required('key', () => String);
  return new InputShape('MetricsOrder', 'One term of an order.', 'oneOf')
    .optional('metric', () => metric.target)
    .optional('dimension', () => dimension.target)
    .optional('compare', () => compare.target)
    .optional('custom', () => custom.target);
}

function term(name: string, description: string): InputShape {
  return new InputShape(name, description)
    .required('direction', () => Direction, { defaultValue: 'ASC' })
    .required('nulls', () => Nulls, { defaultValue: 'LAST' });
}
