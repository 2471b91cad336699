import type { Model } from '../../query/model/model.ts';
import { camelCase } from '../../query/model/names.ts';
import { deprecation } from '../generated/field.ts';
import { InputShape } from '../generated/input-shape.ts';
import { filterOf } from './filters.ts';

/** Conditions on dimensions, with a field for each. */
export function whereInput(model: Model): InputShape {
  const where = new InputShape('MetricsWhere', 'Every field given must hold. `not` is the exact complement.');
  for (const dimension of model.dimensions) {
    // Made at once: a class that first appears while the schema is being built is not found.
    const filter = filterOf(dimension);
    where.optional(camelCase(dimension.name), () => filter, deprecation(dimension));
  }
  return nestable(where);
}

/** Declares and, or and not. */
export function nestable(condition: InputShape): InputShape {
  return condition
    .optional('and', () => [condition.target])
    .optional('or', () => [condition.target], {
      description: 'At least one must hold; none of an empty list does.',
    })
    .optional('not', () => condition.target);
}
