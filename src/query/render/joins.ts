import { all, empty, ident, type Sql, sql } from '../../database/sql.ts';
import { holdsAt } from '../../database/version.ts';
import type { Join, Relation } from '../model/model.ts';
import { shift } from '../time/time.ts';
import { dateOf, midnight, type Range } from '../time/wall.ts';
import { renderRange } from './condition.ts';

/** @param months all that the relation's rows are of, where that is known: no others of the table need be read */
export function renderJoin(relation: Relation, name: string, version: number, months: Range = {}): Sql {
  const { table, on, versioned, period } = relation.joins[name]!;
  const held = all([on, ...(versioned ? [holdsAt(name, version)] : [])]);
  return sql`
        left join ${table} as ${ident(name)} on ${held}${period ? withinMonths(period, months) : empty}`;
}

function withinMonths({ month, monthsAfter }: Required<Join>['period'], { from, to }: Range): Sql {
  const before = (end: string) => midnight(shift('month', dateOf(end), -monthsAfter));
  return renderRange(month, { ...(from && { from: before(from) }), ...(to && { to: before(to) }) });
}
