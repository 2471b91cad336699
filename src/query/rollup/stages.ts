import type { Rollup } from '../model/model.ts';
import type { Level } from '../model/rollup/levels.ts';
import type { RollupTable } from '../model/rollup/table.ts';
import { contains } from '../time/time.ts';

/** The levels of a rollup in the order that they are written: those that others are made from first. */
export function stagesOf(table: RollupTable): readonly (readonly Level[])[] {
  const levels = table.levels.map(({ level }) => level);
  const turns = [...new Set(levels.map((level) => turnOf(table, level)))].sort((a, b) => a - b);
  return turns.map((turn) => levels.filter((level) => turnOf(table, level) === turn));
}

/** Fewer dimensions come after more, and longer periods after those that they are made of. */
function turnOf({ rollup }: RollupTable, { grain, dimensions }: Level): number {
  return rollup.dimensions.length - dimensions.length + (isMadeOfShorter(rollup, grain) ? 1 : 0);
}

/** The levels that are written before another, smallest first. */
export function writtenBefore(table: RollupTable, level: Level): RollupTable['levels'] {
  const turn = turnOf(table, level);
  return table.levels.filter((each) => turnOf(table, each.level) < turn);
}

/**
 * The level of the same dimensions and the rollup's shortest periods; undefined where a level's own periods are not
 * made of those.
 */
export function finerOf({ rollup, levels }: RollupTable, { grain, dimensions }: Level): Level | undefined {
  if (!isMadeOfShorter(rollup, grain)) return undefined;
  const finest = rollup.grains.at(-1)!;
  const isSame = (level: Level) => level.grain === finest && String(level.dimensions) === String(dimensions);
  return levels.map(({ level }) => level).find(isSame);
}

/** Whether periods of a grain are made of a rollup's shortest ones. */
export function isMadeOfShorter({ grains }: Rollup, grain: Level['grain']): boolean {
  const finest = grains.at(-1)!;
  if (grain === finest || finest === 'ever') return false;
  return grain === 'ever' || contains(grain, finest);
}
