import { registerEnumType } from 'type-graphql';
import type { EnumDimension, Model } from '../query/model.ts';
import { screamingCase } from '../query/names.ts';

type EnumObject = Readonly<Record<string, string>>;

const made = new WeakMap<object, EnumObject>();

/** The GraphQL enum of a dimension's values, for types of the model's own; always the same one. */
export function enumOf(dimension: EnumDimension): EnumObject {
  const known = made.get(dimension);
  if (known) return known;
  const { type: name, description, values } = dimension;
  const valuesConfig = Object.fromEntries(
    values.map((value) => [value.name, { description: value.description }]),
  );
  return register(
    dimension,
    name,
    description,
    Object.fromEntries(values.map((value) => [value.name, value.name])),
    valuesConfig,
  );
}

/** Enum values of a model's dimensions; each stands for the definition's name. */
export function dimensionEnum(model: Model): EnumObject {
  return (
    made.get(model.dimensions) ??
    register(model.dimensions, 'Dimension', 'What answers are grouped by.', ...named(model.dimensions))
  );
}

/** Enum values of a model's metrics; each stands for the definition's name. */
export function metricEnum(model: Model): EnumObject {
  return (
    made.get(model.metrics) ?? register(model.metrics, 'Metric', 'What is measured.', ...named(model.metrics))
  );
}

interface ValueConfig {
  readonly description: string;
  readonly deprecationReason?: string;
}

function named(
  definitions: readonly { name: string; description: string; deprecated?: string }[],
): [EnumObject, Record<string, ValueConfig>] {
  const values = definitions.map(({ name }) => [screamingCase(name), name]);
  const configs = definitions.map(({ name, description, deprecated }) => [
    screamingCase(name),
    { description, ...(deprecated !== undefined && { deprecationReason: deprecated }) },
  ]);
  return [Object.fromEntries(values), Object.fromEntries(configs)];
}

function register(
  key: object,
  name: string,
  description: string,
  values: EnumObject,
  valuesConfig: Record<string, ValueConfig>,
): EnumObject {
  registerEnumType(values, { name, description, valuesConfig });
  made.set(key, values);
  return values;
}
