import { type Asked, FEATURE_NAMES, featuresOf } from './features.ts';
import { impossible } from './impossible.ts';

/** Each pair should occur as often in a long run. */
export const ENOUGH = 50;

/** What a run counted, for another process to add up. */
export interface Counted {
  readonly cases: number;
  readonly withRows: number;
  /** By feature, and by pair of features. */
  readonly counts: Readonly<Record<string, number>>;
}

/** How often features, and pairs of them, were checked in answers that have rows. */
export class Coverage {
  private readonly counts = new Map<string, number>();
  cases = 0;
  withRows = 0;

  add(asked: Asked): void {
    const features = featuresOf(asked);
    this.cases++;
    if (asked.answer.rows.length > 0) this.withRows++;
    for (const [index, one] of features.entries()) {
      this.count(one);
      for (const other of features.slice(index + 1)) this.count(pairOf(one, other));
    }
  }

  of(name: string): number {
    return this.counts.get(name) ?? 0;
  }

  addAll({ cases, withRows, counts }: Counted): void {
    this.cases += cases;
    this.withRows += withRows;
    for (const [name, times] of Object.entries(counts)) this.count(name, times);
  }

  counted(): Counted {
    return { cases: this.cases, withRows: this.withRows, counts: Object.fromEntries(this.counts) };
  }

  private count(name: string, times = 1): void {
    this.counts.set(name, this.of(name) + times);
  }

  /** The counts of every feature, of the rarest pairs, and the pairs that cannot be; for people. */
  report(): string {
    const pairs = allPairs();
    const possible = pairs.filter(([one, other]) => impossible(one, other) === undefined);
    const rare = possible.filter(([one, other]) => this.of(pairOf(one, other)) < ENOUGH);
    const least = Math.min(...possible.map(([one, other]) => this.of(pairOf(one, other))));
    return [
      `${this.cases} cases, ${this.withRows} of them with rows.`,
      'Features, with how often they occurred in an answer with rows:',
      ...FEATURE_NAMES.map((name) => `  ${String(this.of(name)).padStart(8)}  ${name}`),
      `Pairs of features, with how often they occurred together:`,
      ...possible.map(
        ([one, other]) => `  ${String(this.of(pairOf(one, other))).padStart(8)}  ${pairOf(one, other)}`,
      ),
      `Pairs that cannot occur:`,
      ...pairs.flatMap(([one, other]) => {
        const reason = impossible(one, other);
        return reason === undefined ? [] : [`  ${pairOf(one, other)}: ${reason}`];
      }),
      `${possible.length} pairs can occur; the rarest did ${least} times, and ${rare.length} below ${ENOUGH} times${rare.length > 0 ? ':' : '.'}`,
      ...rare.map(
        ([one, other]) => `  ${String(this.of(pairOf(one, other))).padStart(8)}  ${pairOf(one, other)}`,
      ),
    ].join('\n');
  }
}

function pairOf(one: string, other: string): string {
  return `${one} + ${other}`;
}

function allPairs(): readonly (readonly [string, string])[] {
  return FEATURE_NAMES.flatMap((one, index) =>
    FEATURE_NAMES.slice(index + 1).map((other) => [one, other] as const),
  );
}
