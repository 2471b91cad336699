import { Arg, Ctx, Field, FieldResolver, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { measuresOf } from '../query/catalog.ts';
import type { Dimension, Metric } from '../query/model.ts';
import { camelCase, screamingCase } from '../query/names.ts';
import type { OperationContext } from './context.ts';

@ObjectType({ simpleResolvers: true, description: 'What a metric is, and where it has a meaning.' })
class CatalogMetric {
  @Field(() => String, { description: 'snake_case; `field` and `enumValue` are made from it.' })
  name!: string;

  @Field(() => String)
  field!: string;

  @Field(() => String)
  enumValue!: string;

  @Field(() => String)
  label!: string;

  @Field(() => String)
  description!: string;

  @Field(() => String, {
    description: 'additive, ratio, distinct count or mean: how it may be taken together.',
  })
  kind!: string;

  @Field(() => String)
  formula!: string;

  @Field(() => String)
  unit!: string;

  @Field(() => String, { description: 'integer, decimal or percent.' })
  format!: string;

  @Field(() => [String], { description: 'Dimensions it can be grouped and filtered by, periods included.' })
  validDimensions!: readonly string[];

  @Field(() => [String], { description: 'Periods it can be grouped and filtered by.' })
  validGrains!: readonly string[];

  @Field(() => [String], { description: 'What a reader of the number must know.' })
  caveats!: readonly string[];

  @Field(() => [String], { description: 'The facts and measures that it is computed from.' })
  lineage!: readonly string[];

  @Field(() => String, { nullable: true, description: 'Why not to use it any more, and what instead.' })
  deprecation?: string | undefined;
}

@ObjectType({ simpleResolvers: true, description: 'One value of a dimension with a fixed list.' })
class CatalogValue {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  description!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What answers can be grouped and filtered by.' })
class CatalogDimension {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  field!: string;

  @Field(() => String)
  enumValue!: string;

  @Field(() => String)
  label!: string;

  @Field(() => String)
  description!: string;

  @Field(() => String, { description: 'time, enum or entity.' })
  kind!: string;

  @Field(() => [CatalogValue], { description: 'Its values in their order, where the list is fixed.' })
  values!: readonly CatalogValue[];

  @Field(() => [String])
  caveats!: readonly string[];

  @Field(() => String, { nullable: true, description: 'Why not to use it any more, and what instead.' })
  deprecation?: string | undefined;
}

const EVERYTHING = 'Every metric and dimension, as the model defines them.';

@ObjectType('Catalog', { simpleResolvers: true, description: EVERYTHING })
class CatalogContent {
  @Field(() => [CatalogMetric])
  metrics!: readonly CatalogMetric[];

  @Field(() => [CatalogDimension])
  dimensions!: readonly CatalogDimension[];
}

@Resolver(() => CatalogContent)
export class CatalogResolver {
  @Query(() => CatalogContent, { name: 'catalog', nullable: true, description: EVERYTHING })
  all(@Ctx() { catalog }: OperationContext): CatalogContent {
    return {
      metrics: catalog.model.metrics.map((metric) => describeMetric(catalog.dimensionsOf(metric), metric)),
      dimensions: catalog.model.dimensions.map(describeDimension),
    };
  }

  @FieldResolver(() => CatalogMetric, { nullable: true, description: 'One metric, by any form of its name.' })
  metric(
    @Root() { metrics }: CatalogContent,
    @Arg('name', () => String) name: string,
  ): CatalogMetric | undefined {
    return byName(metrics, name);
  }

  @FieldResolver(() => CatalogDimension, {
    nullable: true,
    description: 'One dimension, by any form of its name.',
  })
  dimension(@Root() { dimensions }: CatalogContent, @Arg('name', () => String) name: string) {
    return byName(dimensions, name);
  }
}

function byName<T extends { name: string; field: string; enumValue: string }>(
  all: readonly T[],
  name: string,
) {
  return all.find((each) => [each.name, each.field, each.enumValue].includes(name));
}

function names({ name }: { readonly name: string }): { name: string; field: string; enumValue: string } {
  return { name, field: camelCase(name), enumValue: screamingCase(name) };
}

function describeMetric(valid: readonly Dimension[], metric: Metric): CatalogMetric {
  const { label, description, kind, formula, unit, format, caveats = [], deprecated } = metric;
  const validDimensions = valid.map(({ name }) => screamingCase(name));
  const validGrains = valid
    .filter((dimension) => dimension.kind === 'time')
    .map(({ name }) => screamingCase(name));
  const lineage = measuresOf(metric);
  const own = { label, description, kind, formula, unit, format, caveats, lineage, deprecation: deprecated };
  return { ...names(metric), ...own, validDimensions, validGrains };
}

function describeDimension(dimension: Dimension): CatalogDimension {
  const { label, description, kind, caveats = [], deprecated } = dimension;
  const values = kind === 'enum' ? dimension.values : [];
  return { ...names(dimension), label, description, kind, values, caveats, deprecation: deprecated };
}
