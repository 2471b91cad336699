import { all, ident, join, type Sql, sql } from '../../database/sql.ts';
import { holdsAt } from '../../database/version.ts';
import type { Level } from '../model/rollup/levels.ts';
import { renderRange } from '../render/condition.ts';
import { keyColumn, keyOf } from '../render/key.ts';
import type { Target } from './target.ts';

/** Rows of the rollup itself, of a level with the target's dimensions, under the target's keys. */
export function ownRows(
  { catalog, table, groupBy, version, range }: Omit<Target, 'level' | 'isWhole' | 'members'>,
  { place }: Level,
  columns: readonly string[],
): Sql {
  const { relation } = table.levels.find(({ level }) => level.place === place)!;
  const { alias } = relation;
  const keys = groupBy.map((each) => sql`${keyOf(relation, each, catalog)} as ${keyColumn(each.name)}`);
  const isOwn = all([relation.only!, holdsAt(alias, version)]);
  return sql`
    select ${join([...keys, ...columns.map((name) => ident(alias, name))])}
      from ${relation.table} as ${ident(alias)}
     where ${isOwn}${renderRange(relation.time, range)}`;
}
