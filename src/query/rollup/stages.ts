import type { Level } from '../model/rollup/levels.ts';
import type { RollupTable } from '../model/rollup/table.ts';
import { contains } from '../time/time.ts';

/** The levels of a rollup in the order that they are written: those that others are made from first. */
export function stagesOf(table: RollupTable): readonly (readonly Level[])[] {
  const levels = table.levels.map(({ level }) => level);
  const stages = [...new Set(levels.map((level) => stageOf(table, level)))].sort((a, b) => a - b);
  return stages.map((stage) => levels.filter((level) => stageOf(table, level) === stage));
}

/** Fewer dimensions come after more, and longer periods after those that they are made of. */
function stageOf(table: RollupTable, level: Level): number {
  const fewer = table.rollup.dimensions.length - level.dimensions.length;
  return finerOf(table, level) ? fewer + 1 : fewer;
}

/** The levels that are written before another, smallest first. */
export function writtenBefore(table: RollupTable, level: Level): RollupTable['levels'] {
  return table.levels.filter((each) => stageOf(table, each.level) < stageOf(table, level));
}

/**
 * The level of the same dimensions and the rollup's shortest periods; undefined where a level's own periods are not
 * made of those.
 */
export function finerOf({ rollup, levels }: RollupTable, { grain, dimensions }: Level): Level | undefined {
  const finest = rollup.grains.at(-1)!;
  if (grain === finest || finest === 'ever') return undefined;
  if (grain !== 'ever' && !contains(grain, finest)) return undefined;
  const isSame = (level: Level) => level.grain === finest && String(level.dimensions) === String(dimensions);
  return levels.map(({ level }) => level).find(isSame);
}
