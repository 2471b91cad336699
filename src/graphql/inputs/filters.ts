import { type ClassType, Float, ID, Int } from 'type-graphql';
import type { BandDimension, Dimension, EnumDimension } from '../../query/model/model.ts';
import { enumOf } from '../enums.ts';
import type { TypeThunk } from '../generated/field.ts';
import { InputShape } from '../generated/input-shape.ts';
import { DateScalar } from '../scalars.ts';

const NULLS = 'A comparison never matches a missing value, `neq` and `notIn` included.';

/** The filter input of a dimension: one type for all that are compared alike. */
export function filterOf(dimension: Dimension): ClassType {
  switch (dimension.kind) {
    case 'time':
    case 'period':
      return DATE_FILTER.target;
    case 'enum':
    case 'band':
      return enumFilter(dimension).target;
    case 'integer':
      return INT_FILTER.target;
    case 'boolean':
      return BOOLEAN_FILTER.target;
    case 'entity':
      return ID_FILTER.target;
    default:
      return dimension satisfies never;
  }
}

/** Declares eq, neq, in, notIn and isNull. */
function equality(filter: InputShape, of: () => object): InputShape {
  return filter
    .optional('eq', of)
    .optional('neq', of)
    .optional('in', () => [of()])
    .optional('notIn', () => [of()])
    .optional('isNull', () => Boolean);
}

/** Declares lt, lte, gt, gte and between, whose ends are an input type. */
function ordered(filter: InputShape, of: TypeThunk, ends: InputShape): InputShape {
  for (const operator of ['lt', 'lte', 'gt', 'gte']) filter.optional(operator, of);
  return filter.optional('between', () => ends.target);
}

function endsOf(name: string, of: TypeThunk): InputShape {
  const ends = new InputShape(`${name}Between`, 'Both ends are included.');
  return ends.required('from', of).required('to', of);
}

const DATE_FILTER = comparable(
  'DateFilter',
  `Periods, by their first day. \`between\` includes both ends. ${NULLS}`,
  () => DateScalar,
);

const INT_FILTER = comparable('IntFilter', `Whole numbers. ${NULLS}`, () => Int);

const NUMBER_ENDS = endsOf('NumberFilter', () => Float);

/** A filter on numbers, to which a caller may add which number is meant. */
export function numberFilter(name: string, description: string): InputShape {
  const filter = equality(new InputShape(name, `${description} ${NULLS}`), () => Float);
  return ordered(filter, () => Float, NUMBER_ENDS);
}

/** On a number of a row. */
export const NUMBER_FILTER = numberFilter('NumberFilter', 'On a number.');

const BOOLEAN_FILTER = new InputShape('BooleanFilter', `Yes or no. ${NULLS}`)
  .optional('eq', () => Boolean)
  .optional('neq', () => Boolean)
  .optional('isNull', () => Boolean);

const ID_FILTER = comparable(
  'IdFilter',
  `Ids: numbers in the order of numbers, text by code point. ${NULLS}`,
  () => ID,
)
  .optional('contains', () => String, { description: 'Part of the id as text; case matters.' })
  .optional('startsWith', () => String, { description: 'Beginning of the id as text; case matters.' });

const EXACT_ID_FILTER = equality(new InputShape('ExactIdFilter', `Ids as a whole. ${NULLS}`), () => ID);

/** A filter of ids for lists that Prisma Client reads: it orders text as the database does, and finds no part of a number. */
export const exactIdFilter: ClassType = EXACT_ID_FILTER.target;

function comparable(name: string, description: string, of: () => object): InputShape {
  return ordered(equality(new InputShape(name, description), of), of, endsOf(name, of));
}

const enumFilters = new WeakMap<object, InputShape>();

function enumFilter(dimension: EnumDimension | BandDimension): InputShape {
  const values = enumOf(dimension);
  const known = enumFilters.get(values);
  if (known) return known;
  const description = `Values of ${dimension.type}, in their order. ${NULLS}`;
  const filter = comparable(`${dimension.type}Filter`, description, () => values);
  enumFilters.set(values, filter);
  return filter;
}
