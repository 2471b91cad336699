import { type ClassType, Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import type { Dimension, Model } from '../query/model.ts';
import { camelCase } from '../query/names.ts';
import { GRAINS } from '../query/time.ts';
import { dimensionEnum, enumOf, metricEnum } from './enums.ts';
import { DateScalar, DateTimeScalar } from './scalars.ts';

export const Direction = { ASC: 'ASC', DESC: 'DESC' } as const;
registerEnumType(Direction, { name: 'Direction', description: 'Missing values are last either way.' });

export const PeriodUnit = Object.fromEntries(GRAINS.map((grain) => [grain.toUpperCase(), grain]));
registerEnumType(PeriodUnit, { name: 'PeriodUnit', description: 'A period of the calendar, in UTC.' });

@InputType('TimeRangeBetween', { description: 'A half-open range: `from` is included, `to` is not.' })
class Between {
  @Field(() => DateTimeScalar)
  from!: string;

  @Field(() => DateTimeScalar, { description: 'Excluded.' })
  to!: string;
}

@InputType('TimeRangeLast', { description: 'The last periods up to the as-of of the data.' })
class Last {
  @Field(() => Int)
  count!: number;

  @Field(() => PeriodUnit)
  unit!: string;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Leaves out the period that as-of lies in, unless it is over.',
  })
  completeOnly!: boolean;
}

@InputType('TimeRange', { description: 'Which time is asked for: one of the two.' })
export class TimeRangeInput {
  @Field(() => Between, { nullable: true })
  between?: Between;

  @Field(() => Last, { nullable: true })
  last?: Last;
}

/** Input types that take exactly one of their fields; TypeGraphQL drops the mark, so the built schema gets it. */
export const ONE_OF = ['TimeRange', 'MetricsOrder'];

export interface ModelInputs {
  readonly where: ClassType;
  readonly order: ClassType;
}

const made = new WeakMap<Model, ModelInputs>();

/** Builds the filter and order inputs of a model, once. */
export function modelInputs(model: Model): ModelInputs {
  const known = made.get(model);
  if (known) return known;
  const inputs = { where: whereInput(model), order: orderInput(model) };
  made.set(model, inputs);
  return inputs;
}

/** A filter's class, by what it compares. */
const filters = new Map<unknown, ClassType>();

function inputType(name: string, description: string): ClassType {
  const type = class {};
  InputType(name, { description })(type);
  return type;
}

function field(type: ClassType, name: string, of: () => unknown, description?: string): void {
  const options = { nullable: true, ...(description !== undefined && { description }) };
  Field(of as () => ClassType, options)(type.prototype as object, name);
}

const NULLS = 'A comparison never matches a missing value, `neq` and `notIn` included.';

/** The filter input of a dimension. */
export function filterOf(dimension: Dimension): ClassType {
  switch (dimension.kind) {
    case 'time':
      return ordered(
        'DateFilter',
        DateScalar,
        `Periods, by their first day. \`between\` includes both ends. ${NULLS}`,
      );
    case 'enum':
      return equality(`${dimension.type}Filter`, enumOf(dimension), `Values of ${dimension.type}. ${NULLS}`);
    case 'entity':
      return equality('IdFilter', ID, `Ids. ${NULLS}`);
    default:
      return dimension satisfies never;
  }
}

function equality(name: string, of: unknown, description: string): ClassType {
  return (
    filters.get(of) ??
    remember(of, () => {
      const type = inputType(name, description);
      field(type, 'eq', () => of);
      field(type, 'neq', () => of);
      field(type, 'in', () => [of]);
      field(type, 'notIn', () => [of]);
      field(type, 'isNull', () => Boolean);
      return type;
    })
  );
}

function ordered(name: string, of: unknown, description: string): ClassType {
  const known = filters.get(of);
  if (known) return known;
  const type = equality(name, of, description);
  for (const operator of ['lt', 'lte', 'gt', 'gte']) field(type, operator, () => of);
  const between = inputType(`${name}Between`, 'Both ends are included.');
  for (const end of ['from', 'to']) Field(() => of as ClassType)(between.prototype as object, end);
  field(type, 'between', () => between);
  return type;
}

function remember(key: unknown, make: () => ClassType): ClassType {
  const type = make();
  filters.set(key, type);
  return type;
}

function whereInput(model: Model): ClassType {
  const where = inputType('MetricsWhere', 'Every field given must hold. `not` is the exact complement.');
  for (const dimension of model.dimensions) {
    // Made at once: a class that first appears while the schema is being built is not found.
    const filter = filterOf(dimension);
    field(where, camelCase(dimension.name), () => filter);
  }
  field(where, 'and', () => [where]);
  field(where, 'or', () => [where], 'At least one must hold; none of an empty list does.');
  field(where, 'not', () => where);
  return where;
}

function orderInput(model: Model): ClassType {
  const term = (name: string, of: () => unknown) => {
    const type = inputType(name, 'What to sort by.');
    Field(of as () => ClassType)(type.prototype as object, 'name');
    Field(() => Direction, { defaultValue: 'ASC' })(type.prototype as object, 'direction');
    return type;
  };
  const metrics = metricEnum(model);
  const dimensions = dimensionEnum(model);
  const metric = term('MetricOrder', () => metrics);
  const dimension = term('DimensionOrder', () => dimensions);
  const order = inputType('MetricsOrder', 'One term of an order.');
  field(order, 'metric', () => metric);
  field(order, 'dimension', () => dimension);
  return order;
}
