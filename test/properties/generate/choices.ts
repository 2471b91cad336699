import fc from 'fast-check';

/** Draws from a generator one choice after the other, where what comes next depends on what came before. */
export class Choices {
  constructor(private readonly draw: fc.GeneratorValue) {}

  /** From one range for all, since the generator looks through every arbitrary that it was ever asked for. */
  whole(min: number, max: number): number {
    return min + (this.draw(fc.nat, 0x7fffffff) % (max - min + 1));
  }

  /** True with a probability from 0 to 1. */
  chance(probability: number): boolean {
    return this.whole(0, 999) < probability * 1000;
  }

  /** @throws for an empty list */
  one<T>(list: readonly T[]): T {
    if (list.length === 0) throw new Error('There is nothing to choose from.');
    return list[this.whole(0, list.length - 1)]!;
  }

  shuffled<T>(list: readonly T[]): T[] {
    const rest = [...list];
    return list.map(() => rest.splice(this.whole(0, rest.length - 1), 1)[0]!);
  }

  /** Different ones in any order; fewer where the list is shorter. */
  some<T>(list: readonly T[], min: number, max: number): T[] {
    return this.shuffled(list).slice(0, this.whole(min, max));
  }
}

/** What a function makes of choices, without a leaning to extremes. */
export function chosen<T>(make: (choices: Choices) => T): fc.Arbitrary<T> {
  return fc.noBias(fc.gen().map((draw) => make(new Choices(draw))));
}
