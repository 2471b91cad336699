import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchemaSync, type NonEmptyArray } from 'type-graphql';
import type { Model } from '../query/model/model.ts';
import { answerTypes } from './answers/answer-types.ts';
import { CatalogResolver } from './catalog/field.ts';
import { DataQualityResolver } from './data-quality-field.ts';
import { DatasetResolver } from './dataset-field.ts';
import type { ApiModel } from './define.ts';
import { dimensionValuesField } from './dimension-values-field.ts';
import { explainField } from './explain/field.ts';
import { describeFiscalYear } from './fiscal-year.ts';
import { markOneOf } from './generated/input-shape.ts';
import type { RootField } from './generated/root-field.ts';
import { metricsField } from './metrics/field.ts';
import { sourceRowsField } from './source-rows-field.ts';

export interface SchemaOptions {
  /** The month that quarters and years begin with, 1 to 12. */
  readonly fiscalYearStart?: number;
}

/** The schema of a model, without a database: for printing it. */
export function buildApiSchema(model: ApiModel, { fiscalYearStart = 1 }: SchemaOptions = {}): GraphQLSchema {
  const fields = rootFields(model);
  const own = [
    ...fields.map(({ resolver }) => resolver),
    CatalogResolver,
    DatasetResolver,
    DataQualityResolver,
  ];
  const schema = buildSchemaSync({
    // Given by name, so that the types of another model in this process stay out.
    resolvers: [...own, ...model.resolvers] as unknown as NonEmptyArray<() => void>,
    orphanedTypes: [],
    validate: false,
  });
  markOneOf(schema);
  for (const each of [...answerTypes(model).all, ...fields]) each.bind(schema);
  describeFiscalYear(schema, model.model, fiscalYearStart);
  return schema;
}

const made = new WeakMap<Model, readonly RootField<never>[]>();

/** Declared once per model. */
function rootFields(model: ApiModel): readonly RootField<never>[] {
  const known = made.get(model.model);
  if (known) return known;
  const explainable: readonly RootField<never>[] = [
    metricsField(model),
    dimensionValuesField(model),
    sourceRowsField(model),
  ];
  const fields = [...explainable, explainField(explainable)];
  made.set(model.model, fields);
  return fields;
}
