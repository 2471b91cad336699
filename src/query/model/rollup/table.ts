import { hash } from 'node:crypto';
import { Sql, sql, statement } from '../../../database/sql.ts';
import { baseOf } from '../base.ts';
import { keyType } from '../key-type.ts';
import type { Aggregate, Fact, Model, Relation, Rollup } from '../model.ts';
import { type Level, levelsOf } from './levels.ts';
import { columnOf, LEVEL, levelRelation, PERIOD, storedColumns } from './relation.ts';

/** Raised when builds fill the same rollup with other numbers, or index it otherwise. */
const FORMAT = 2;

export interface TableColumn {
  readonly name: string;
  readonly type: Sql;
}

/** A rollup as a table of the database. */
export interface RollupTable {
  readonly fact: Fact;
  readonly rollup: Rollup;
  /** Ends in a hash of its definition, so that another definition is another table. */
  readonly name: string;
  /** What tells its rows apart: the level, the period, and dimensions by their columns. */
  readonly keys: readonly (TableColumn & { readonly dimension?: string; readonly nullable: boolean })[];
  readonly values: readonly (TableColumn & { readonly isCount: boolean })[];
  readonly levels: readonly { readonly level: Level; readonly relation: Relation }[];
}

export function rollupTable(model: Model, fact: Fact, rollup: Rollup, fiscalYearStart: number): RollupTable {
  const base = baseOf(fact);
  const dimensions = rollup.dimensions.map((name) => model.dimensions.find((each) => each.name === name)!);
  const definition = JSON.stringify([FORMAT, rollup, base, dimensions, fiscalYearStart], printed);
  const name = `${rollup.name}_${hash('sha256', definition).slice(0, 8)}`;
  const isCube = rollup.isCube === true;
  return {
    fact,
    rollup,
    name,
    keys: [
      { name: LEVEL, type: sql`int`, nullable: false },
      { name: PERIOD, type: sql`date`, nullable: rollup.grains.includes('ever') },
      ...dimensions.map((dimension) => ({
        name: columnOf(base, dimension.name),
        dimension: dimension.name,
        type: keyType(dimension),
        nullable: isCube || base.dimensions[dimension.name]!.nullable === true,
      })),
    ],
    values: Object.entries(base.measures).flatMap(([measure, aggregate]) =>
      storedColumns(measure, aggregate).map((column) => valueColumn(column, aggregate)),
    ),
    levels: levelsOf(rollup).map((level) => ({ level, relation: levelRelation(fact, rollup, level, name) })),
  };
}

/** Fragments by what they say, however they were put together. */
function printed(_: string, value: unknown): unknown {
  return value instanceof Sql ? statement(value) : value;
}

/** Counts are integers, whatever they are added up from; the rest is exact as well. */
function valueColumn(name: string, { aggregate }: Aggregate): RollupTable['values'][number] {
  const isCount = aggregate.startsWith('count') || (aggregate === 'mean' && name.endsWith('_count'));
  return { name, type: isCount ? sql`bigint` : sql`numeric`, isCount };
}
