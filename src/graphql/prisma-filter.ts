import type { Catalog } from '../query/catalog.ts';
import type { Dimension, EnumDimension } from '../query/model/model.ts';
import { Problems } from '../query/resolve/problems.ts';
import type { Condition, Operator, Path, Where } from '../query/resolve/request.ts';
import { resolveWhere } from '../query/resolve/where.ts';
import { type Column, parseCell } from './prisma-column.ts';

/** A filter as a client writes it on one dimension. */
export type Filter = Partial<Readonly<Record<Operator, unknown>>>;

/** A condition as Prisma Client takes it. */
export type PrismaCondition = Readonly<Record<string, unknown>>;

type Leaf = Extract<Condition, { dimension: string }>;

/**
 * A filter on dimensions as a condition of Prisma Client, for a table that has a column for each of them. Prisma Client
 * compares text by the database's collation and numbers as a whole: ids are filtered by {@link exactIdFilter}.
 * @param columns by the dimension's name
 * @throws RequestError with everything that is wrong with the filter
 */
export function prismaFilter(
  catalog: Catalog,
  where: Where | null | undefined,
  columns: Readonly<Record<string, Column>>,
  path: Path,
): PrismaCondition {
  const problems = new Problems();
  const condition = resolveWhere(catalog, where, path, problems);
  problems.throwIfAny();
  return nested(condition, (leaf) =>
    onColumn(catalog.dimension(leaf.dimension), leaf, columns[leaf.dimension]!),
  );
}

const EVERYTHING: PrismaCondition = { AND: [] };
/** Every versioned table has the column; an empty OR within an AND Prisma Client takes for no condition. */
const NOTHING: PrismaCondition = { sinceVersion: { in: [] } };

function nested(condition: Condition, onLeaf: (leaf: Leaf) => PrismaCondition): PrismaCondition {
  if ('all' in condition) return { AND: condition.all.map((each) => nested(each, onLeaf)) };
  if ('any' in condition) {
    return condition.any.length === 0 ? NOTHING : { OR: condition.any.map((each) => nested(each, onLeaf)) };
  }
  if ('not' in condition) return { NOT: nested(condition.not, onLeaf) };
  return onLeaf(condition);
}

function onColumn(dimension: Dimension, { operator, values }: Leaf, column: Column): PrismaCondition {
  const [name] = column;
  if (operator === 'isNull') return values[0] === true ? NOTHING : EVERYTHING;
  const cells = values.map((value) => parseCell(column, String(value)));
  const among = dimension.kind === 'enum' ? within(dimension, operator, cells) : undefined;
  return { [name]: among ? { in: among } : COMPARISONS[operator as keyof typeof COMPARISONS](cells) };
}

type Comparable = Exclude<Operator, 'isNull' | 'contains' | 'startsWith'>;

const COMPARISONS: Readonly<Record<Comparable, (cells: readonly unknown[]) => PrismaCondition>> = {
  eq: ([value]) => ({ equals: value }),
  neq: ([value]) => ({ not: value }),
  in: (cells) => ({ in: cells }),
  notIn: (cells) => ({ notIn: cells }),
  lt: ([value]) => ({ lt: value }),
  lte: ([value]) => ({ lte: value }),
  gt: ([value]) => ({ gt: value }),
  gte: ([value]) => ({ gte: value }),
  between: ([from, to]) => ({ gte: from, lte: to }),
};

/** The values that a comparison by order means: Prisma Client does not order enums. */
function within(
  { values }: EnumDimension,
  operator: string,
  cells: readonly unknown[],
): readonly string[] | undefined {
  const names = values.map(({ name }) => name);
  const [first, second] = cells.map((cell) => names.indexOf(cell as string)) as [number, number?];
  const slices: Readonly<Record<string, readonly [from: number, to: number]>> = {
    lt: [0, first],
    lte: [0, first + 1],
    gt: [first + 1, names.length],
    gte: [first, names.length],
    between: [first, (second ?? first) + 1],
  };
  const slice = slices[operator];
  return slice && names.slice(...slice);
}
