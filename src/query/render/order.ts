import { ident, type Sql, sql } from '../../database/sql.ts';
import type { Catalog } from '../catalog.ts';
import { keyType } from '../model/key-type.ts';
import type { LevelPlan, Plan } from '../plan/plan.ts';
import type { ResolvedTerm } from '../resolve/question.ts';
import { valueColumn } from '../resolve/values.ts';
import { keyColumn } from './key.ts';
import type { SortTerm } from './keyset.ts';

/** A term of the order of a level's rows: a column of its answer, or whether the row is of what was folded. */
export type RowTerm =
  | { readonly column: string; readonly term: ResolvedTerm }
  | { readonly column: 'is_other'; readonly term?: undefined };

const ASCENDING = { direction: 'ASC', nulls: 'LAST' } as const;

/**
 * The order of the rows of a level. Folded rows have no values for dimensions other than those they are folded
 * per, so at the first other term they come after what equals them so far.
 */
export function rowTerms(plan: Plan, { level, groupBy }: LevelPlan): readonly RowTerm[] {
  if (level !== 'rows') {
    return groupBy.map((name) => ({ column: `key_${name}`, term: { by: 'dimension', name, ...ASCENDING } }));
  }
  const { order, limitBy } = plan;
  const terms = order.map((term): RowTerm => ({ column: columnOf(term), term }));
  if (!limitBy?.other) return terms;
  const isPer = ({ term }: RowTerm) => term?.by === 'dimension' && limitBy.per.includes(term.name);
  const first = terms.findIndex((term) => !isPer(term));
  const place = first < 0 ? terms.length : first;
  return [...terms.slice(0, place), { column: 'is_other' }, ...terms.slice(place)];
}

function columnOf(term: ResolvedTerm): string {
  return term.by === 'dimension' ? `key_${term.name}` : valueColumn(term.value);
}

/** The SQL of terms, over the tables of rows. */
export function sortTerms(
  catalog: Catalog,
  level: LevelPlan,
  terms: readonly RowTerm[],
): readonly SortTerm[] {
  return terms.map(({ column, term }) => {
    if (term === undefined) return { column: sql`(kind = 3)`, type: sql`boolean`, direction: 'ASC' };
    const { direction, nulls } = term;
    if (term.by === 'dimension') return { ...dimensionTerm(catalog, term.name), direction, nulls };
    const { type } = level.values.find((each) => each.column === column)!;
    return { column: ident(column), type: type === 'int8' ? sql`int8` : sql`float8`, direction, nulls };
  });
}

/** Text sorts by code point, whatever the database's collation. */
function dimensionTerm(catalog: Catalog, name: string): { readonly column: Sql; readonly type: Sql } {
  const dimension = catalog.dimension(name);
  const column = keyColumn(name);
  const isText = dimension.kind === 'entity' && dimension.key === 'text';
  return { column: isText ? sql`${column} collate "C"` : column, type: keyType(dimension) };
}
