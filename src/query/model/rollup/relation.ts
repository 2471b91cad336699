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
  return plainColumn(base.dimensions[dimension]!.sql, base.alias) ?? dimension;
}

/** The column of an alias that a fragment is, if it is one. */
function plainColumn(fragment: Sql, alias: string): string | undefined {
  const [only] = referencesIn(fragment, alias);
  return only !== undefined && statement(fragment).text === `${alias}.${only}` ? only : undefined;
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
  const { joins, isReached } = toldBy(base, held);
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
  const measures = Object.entries(base.measures).flatMap(([name, aggregate]) => {
    const made = measureOf(base, name, aggregate, level, (column) => isReached(base.columns[column]!));
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
  base: Relation,
  name: string,
  aggregate: Aggregate,
  level: Level,
  isReached: (column: string) => boolean,
): Aggregate | undefined {
  const stored: Aggregate = { aggregate: 'stored', column: name };
  // A row of the base is in one period, and may be in several groups of a dimension that a join splits it over.
  const adds = { periods: true, dimensions: unsplit(base, level) };
  switch (aggregate.aggregate) {
    case 'count':
    case 'countIf':
    case 'sum': {
      const isAll = adds.dimensions.length === level.dimensions.length;
      return isAll ? { aggregate: 'sum', column: name } : { ...stored, adds };
    }
    case 'min':
    case 'max':
      return { aggregate: aggregate.aggregate, column: name };
    case 'mean': {
      const [sum, count] = storedColumns(name, aggregate) as [string, string];
      return { aggregate: 'storedMean', sum, count, adds };
    }
    case 'countDistinct': {
      const alone = { periods: false, dimensions: toldByMember(base, aggregate.column, level) };
      return columnsOf(aggregate).every(isReached) ? aggregate : { ...stored, adds: alone };
    }
    case 'countPeriods':
      return contains(aggregate.grain, level.grain) ? aggregate : stored;
    default:
      return undefined;
  }
}

/** The dimensions of a level in only one of whose groups a row of the base lies. */
function unsplit(base: Relation, { dimensions }: Level): readonly string[] {
  return dimensions.filter((each) => !joinsOf(base, [each]).some((name) => base.joins[name]!.multiplies));
}

/** The dimensions of a level in only one of whose groups a member lies that a column identifies, as attributes of it. */
function toldByMember(base: Relation, column: string, { dimensions }: Level): readonly string[] {
  const name = plainColumn(base.columns[column]!.sql, base.alias);
  if (name === undefined) return [];
  const { isReached } = toldBy(base, new Set([name]));
  return dimensions.filter((each) => isReached(base.dimensions[each]!));
}

/** What columns of the base tell by themselves: joins that need no others and give one row at most, and what those have. */
function toldBy(base: Relation, columns: ReadonlySet<string>) {
  const isHeld = (fragment: Sql) => referencesIn(fragment, base.alias).every((name) => columns.has(name));
  const isJoined = ({ on, needs = [], multiplies = false }: Join): boolean =>
    !multiplies && isHeld(on) && needs.every((name) => isJoined(base.joins[name]!));
  const joins = picked(base.joins, isJoined);
  const isReached = (column: Column) =>
    isHeld(column.sql) && (column.joins ?? []).every((name) => joins[name]);
  return { joins, isReached };
}

function picked<T>(all: Readonly<Record<string, T>>, isIn: (each: T) => boolean): Record<string, T> {
  return Object.fromEntries(Object.entries(all).filter(([, each]) => isIn(each)));
}

/** The columns of an alias that a fragment names. */
function referencesIn(fragment: Sql, alias: string): readonly string[] {
  const named = new RegExp(`(?<![\\w."])"?${alias}"?\\."?([a-z_][a-z0-9_]*)`, 'g');
  return [...statement(fragment).text.matchAll(named)].map(([, column]) => column!);
}
