import type { Model } from '../../query/model/model.ts';
import { metricEnum } from '../enums.ts';
import { InputShape } from '../generated/input-shape.ts';

/** A metric of the request's own, made of the model's. */
export function customInput(model: Model, where: InputShape): InputShape {
  const metrics = metricEnum(model);
  const operand = new InputShape('Operand', 'A metric, or a custom one earlier in the list.', 'oneOf')
    .optional('metric', () => metrics)
    .optional('custom', () => String, { description: 'Its key.' });
  const operands = new InputShape('Operands', 'Two numbers.')
    .required('of', () => operand.target)
    .required('by', () => operand.target);
  const filtered = new InputShape('FilteredMetric', 'A metric with a filter of its own.')
    .required('metric', () => metrics)
    .required('where', () => where.target, { description: 'Must hold beside the filter of the question.' });
  return new InputShape('CustomMetric', 'A metric of the request itself, by exactly one formula.')
    .required('key', () => String, { description: 'What `custom(key:)`, orderBy and having call it.' })
    .optional('ratio', () => operands.target, {
      description: 'of ÷ by; null where by is 0 or either is null.',
    })
    .optional('difference', () => operands.target, { description: 'of − by; null where either is.' })
    .optional('sum', () => [operand.target], { description: 'Null where one is.' })
    .optional('product', () => [operand.target], { description: 'Null where one is.' })
    .optional('filtered', () => filtered.target);
}
