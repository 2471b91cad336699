import { GraphQLSafeInt } from 'graphql-scalars';
import { Float, Int } from 'type-graphql';
import type { Cell } from '../../database/engine.ts';
import type { Dimension, Metric, Model } from '../../query/model/model.ts';
import { camelCase } from '../../query/model/names.ts';
import type { Values } from '../../query/reading/answer.ts';
import type { ApiModel } from '../define.ts';
import { enumOf } from '../enums.ts';
import { deprecation, type FieldOptions } from '../generated/field.ts';
import type { OutputType } from '../generated/output-type.ts';
import { DateScalar } from '../scalars.ts';

/** Declares a field for a dimension, read from a source's keys. */
export function dimensionField<Source extends { readonly keys: Values }>(
  type: OutputType<Source>,
  api: ApiModel,
  dimension: Dimension,
  { nullable }: { nullable: boolean },
): void {
  const { name, kind } = dimension;
  type.field(camelCase(name), () => dimensionType(api, dimension), {
    ...documented(dimension),
    nullable,
    read: kind === 'entity' ? ({ keys }) => entity(keys[name]) : ({ keys }) => keys[name],
  });
}

/** The object of an entity has its id, and loads the rest. */
function entity(key: Cell | undefined): { id: string } | null {
  return key === null || key === undefined ? null : { id: String(key) };
}

function dimensionType(api: ApiModel, dimension: Dimension): unknown {
  switch (dimension.kind) {
    case 'time':
    case 'period':
      return DateScalar;
    case 'enum':
    case 'band':
      return enumOf(dimension);
    case 'integer':
      return Int;
    case 'boolean':
      return Boolean;
    case 'entity': {
      const type = api.entities[dimension.type];
      if (!type) throw new Error(`The model has no class for the entity ${dimension.type}.`);
      return type;
    }
    default:
      return dimension satisfies never;
  }
}

/** Declares a field for each metric, read from a source's values. */
export function metricFields<Source extends { readonly metrics: Values }>(
  type: OutputType<Source>,
  model: Model,
  { isNullable, state }: { isNullable: (metric: Metric) => boolean; state: (metric: Metric) => FieldOptions },
): void {
  for (const metric of model.metrics) {
    const { name } = metric;
    type.field(camelCase(name), () => scalarOf(metric), {
      ...state(metric),
      nullable: isNullable(metric),
      read: ({ metrics }) => metrics[name],
    });
  }
}

function scalarOf({ format }: Metric): unknown {
  return format === 'integer' ? GraphQLSafeInt : Float;
}

/** What the schema says of a definition's own field: all that a reader must know. */
export function documented(definition: Dimension | Metric): FieldOptions {
  const { description, caveats = [] } = definition;
  return { description: [description, ...caveats].join(' '), ...deprecation(definition) };
}

/** What the schema says where the definition's own field is beside. */
export function stated(definition: Dimension | Metric): FieldOptions {
  return { description: definition.description, ...deprecation(definition) };
}
