import { constant, ident, type Sql, sql, statement } from '../../../database/sql.ts';
import { contains } from '../../time/time.ts';
import { columnsOf } from '../aggregates.ts';
import { baseOf } from '../base.ts';
import { joinsOf } from '../joins.ts';
import type { Aggregate, Column, Fact, Join, Relation, Rollup } from '../model.ts';
import { type Level, levelName } from './levels.ts';

export const SCHEMA = 'rollup';
/** The first day of a row's period; missing for all time. */
export const PERIOD = 'period';
/** The place of a row's level. */
export const LEVEL = 'level';

/** The column that holds a dimension: that of the base if it is one, so that what is joined by it still meets it. */
export function columnOf(base: Relation, dimension: string): string {
  const given = base.dimensions[dimension]!;
  const [only] = referencesIn(given.sql, base.alias);
  const isPlain = only !== undefined && statement(given.sql).text === `${base.alias}.${only}`;
  return isPlain ? only : dimension;
}

/** The columns of a measure: two for a mean, none for what only rows of the base tell. */
export function storedColumns(measure: string, { aggregate }: Aggregate): readonly string[] {
  if (aggregate === 'percentile') return [];
  return aggregate === 'mean' ? [`${measure}_sum`, `${measure}_count`] : [measure];
}

/**
 * What a level of a rollup can answer: its own dimensions, what hangs on them by joins of the base, what adds up, and
 * what it has stored. It goes by the alias of the base, whose joins and columns mean the same here.
 * @param table the rollup's table
 */
export function levelRelation(fact: Fact, rollup: Rollup, level: Level, table: string): Relation {
  const base = baseOf(fact);
  const held = new Set(level.dimensions.map((name) => columnOf(base, name)));
  const isHeld = (fragment: Sql) => referencesIn(fragment, base.alias).every((name) => held.has(name));
  const joins = reachable(base.joins, isHeld);
  const isReached = (column: Column) =>
    isHeld(column.sql) && (column.joins ?? []).every((name) => joins[name]);
  const own = level.dimensions.map((name): [string, Relation['dimensions'][string]] => [
    name,
    { sql: ident(base.alias, columnOf(base, name)), nullable: base.dimensions[name]!.nullable === true },
  ]);
  const stored = Object.entries(base.measures).flatMap(([name, aggregate]) => storedColumns(name, aggregate));
  const key = [PERIOD, ...held];
  const columns = {
    ...picked(base.columns, isReached),
    ...Object.fromEntries([...key, ...stored].map((name) => [name, { sql: ident(base.alias, name) }])),
  };
  const isSplit = joinsOf(base, level.dimensions).some((name) => base.joins[name]!.multiplies);
  const measures = Object.entries(base.measures).flatMap(([name, aggregate]) => {
    const made = measureOf(name, aggregate, level, isSplit, (column) => isReached(base.columns[column]!));
    return made ? [[name, made] as const] : [];
  });
  return {
    name: levelName(rollup, level),
    table: ident(SCHEMA, table),
    alias: base.alias,
    grain: level.grain,
    time: ident(base.alias, PERIOD),
    only: sql`${ident(base.alias, LEVEL)} = ${constant(level.place)}`,
    rowPer: level.dimensions,
    key,
    joins,
    dimensions: { ...picked(base.dimensions, isReached), ...Object.fromEntries(own) },
    columns,
    measures: Object.fromEntries(measures),
  };
}

/** How a measure is taken from a level's rows. */
function measureOf(
  name: string,
  aggregate: Aggregate,
  { grain }: Level,
  isSplit: boolean,
  isReached: (column: string) => boolean,
): Aggregate | undefined {
  const stored: Aggregate = { aggregate: 'stored', column: name };
  switch (aggregate.aggregate) {
    case 'count':
    case 'countIf':
    case 'sum':
      // A row of the base that lies in several groups would be added several times.
      return isSplit ? stored : { aggregate: 'sum', column: name };
    case 'min':
    case 'max':
      return { aggregate: aggregate.aggregate, column: name };
    case 'mean': {
      const [sum, count] = storedColumns(name, aggregate) as [string, string];
      return { aggregate: 'storedMean', sum, count };
    }
    case 'countDistinct':
      return columnsOf(aggregate).every(isReached) ? aggregate : stored;
    case 'countPeriods':
      return contains(aggregate.grain, grain) ? aggregate : stored;
    default:
      return undefined;
  }
}

/** The joins that need nothing but what is held, and no row of which makes several. */
function reachable(
  joins: Relation['joins'],
  isHeld: (fragment: Sql) => boolean,
): Readonly<Record<string, Join>> {
  const isReached = ({ on, needs = [], multiplies = false }: Join): boolean =>
    !multiplies && isHeld(on) && needs.every((name) => isReached(joins[name]!));
  return picked(joins, isReached);
}

function picked<T>(all: Readonly<Record<string, T>>, isIn: (each: T) => boolean): Record<string, T> {
  return Object.fromEntries(Object.entries(all).filter(([, each]) => isIn(each)));
}

/** The columns of an alias that a fragment names. */
function referencesIn(fragment: Sql, alias: string): readonly string[] {
  const named = new RegExp(`(?<![\\w."])"?${alias}"?\\."?([a-z_][a-z0-9_]*)`, 'g');
  return [...statement(fragment).text.matchAll(named)].map(([, column]) => column!);
}
