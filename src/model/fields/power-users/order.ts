import { Field, InputType, registerEnumType } from 'type-graphql';
import { Direction } from '../../../graphql/define.ts';
import { ident, type SortTerm, sql } from '../../../query/define.ts';
import { NUMBERS } from './numbers.ts';

/** numQueries → NUM_QUERIES */
const enumName = (field: string) => field.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

/** What power users can be sorted by, as GraphQL enum values. */
const SORTS: Readonly<Record<string, Omit<SortTerm, 'direction'>>> = {
  MONTH: { column: sql`month`, type: sql`date` },
  USER: { column: sql`user_id collate "C"`, type: sql`text` },
  ...Object.fromEntries(
    Object.entries(NUMBERS).map(([name, { column, type }]) => [
      enumName(name),
      { column: ident(column), type },
    ]),
  ),
};

export const PowerUserSort = Object.fromEntries(Object.keys(SORTS).map((name) => [name, name]));
registerEnumType(PowerUserSort, { name: 'PowerUserSort', description: 'What power users are sorted by.' });

@InputType()
export class PowerUserOrder {
  @Field(() => PowerUserSort)
  by!: string;

  @Field(() => Direction, { defaultValue: 'ASC' })
  direction!: 'ASC' | 'DESC';
}

const DEFAULT_ORDER: readonly PowerUserOrder[] = [
  { by: 'MONTH', direction: 'ASC' },
  { by: 'ENGAGEMENT_SCORE', direction: 'DESC' },
];

/** The order that is asked for, by default month, then best first; month and user break ties. */
export function totalOrder(orderBy: readonly PowerUserOrder[]): readonly PowerUserOrder[] {
  const asked = orderBy.length > 0 ? orderBy : DEFAULT_ORDER;
  const ties = ['MONTH', 'USER'].filter((name) => !asked.some(({ by }) => by === name));
  return [...asked, ...ties.map((by) => ({ by, direction: 'ASC' }) as const)];
}

/** The SQL of an order, over rows that have a `month`. */
export function sortTerms(order: readonly PowerUserOrder[]): readonly SortTerm[] {
  return order.map(({ by, direction }) => {
    const { column, type } = SORTS[by]!;
    return { column, type, direction, isNeverNull: true };
  });
}
