import type { Sql } from '../../database/sql.ts';
import type { Catalog } from '../catalog.ts';
import { baseOf } from '../model/base.ts';
import type { Aggregate, Dimension } from '../model/model.ts';
import type { Level } from '../model/rollup/levels.ts';
import { storedColumns } from '../model/rollup/relation.ts';
import type { RollupTable } from '../model/rollup/table.ts';
import type { Range } from '../time/wall.ts';
import type { Members } from './members.ts';

/** Groups of a level to make: those of a stretch of time at a version. */
export interface Target {
  readonly catalog: Catalog;
  readonly table: RollupTable;
  readonly level: Level;
  /** The level's period, unless it is of all time, and its dimensions. */
  readonly groupBy: readonly Dimension[];
  readonly version: number;
  readonly range: Range;
  /** Whether it is made of everything, and nothing of the version before. */
  readonly isWhole: boolean;
  /** Whose counts are made from their working tables; all others are counted from other rows. */
  readonly members: readonly Members[];
}

/** Some values of groups: columns `key_…` of what is grouped by, and columns of values. */
export interface Side {
  readonly rows: Sql;
  readonly columns: readonly string[];
  /** Whether a group is there for having a row here, or only has values. */
  readonly gives: 'groups' | 'nothing';
}

/** A measure of a fact that its rollups hold. */
export interface StoredMeasure {
  readonly name: string;
  /** How it is taken from the fact's base. */
  readonly aggregate: Aggregate;
  readonly columns: readonly string[];
}

export function storedMeasures({ fact }: RollupTable): readonly StoredMeasure[] {
  return Object.entries(baseOf(fact).measures)
    .map(([name, aggregate]) => ({ name, aggregate, columns: storedColumns(name, aggregate) }))
    .filter(({ columns }) => columns.length > 0);
}

/** What a level has rows by: its period, unless it is of all time, and its dimensions. */
export function groupKeysOf(catalog: Catalog, { grain, dimensions }: Level): readonly Dimension[] {
  const period = catalog.model.dimensions.find((each) => each.kind === 'time' && each.grain === grain);
  return [...(period ? [period] : []), ...dimensions.map((name) => catalog.dimension(name))];
}
