import { all, ident, join, type Sql, sql } from '../../database/sql.ts';
import { holdsAt } from '../../database/version.ts';
import type { Dimension } from '../model/model.ts';
import type { Level } from '../model/rollup/levels.ts';
import { LEVEL, PERIOD, SCHEMA } from '../model/rollup/relation.ts';
import { renderRange } from '../render/condition.ts';
import { keyColumn, truncated } from '../render/key.ts';
import type { Target } from './target.ts';

/** Rows of the rollup itself, of a level with the target's dimensions, under the target's keys. */
export function ownRows(target: Target, { place }: Level, columns: readonly string[]): Sql {
  const { table, groupBy, version, range } = target;
  const time = timeOf('own');
  const keys = groupBy.map((each) => sql`${keyOf(target, each, 'own')} as ${keyColumn(each.name)}`);
  const isOwn = all([sql`${ident('own', LEVEL)} = ${place}`, holdsAt('own', version)]);
  return sql`
    select ${join([...keys, ...columns.map((name) => ident('own', name))])}
      from ${ident(SCHEMA, table.name)} as own
     where ${isOwn}${renderRange(time, range)}`;
}

/** A key of the target, of a table that has a rollup's keys by their columns. */
export function keyOf({ catalog, table }: Target, dimension: Dimension, alias: string): Sql {
  if (dimension.kind === 'time') return truncated(dimension.grain, timeOf(alias), catalog.fiscalYearStart);
  return ident(alias, table.keys.find((each) => each.dimension === dimension.name)!.name);
}

export function timeOf(alias: string): Sql {
  return sql`${ident(alias, PERIOD)}::timestamp`;
}
