import { Field, Float, Int, ObjectType } from 'type-graphql';

@ObjectType({ simpleResolvers: true, description: 'What a metric is, and where it has a meaning.' })
export class CatalogMetric {
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
    description:
      'additive, ratio, distinct count, mean, min, max, median, percentile, snapshot, movement or derived: how it may be taken together.',
  })
  kind!: string;

  @Field(() => String)
  formula!: string;

  @Field(() => String)
  unit!: string;

  @Field(() => String, { description: 'integer, decimal or percent.' })
  format!: string;

  @Field(() => [String], {
    description:
      'Dimensions it can be grouped and filtered by, periods included; see filtersOnlyGroupedPeriods.',
  })
  validDimensions!: readonly string[];

  @Field(() => [String], {
    description: 'Periods it can be grouped and filtered by; see filtersOnlyGroupedPeriods.',
  })
  validGrains!: readonly string[];

  @Field(() => Boolean, {
    description:
      'Whether a filter on a period has a meaning only where the answer is grouped by that period or by one that it is made of, as for what there is at a time. A timeRange does without.',
  })
  filtersOnlyGroupedPeriods!: boolean;

  @Field(() => [String], {
    description: 'Periods that must be among those grouped by: it has no meaning without them, and no total.',
  })
  needs!: readonly string[];

  @Field(() => [String], { description: 'What a reader of the number must know.' })
  caveats!: readonly string[];

  @Field(() => [String], {
    description:
      'The metrics, and the measures of facts, that it is computed from, through any number of steps.',
  })
  lineage!: readonly string[];

  @Field(() => String, { nullable: true, description: 'Why not to use it any more, and what instead.' })
  deprecation?: string | undefined;
}

@ObjectType({ simpleResolvers: true, description: 'One value of a dimension with a fixed list.' })
export class CatalogValue {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  description!: string;

  @Field(() => Float, {
    nullable: true,
    description: 'Of a band: the least number in it; null where it is open.',
  })
  from?: number | undefined;

  @Field(() => Float, {
    nullable: true,
    description: 'Of a band: the number that it ends before; null where it is open.',
  })
  below?: number | undefined;
}

@ObjectType({ simpleResolvers: true, description: 'What answers can be grouped and filtered by.' })
export class CatalogDimension {
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

  @Field(() => String, {
    description:
      'time (when something was), period (an attribute that is one), enum, band, integer, boolean or entity.',
  })
  kind!: string;

  @Field(() => [CatalogValue], { description: 'Its values in their order, where the list is fixed.' })
  values!: readonly CatalogValue[];

  @Field(() => [String])
  caveats!: readonly string[];

  @Field(() => String, { nullable: true, description: 'Why not to use it any more, and what instead.' })
  deprecation?: string | undefined;
}

export const EVERYTHING = 'Every metric and dimension, as the model defines them.';

@ObjectType('Catalog', { simpleResolvers: true, description: EVERYTHING })
export class CatalogContent {
  @Field(() => [CatalogMetric])
  metrics!: readonly CatalogMetric[];

  @Field(() => [CatalogDimension])
  dimensions!: readonly CatalogDimension[];

  @Field(() => Int, { description: 'The month that quarters and years begin with, 1 to 12.' })
  fiscalYearStart!: number;
}
