import { empty, ident, join, type Sql, sql } from '../../database/sql.ts';
import type { Catalog } from '../catalog.ts';
import type { Level } from '../model/rollup/levels.ts';
import { LEVEL, PERIOD } from '../model/rollup/relation.ts';
import type { RollupTable } from '../model/rollup/table.ts';
import { HAS_ROWS } from '../render/branch.ts';
import { keyColumn } from '../render/key.ts';
import { addedSide, addsUp } from './added.ts';
import { branchSides, ownSourceOf } from './branches.ts';
import { memberSides } from './member-sides.ts';
import type { Members } from './members.ts';
import { finerOf } from './stages.ts';
import { rangesOf, stretchesOf } from './stretches.ts';
import { groupKeysOf, type Side, storedMeasures, type Target } from './target.ts';

/** Levels of a rollup, at a version whose marts, larger rollups and levels before these are there. */
export interface Part {
  readonly version: number;
  readonly levels: readonly Level[];
  /** In order; where they are given, only the periods that they lie in. */
  readonly dates?: readonly string[];
}

/**
 * The rows that a part of a rollup has: its keys and values.
 * @param members whose counts are made from their working tables
 */
export function rollupSource(
  catalog: Catalog,
  table: RollupTable,
  { version, levels, dates }: Part,
  members: readonly Members[],
): Sql {
  const sources = levels.flatMap((level) => {
    const groupBy = groupKeysOf(catalog, level);
    const { grain } = level;
    const isPart = dates !== undefined && grain !== 'ever';
    const ranges = isPart ? rangesOf(grain, dates, catalog.fiscalYearStart) : [{}];
    const isWhole = dates === undefined;
    return ranges.map((range) =>
      levelSource({ catalog, table, level, groupBy, version, range, isWhole, members }),
    );
  });
  return join(sources, sql` union all `);
}

/** Which rows of a rollup are of a part of it. */
export function isWithin(catalog: Catalog, { levels, dates }: Part, alias: string): Sql {
  const period = ident(alias, PERIOD);
  const each = levels.map(({ place, grain }) => {
    const isLevel = sql`${ident(alias, LEVEL)} = ${place}`;
    if (dates === undefined || grain === 'ever') return sql`(${isLevel})`;
    const stretches = stretchesOf(grain, dates, catalog.fiscalYearStart).map(
      ({ from, to }) => sql`(${period} >= ${from}::date and ${period} < ${to}::date)`,
    );
    return sql`(${isLevel} and (${join(stretches, sql` or `)}))`;
  });
  return sql`(${join(each, sql` or `)})`;
}

function levelSource(target: Target): Sql {
  const { table, level, groupBy } = target;
  const keys = groupBy.map(({ name }) => keyColumn(name));
  const period = groupBy.find(({ kind }) => kind === 'time');
  const sides = sidesOf(target).map((side) => padded(side, keys, table));
  const keyed = table.keys.map(({ name, type, dimension }) => {
    if (name === LEVEL) return sql`${level.place}::int as ${ident(LEVEL)}`;
    if (name === PERIOD) return sql`${period ? keyColumn(period.name) : sql`null`}::date as ${ident(PERIOD)}`;
    const isHeld = dimension !== undefined && level.dimensions.includes(dimension);
    return sql`${isHeld ? keyColumn(dimension) : sql`null`}::${type} as ${ident(name)}`;
  });
  const values = table.values.map(({ name, type, isCount }) => {
    const sum = sql`sum(${ident(name)})`;
    // Groups without members have no row where those are counted.
    return sql`${isCount ? sql`coalesce(${sum}, 0)` : sum}::${type} as ${ident(name)}`;
  });
  return sql`
    select ${join([...keyed, ...values])}
      from (${join(sides, sql` union all `)}) as sides${keys.length > 0 ? sql` group by ${join(keys)}` : empty}
    having bool_or(${HAS_ROWS})`;
}

/** What adds up to the values of a level. */
function sidesOf(target: Target): readonly Side[] {
  const measures = storedMeasures(target.table);
  const finer = finerOf(target.table, target.level);
  const added = finer ? measures.filter((measure) => addsUp(measure, finer)) : [];
  const members = membersCounted(target, finer);
  const counted = new Set(members.flatMap((each) => each.measures.map(({ name }) => name)));
  const others = measures.filter((measure) => !added.includes(measure) && !counted.has(measure.name));
  return [
    ...(finer ? [addedSide(target, finer, added)] : []),
    ...members.flatMap((each) => memberSides(target, each)),
    ...branchSides(target, others),
  ];
}

/**
 * Those that no smaller level tells of, where they may be counted from their working tables: in periods made of the
 * shortest ones; and where everything is made in the shortest ones, of which those that changed are few rows to count
 * anew, if something else tells there which groups there are.
 */
function membersCounted(target: Target, finer: Level | undefined): readonly Members[] {
  const { table, level, isWhole } = target;
  const members = target.members.filter(
    (each) => !each.measures.some(({ name }) => ownSourceOf(target, name)),
  );
  if (finer) return members;
  const counted = new Set(members.flatMap((each) => each.measures.map(({ name }) => name)));
  const tellsGroups = storedMeasures(table).some(({ name }) => !counted.has(name));
  return isWhole && level.grain === table.rollup.grains.at(-1) && tellsGroups ? members : [];
}

/** A side with its columns among those of all. */
function padded({ rows, columns, gives }: Side, keys: readonly Sql[], { values }: RollupTable): Sql {
  const own = new Set(columns);
  const all = values.map(
    ({ name }) => sql`${own.has(name) ? ident(name) : sql`null`}::numeric as ${ident(name)}`,
  );
  const hasRows = sql`${gives === 'groups'}::boolean as ${HAS_ROWS}`;
  return sql`select ${join([...keys, ...all, hasRows])} from (${rows}) as side`;
}
