import type { Rollup } from '../model.ts';

/** Rows of a rollup that have the same keys: a period or all time, and some of its dimensions. */
export interface Level {
  /** Tells its rows from those of other levels; the same wherever the rollup's definition is. */
  readonly place: number;
  readonly grain: Rollup['grains'][number];
  readonly dimensions: readonly string[];
}

/** The levels of a rollup, smallest first: by few dimensions before many, of long periods before short ones. */
export function levelsOf({ grains, dimensions, isCube = false }: Rollup): readonly Level[] {
  const sets = isCube ? subsetsOf(dimensions) : [dimensions];
  return sets.flatMap((set, at) =>
    grains.map((grain, index) => ({ place: at * grains.length + index, grain, dimensions: set })),
  );
}

function subsetsOf(names: readonly string[]): readonly (readonly string[])[] {
  const sets = Array.from({ length: 2 ** names.length }, (_, bits) =>
    names.filter((_name, index) => bits & (1 << index)),
  );
  return sets.sort((a, b) => a.length - b.length);
}

/** What answers name a level by. */
export function levelName({ name }: Rollup, { grain, dimensions }: Level): string {
  return `${name} (${[grain === 'ever' ? 'all time' : grain, ...dimensions].join(', ')})`;
}
