import { GraphQLSafeInt } from 'graphql-scalars';
import { type ClassType, Field, Float, ID, ObjectType, registerEnumType } from 'type-graphql';
import type { Dimension, Metric, Model } from '../query/model.ts';
import { camelCase } from '../query/names.ts';
import type { ApiModel } from './define.ts';
import { enumOf } from './enums.ts';
import { DateScalar, DateTimeScalar } from './scalars.ts';

/** What a row of an answer stands for. */
export const RowKind = { GROUP: 'GROUP' } as const;
registerEnumType(RowKind, {
  name: 'RowKind',
  description: 'What a row of an answer stands for.',
  valuesConfig: { GROUP: { description: 'A group with at least one event.' } },
});

export const PAGE_INFO = 'Whether there is more, and where to go on.';

@ObjectType({ simpleResolvers: true, description: PAGE_INFO })
export class PageInfo {
  @Field(() => ID)
  id!: string;

  @Field(() => Boolean, { description: 'Whether rows follow this page.' })
  hasNextPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Give it as `after` for the next page.' })
  endCursor?: string | undefined;
}

@ObjectType({
  simpleResolvers: true,
  description: 'The half-open range of time that was answered; an open end is null.',
})
export class ResolvedRange {
  @Field(() => DateTimeScalar, { nullable: true })
  from?: string | undefined;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Excluded.' })
  to?: string | undefined;
}

@ObjectType({ simpleResolvers: true, description: 'A smaller table that could not have answered exactly.' })
export class RejectedRelation {
  @Field(() => String)
  relation!: string;

  @Field(() => String)
  reason!: string;
}

@ObjectType({ simpleResolvers: true, description: 'The table that answered for one fact at one level.' })
export class AnsweringRelation {
  @Field(() => String, { description: '`rows` or `totals`.' })
  level!: string;

  @Field(() => String)
  fact!: string;

  @Field(() => String)
  relation!: string;

  @Field(() => [RejectedRelation], { description: 'Smaller tables, and why they could not answer.' })
  rejected!: readonly RejectedRelation[];
}

@ObjectType({ simpleResolvers: true, description: 'How an answer came about.' })
export class ResultMeta {
  @Field(() => ID)
  id!: string;

  @Field(() => GraphQLSafeInt, { description: 'The version of the data that the whole answer is of.' })
  dataVersion!: number;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Up to when the data reach; null before the first build.',
  })
  asOf?: string | undefined;

  @Field(() => ResolvedRange)
  range!: ResolvedRange;

  @Field(() => [AnsweringRelation])
  rollup!: readonly AnsweringRelation[];
}

/** The types of a metrics answer, made from a model. */
export interface AnswerTypes {
  readonly row: ClassType;
  readonly totals: ClassType;
  readonly result: ClassType;
}

const made = new WeakMap<Model, AnswerTypes>();

/** Builds the answer's types, once per model. */
export function answerTypes(api: ApiModel): AnswerTypes {
  const known = made.get(api.model);
  if (known) return known;
  const row = rowType(api);
  const totals = objectType(
    'MetricsTotals',
    'All rows of the question taken together, computed from base rows.',
  );
  metricFields(totals, api.model);
  const types = { row, totals, result: resultType(row, totals) };
  made.set(api.model, types);
  return types;
}

function objectType(name: string, description: string): ClassType {
  const type = class {};
  ObjectType(name, { description, simpleResolvers: true })(type);
  field(
    type,
    'id',
    () => ID,
    'Opaque; equal for the same part of the same question at the same data version.',
  );
  return type;
}

function field(
  type: ClassType,
  name: string,
  of: () => unknown,
  description: string,
  options: object = {},
): void {
  Field(of as () => ClassType, { description, ...options })(type.prototype as object, name);
}

function rowType(api: ApiModel): ClassType {
  const row = objectType('MetricsRow', 'One group of an answer.');
  field(row, 'kind', () => RowKind, 'What the row stands for.');
  for (const dimension of api.model.dimensions) {
    field(row, camelCase(dimension.name), () => dimensionType(api, dimension), described(dimension), {
      nullable: true,
      ...deprecation(dimension),
    });
  }
  metricFields(row, api.model);
  field(
    row,
    'isPartial',
    () => Boolean,
    'Whether a grouped period ends after as-of, or is cut by the range.',
  );
  return row;
}

function metricFields(type: ClassType, model: Model): void {
  for (const metric of model.metrics) {
    const nullable = metric.kind === 'ratio' || metric.kind === 'mean';
    const scalar = () => (metric.format === 'integer' ? GraphQLSafeInt : Float);
    field(type, camelCase(metric.name), scalar, described(metric), { nullable, ...deprecation(metric) });
  }
}

function dimensionType(api: ApiModel, dimension: Dimension): unknown {
  switch (dimension.kind) {
    case 'time':
      return DateScalar;
    case 'enum':
      return enumOf(dimension);
    case 'entity': {
      const type = api.entities[dimension.type];
      if (!type) throw new Error(`The model has no class for the entity ${dimension.type}.`);
      return type;
    }
    default:
      return dimension satisfies never;
  }
}

function described({ description, caveats = [] }: Dimension | Metric): string {
  return [description, ...caveats].join(' ');
}

function deprecation({ deprecated }: Dimension | Metric): object {
  return deprecated === undefined ? {} : { deprecationReason: deprecated };
}

function resultType(row: ClassType, totals: ClassType): ClassType {
  const result = objectType('MetricsResult', 'A page of rows, with their totals.');
  field(result, 'rows', () => [row], 'The groups of this page.');
  field(
    result,
    'totals',
    () => totals,
    'All rows taken together, computed from base rows; not the sum of rows.',
  );
  field(result, 'totalCount', () => GraphQLSafeInt, 'Number of rows of all pages.');
  field(result, 'pageInfo', () => PageInfo, PAGE_INFO);
  field(result, 'meta', () => ResultMeta, 'How the answer came about.');
  return result;
}
