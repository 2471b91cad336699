import { registerEnumType } from 'type-graphql';
import type { BandDimension, EnumDimension, Model } from '../query/model/model.ts';
import { screamingCase } from '../query/model/names.ts';
import { GRAINS } from '../query/time/time.ts';

type EnumObject = Readonly<Record<string, string>>;

export const Direction = fixed('Direction', 'Which way to sort.', {
  ASC: 'From the least to the greatest.',
  DESC: 'From the greatest to the least.',
});

export const Nulls = fixed('Nulls', 'Where missing values are sorted, whichever the direction.', {
  FIRST: 'Before all others.',
  LAST: 'After all others.',
});

export const RowKind = fixed('RowKind', 'What a row of an answer stands for.', {
  GROUP: 'A group with at least one event.',
  FILLED: 'A period without events, added by `fill`.',
  EMPTY: 'A group without events, added by `emptyGroups`, or by `compare` for what was there before.',
  OTHER: 'The groups that `limitBy` left out, taken together and computed from base rows.',
});

export const ComparedPeriod = fixed('ComparedPeriod', 'What a period is compared with.', {
  PREVIOUS_PERIOD: 'The period just before; without grouped periods, as much time before the range.',
  YEAR_BEFORE: 'The same period a year before: 12 months, or 52 weeks for weeks.',
});

export const ChangePart = fixed('ChangePart', 'One number of a comparison.', {
  CURRENT: "The row's own value.",
  PREVIOUS: 'The value in the compared period.',
  DELTA: 'current − previous.',
  RELATIVE_CHANGE: 'delta ÷ previous.',
});

export const PeriodUnit: EnumObject = Object.fromEntries(GRAINS.map((grain) => [grain.toUpperCase(), grain]));
registerEnumType(PeriodUnit, { name: 'PeriodUnit', description: 'A period of the calendar.' });

function fixed<T extends Readonly<Record<string, string>>>(name: string, description: string, values: T) {
  const names = Object.fromEntries(Object.keys(values).map((value) => [value, value])) as {
    [K in keyof T]: K;
  };
  const valuesConfig = Object.fromEntries(
    Object.entries(values).map(([value, meaning]) => [value, { description: meaning }]),
  );
  registerEnumType(names, { name, description, valuesConfig: valuesConfig as object });
  return names;
}

/** Made once, since a class or enum that is declared twice is two types. */
const made = new WeakMap<object, EnumObject>();

/** The GraphQL enum of a dimension's values, for types of the model's own; always the same one. */
export function enumOf(dimension: EnumDimension | BandDimension): EnumObject {
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
