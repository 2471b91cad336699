import { type ClassType, Int } from 'type-graphql';
import type { Model } from '../../query/model/model.ts';
import { dimensionEnum } from '../enums.ts';
import { InputShape } from '../generated/input-shape.ts';
import { customInput } from './custom.ts';
import { havingInput } from './having.ts';
import { orderInput } from './order.ts';
import { whereInput } from './where.ts';

export interface ModelInputs {
  readonly where: ClassType;
  readonly having: ClassType;
  readonly order: ClassType;
  readonly limitBy: ClassType;
  readonly custom: ClassType;
}

const made = new WeakMap<Model, ModelInputs>();

/** The inputs of a model's own, built once. */
export function modelInputs(model: Model): ModelInputs {
  const known = made.get(model);
  if (known) return known;
  const where = whereInput(model);
  const inputs = {
    where: where.target,
    having: havingInput(model).target,
    order: orderInput(model).target,
    limitBy: limitByInput(model).target,
    custom: customInput(model, where).target,
  };
  made.set(model, inputs);
  return inputs;
}

function limitByInput(model: Model): InputShape {
  const dimensions = dimensionEnum(model);
  return new InputShape('LimitBy', 'Keeps the first rows of each group, in the order asked.')
    .required('n', () => Int, { description: 'How many rows of each; from 1 to 10000.' })
    .required('per', () => [dimensions], {
      defaultValue: [],
      description: 'Grouped dimensions: each combination of them keeps n rows. Without any, the answer does.',
    })
    .required('other', () => Boolean, {
      defaultValue: false,
      description: 'Whether the rest of each is folded into one row of kind OTHER.',
    });
}
