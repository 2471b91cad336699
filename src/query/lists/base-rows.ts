import { all, empty, ident, join, type Sql, sql } from '../../database/sql.ts';
import { holdsAt } from '../../database/version.ts';
import type { Catalog } from '../catalog.ts';
import { baseOf } from '../model/base.ts';
import { joinsOf } from '../model/joins.ts';
import type { Dimension } from '../model/model.ts';
import type { Plan } from '../plan/plan.ts';
import { judgedByRelation, renderCondition, renderRange } from '../render/condition.ts';
import { renderJoin } from '../render/joins.ts';
import { type Clock, keyColumn, keyOf, wallTime } from '../render/key.ts';
import { dimensionsIn } from '../resolve/where.ts';

/** What rows of the defining fact are picked by. */
export type Slice = Pick<Plan, 'version' | 'where' | 'range'> & Clock;

/** The rows of the fact that defines rows, which pass a slice: keys of dimensions, then columns by their names. */
export function renderBaseRows(
  catalog: Catalog,
  slice: Slice,
  dimensions: readonly Dimension[],
  columns: readonly (readonly [name: string, column: Sql])[],
): Sql {
  const relation = baseOf(catalog.definingFact);
  const time = wallTime(relation, slice);
  const joined = joinsOf(relation, [...dimensions.map(({ name }) => name), ...dimensionsIn(slice.where)]);
  const keys = dimensions.map((each) => sql`${keyOf(relation, each, slice)} as ${keyColumn(each.name)}`);
  const selected = [...keys, ...columns.map(([name, column]) => sql`${column} as ${ident(name)}`)];
  const conditions = [
    holdsAt(relation.alias, slice.version),
    renderCondition(catalog, judgedByRelation(relation, slice, time), slice.where),
  ];
  return sql`select ${join(selected)}
      from ${relation.table} as ${ident(relation.alias)}${join(
        joined.map((name) => renderJoin(relation, name, slice.version)),
        empty,
      )}
     where ${all(conditions)}${renderRange(time, slice.range)}`;
}
