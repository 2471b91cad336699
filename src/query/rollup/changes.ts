import { all, empty, ident, join, type Sql, sql } from '../../database/sql.ts';
import { changesAt, holdsAround } from '../../database/version.ts';
import { columnsOf } from '../model/aggregates.ts';
import { baseOf } from '../model/base.ts';
import { joinsOf, withNeeds } from '../model/joins.ts';
import type { Relation } from '../model/model.ts';
import { storedColumns } from '../model/rollup/relation.ts';
import type { RollupTable } from '../model/rollup/table.ts';

/**
 * Selects dates of all groups that a rollup may have other rows of at a version than at the one before, and perhaps of
 * more. A group changes only with rows of the fact's base, or rows joined to them, that begin or cease to hold at the
 * version.
 */
export function changedDates({ fact, rollup }: RollupTable, version: number): Sql {
  const base = baseOf(fact);
  const measures = Object.entries(base.measures).filter(
    ([name, each]) => storedColumns(name, each).length > 0,
  );
  const inputs = measures.flatMap(([, each]) => columnsOf(each));
  const joins = joinsOf(base, rollup.dimensions, inputs).filter((name) => base.joins[name]!.versioned);
  const own = datesOf(base, [], changesAt(base.alias, version));
  const joined = joins.map((name) => {
    const { table, period } = base.joins[name]!;
    if (period)
      return sql`
        select (${period.month} + make_interval(months => ${period.monthsAfter}))::date as date
          from ${table} as ${ident(name)} where ${changesAt(name, version)}`;
    const path = withNeeds(base, name);
    const versioned = path.filter((each) => each !== name && base.joins[each]!.versioned);
    const held = [base.alias, ...versioned].map((alias) => holdsAround(alias, version));
    return datesOf(base, path, all([...held, changesAt(name, version)]));
  });
  return join([own, ...joined], sql` union `);
}

function datesOf(base: Relation, joins: readonly string[], condition: Sql): Sql {
  const joined = joins.map((name) => {
    const { table, on } = base.joins[name]!;
    return sql` join ${table} as ${ident(name)} on ${on}`;
  });
  return sql`
    select (${base.time})::date as date
      from ${base.table} as ${ident(base.alias)}${join(joined, empty)}
     where ${all([...(base.only ? [base.only] : []), condition])}`;
}
