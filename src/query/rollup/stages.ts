import type { Level } from '../model/rollup/levels.ts';
import type { RollupTable } from '../model/rollup/table.ts';
import { contains } from '../time/time.ts';

/** The levels of a rollup in the order that they are written: those that others add up first. */
export function stagesOf(table: RollupTable): readonly (readonly Level[])[] {
  const levels = table.levels.map(({ level }) => level);
  const isFirst = (level: Level) => finerOf(table, level) === undefined;
  const stages = [levels.filter(isFirst), levels.filter((level) => !isFirst(level))];
  return stages.filter(({ length }) => length > 0);
}

/**
 * The level of the same dimensions and the rollup's shortest periods, which are written first; undefined where a
 * level's own periods are not made of those.
 */
export function finerOf({ rollup, levels }: RollupTable, { grain, dimensions }: Level): Level | undefined {
  const finest = rollup.grains.at(-1)!;
  if (grain === finest || finest === 'ever') return undefined;
  if (grain !== 'ever' && !contains(grain, finest)) return undefined;
  const isSame = (level: Level) => level.grain === finest && String(level.dimensions) === String(dimensions);
  return levels.map(({ level }) => level).find(isSame);
}
