import { all, ident, join, type Sql, sql } from '../../database/sql.ts';
import { holdsAround } from '../../database/version.ts';
import { workingTable } from '../../database/working.ts';
import type { Catalog } from '../catalog.ts';
import type { Dimension, Relation } from '../model/model.ts';
import type { RollupTable } from '../model/rollup/table.ts';
import { type Branch, type BranchContext, renderRows } from '../render/branch.ts';
import { renderRanges } from '../render/condition.ts';
import { keyColumn } from '../render/key.ts';
import type { Grain } from '../time/time.ts';
import { ownRows } from './own-rows.ts';
import { isExact, sourcesOf } from './sources.ts';
import { rangesOf, wholeMonths } from './stretches.ts';
import { groupKeysOf, storedMeasures } from './target.ts';

/**
 * What a rollup counts and does not tell apart, such as users: all are gathered once for all levels, and a build of what
 * changed changes counts by what its members were and are counted in, exact since all rows of a member are looked at,
 * or none.
 */
export interface Members {
  /** The column of the relation that identifies a member. */
  readonly column: string;
  /** The measures that count them, with the column that says which rows count. */
  readonly measures: readonly { readonly name: string; readonly where?: string | undefined }[];
  readonly table: RollupTable;
  /** Their place among those of the rollup. */
  readonly place: number;
  readonly relation: Relation;
  /** The shortest period of the rollup and all of its dimensions. */
  readonly groupBy: readonly Dimension[];
}

/** By their columns. */
export function membersOf(catalog: Catalog, table: RollupTable): readonly Members[] {
  const { level, relation: finest } = table.levels.at(-1)!;
  const groupBy = groupKeysOf(catalog, level);
  const counted = storedMeasures(table).flatMap(({ name, aggregate }) =>
    aggregate.aggregate === 'countDistinct' && finest.measures[name]!.aggregate === 'stored'
      ? [{ ...aggregate, name }]
      : [],
  );
  return [...new Set(counted.map(({ column }) => column))].map((column, place) => {
    const measures = counted.filter((each) => each.column === column);
    const counts = (relation: Relation, { name }: { name: string }) =>
      relation.measures[name]?.aggregate === 'countDistinct' && isExact(catalog, relation, groupBy, name);
    const relation = sourcesOf(catalog, table).find((each) =>
      measures.every((measure) => counts(each, measure)),
    )!;
    return { column, measures, table, place, relation, groupBy };
  });
}

/** Tells whether a row is of the version to make, as all are where everything is made, or of the one before. */
export const IS_NEXT = ident('is_next');

/** The members, or those that changed, with each group that they are counted in, while a build makes the rollup. */
export function membersTable(members: Members): Sql {
  return workingOf(members, 'members');
}

function workingOf({ table, place }: Members, holds: 'members' | 'changed' | 'rows'): Sql {
  return workingTable(`${holds}_${table.name}_${place}`);
}

export interface WorkingTable {
  readonly table: Sql;
  readonly rows: Sql;
  /** Selects whether it has so many rows that counting anew takes less time. */
  readonly isTooLarge?: Sql;
}

/** The table of all members at a version. */
export function allMembers(catalog: Catalog, members: Members, version: number): WorkingTable {
  const counted = countedAt(catalog, members, version, {});
  return {
    table: membersTable(members),
    rows: sql`select *, true as ${IS_NEXT} from (${counted}) as counted`,
  };
}

/**
 * The tables to make, in order: which members are counted otherwise at a version than before, and where those are
 * counted at both.
 * @param dates in order; those whose groups may differ
 */
export function changedMembers(
  catalog: Catalog,
  members: Members,
  version: number,
  dates: readonly string[],
): readonly WorkingTable[] {
  const { column, relation, groupBy, measures } = members;
  const changed = workingOf(members, 'changed');
  const counted = (at: number, rows: Rows) => countedAt(catalog, members, at, rows);
  const told = [...groupBy.map(({ name }) => keyColumn(name)), ...measures.map(({ name }) => ident(name))];
  const ranges = rangesOf(periodOf(members), dates, catalog.fiscalYearStart);
  const touched = {
    only: sql`(true${renderRanges(relation.time, ranges)})`,
    months: wholeMonths(periodOf(members), { from: ranges[0]!.from!, to: ranges.at(-1)!.to! }),
  };
  const { sql: member, joins = [] } = relation.columns[column]!;
  const isChanged = sql`${member} in (select ${ident(column)} from ${changed})`;
  const gathered = {
    table: workingOf(members, 'rows'),
    rows: sql`
      select * from ${relation.table} as ${ident(relation.alias)}
       where ${all([...(relation.only ? [relation.only] : []), isChanged, holdsAround(relation.alias, version)])}`,
  };
  // A member that a join tells of has no rows of its own to gather.
  const isJoined = joins.length > 0;
  const ofChanged = isJoined ? { only: isChanged } : { table: gathered.table };
  return [
    {
      table: changed,
      rows: sql`
        select distinct ${ident(column)}
          from (select ${ident(column)}
                  from (${counted(version, touched)} union all ${counted(version - 1, touched)}) as either
                 group by ${join([ident(column), ...told])}
                having count(*) = 1) as differing`,
      isTooLarge: sql`select count(*) > greatest(${FEW}, (${mostCounted(catalog, members, version - 1)}) / 4) from ${changed}`,
    },
    ...(isJoined ? [] : [gathered]),
    {
      table: membersTable(members),
      rows: sql`
        select *, true as ${IS_NEXT} from (${counted(version, ofChanged)}) as counted
        union all
        select *, false from (${counted(version - 1, ofChanged)}) as counted`,
    },
  ];
}

/** Which rows of their relation to count members in; all of them where it says nothing. */
type Rows = Pick<BranchContext, 'table' | 'only' | 'months'>;

/** So few members are never too many to look at. */
const FEW = 1_000;

/** How many members there are at most in a group of the longest periods and fewest dimensions. */
function mostCounted(catalog: Catalog, { table, measures }: Members, version: number): Sql {
  const names = measures.map(({ name }) => name);
  const rows = ownRows({ catalog, table, groupBy: [], version, range: {} }, table.levels[0]!.level, names);
  const most = names.map((name) => sql`max(${ident(name)})`);
  return sql`select coalesce(greatest(${join(most)}), 0) from (${rows}) as own`;
}

/** Each member and group of the shortest periods that it is counted in at a version, and by which measures. */
function countedAt(catalog: Catalog, members: Members, version: number, rows: Rows): Sql {
  const { column, table, relation, groupBy, measures } = members;
  const names = groupBy.map(({ name }) => name);
  const context: BranchContext = {
    ...{ ...rows, version, groupBy: names, fiscalYearStart: catalog.fiscalYearStart },
    ...{ where: { all: [] }, filters: [], range: {} },
  };
  const branch: Branch = {
    ...{ fact: table.fact.name, relation: relation.name, gives: 'nothing' },
    measures: measures.map(({ name }) => ({ column: name, measure: name, empty: 0 })),
  };
  const keys = [...names.map(keyColumn), ident(column)];
  const flags = measures.map(
    ({ name, where }) =>
      sql`${where ? sql`coalesce(bool_or(${ident(where)}), false)` : sql`true`} as ${ident(name)}`,
  );
  const isCounted = measures.map(({ where }) => (where ? ident(where) : sql`true`));
  return sql`
    select ${join([...keys, ...flags])}
      from (${renderRows(catalog, context, { groupBy: names }, branch)}) as source
     where ${ident(column)} is not null and (${join(isCounted, sql` or `)})
     group by ${join(keys)}`;
}

/** The shortest periods that members are counted in. */
function periodOf({ groupBy }: Members): Grain {
  return groupBy.find((each) => each.kind === 'time')!.grain;
}
