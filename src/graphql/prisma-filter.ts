import type { EnumDimension } from '../query/model.ts';
import { Problems } from '../query/problems.ts';
import type { Operator, Path } from '../query/request.ts';

/** A filter as a client writes it on one column. */
export type Filter = Partial<Readonly<Record<Operator, unknown>>>;

type Condition = Record<string, unknown>;

const NAMES = {
  eq: 'equals',
  neq: 'not',
  in: 'in',
  notIn: 'notIn',
  lt: 'lt',
  lte: 'lte',
  gt: 'gt',
  gte: 'gte',
} as const;

/**
 * A filter on a column that is never missing, as conditions of Prisma Client that must all hold.
 * @param cast makes the column's value of a client's; undefined where it can be none
 * @throws RequestError for values that cannot be the column's
 */
export function prismaFilter<T>(
  column: string,
  filter: Filter | null | undefined,
  cast: (value: string) => T | undefined,
  path: Path,
): readonly Condition[] {
  if (!filter) return [];
  const problems = new Problems();
  const value = (given: unknown) => {
    const made = cast(String(given));
    if (made === undefined)
      problems.add('INVALID_ID', { dimension: column, value: String(given) }, [...path, column]);
    return made;
  };
  const values = (given: unknown) => (Array.isArray(given) ? given.map(value) : value(given));
  const conditions: Condition[] = Object.entries(NAMES)
    .filter(([operator]) => (filter[operator as Operator] ?? null) !== null)
    .map(([operator, name]) => ({ [column]: { [name]: values(filter[operator as Operator]) } }));
  if (filter.between) {
    const { from, to } = filter.between as { from: unknown; to: unknown };
    conditions.push({ [column]: { gte: value(from), lte: value(to) } });
  }
  if (filter.isNull === true) conditions.push({ OR: [] });
  problems.throwIfAny();
  return conditions;
}

/** As {@link prismaFilter}, for a column of an enum, which Prisma Client cannot order: the values that pass are listed. */
export function prismaEnumFilter(
  column: string,
  filter: Filter | null | undefined,
  dimension: EnumDimension,
): readonly Condition[] {
  if (!filter) return [];
  const order = dimension.values.map(({ name }) => name);
  const place = (given: unknown) => order.indexOf(given as string);
  const { eq, neq, in: listed, notIn, lt, lte, gt, gte, between, isNull } = filter;
  const ends = between as { from: unknown; to: unknown } | null | undefined;
  const passes = (name: string, at: number) =>
    (eq ?? name) === name &&
    neq !== name &&
    ((listed as readonly string[] | null | undefined)?.includes(name) ?? true) &&
    !(notIn as readonly string[] | null | undefined)?.includes(name) &&
    at < (lt ? place(lt) : order.length) &&
    at <= (lte ? place(lte) : order.length) &&
    at > (gt ? place(gt) : -1) &&
    at >= (gte ? place(gte) : -1) &&
    (!ends || (at >= place(ends.from) && at <= place(ends.to))) &&
    isNull !== true;
  return [{ [column]: { in: order.filter(passes) } }];
}
