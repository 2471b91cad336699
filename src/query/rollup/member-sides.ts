import { empty, ident, join, type Sql, sql } from '../../database/sql.ts';
import { renderRange } from '../render/condition.ts';
import { keyColumn, truncated } from '../render/key.ts';
import { IS_NEXT, type Members, membersTable } from './members.ts';
import { ownRows } from './own-rows.ts';
import type { Side, Target } from './target.ts';

/** Counts of all members; or those at the version before, and by how much the members that changed make them differ. */
export function memberSides(target: Target, members: Members): readonly Side[] {
  const columns = members.measures.map(({ name }) => name);
  const counted = differences(target, members, columns);
  const before = ownRows({ ...target, version: target.version - 1 }, target.level, columns);
  const sides = target.isWhole ? [counted] : [before, counted];
  return sides.map((rows) => ({ rows, columns, gives: 'nothing' }));
}

/** A member counts once in a group, in however many shorter periods and finer groups. */
function differences({ catalog, groupBy, range }: Target, members: Members, columns: readonly string[]): Sql {
  const keys = groupBy.map(({ name }) => keyColumn(name));
  const period = members.groupBy.find(({ kind }) => kind === 'time')!;
  const time = sql`${keyColumn(period.name)}::timestamp`;
  const own = groupBy.map(({ name, ...dimension }) => {
    if (dimension.kind !== 'time') return keyColumn(name);
    return sql`${truncated(dimension.grain, time, catalog.fiscalYearStart)} as ${keyColumn(name)}`;
  });
  const member = ident(members.column);
  const flags = columns.map((name) => ident(name));
  const isCounted = (flag: Sql, when: Sql) =>
    sql`coalesce(bool_or(${flag}) filter (where ${when}), false)::int`;
  const each = flags.map(
    (flag) => sql`${isCounted(flag, IS_NEXT)} - ${isCounted(flag, sql`not ${IS_NEXT}`)} as ${flag}`,
  );
  const grouped = keys.length > 0 ? sql` group by ${join(keys)}` : empty;
  return sql`
    select ${join([...keys, ...flags.map((flag) => sql`sum(${flag}) as ${flag}`)])}
      from (select ${join([...keys, ...each])}
              from (select ${join([...own, member, ...flags, IS_NEXT])}
                      from ${membersTable(members)} as member
                     where true${renderRange(time, range)}) as counted
             group by ${join([...keys, member])}) as changed${grouped}`;
}
