import type { Catalog } from '../catalog.ts';
import type { TimeDimension } from '../model/model.ts';
import type { Question, Span } from '../resolve/question.ts';
import { type Slot, slotsOf } from '../time/slots.ts';
import type { Wall } from '../time/wall.ts';
import type { WindowsPlan } from './plan.ts';

/** The sets of windows that branches of a question read, and the parts that some read of them. */
export class Windows {
  private readonly sets: ReadonlyMap<string, WindowsPlan>;
  /** By the set, then by their places in it. */
  private readonly parts = new Map<string, Map<string, WindowsPlan>>();

  constructor(catalog: Catalog, question: Question) {
    this.sets = new Map(setsOf(catalog, question).map((each) => [each.name, each]));
  }

  get(name: string): WindowsPlan | undefined {
    return this.sets.get(name);
  }

  /** The name of the windows of a set that stand at some places: one part, however many branches read it. */
  part(of: string, places: readonly number[]): string {
    const parts = this.parts.get(of) ?? new Map<string, WindowsPlan>();
    this.parts.set(of, parts);
    const { keys, windows } = this.sets.get(of)!;
    const known = parts.get(places.join());
    if (known) return known.name;
    const name = `part_${parts.size}_of_${of}`;
    parts.set(places.join(), { name, keys, windows: places.map((at) => windows[at]!) });
    return name;
  }

  /** Sets and parts that have one of some names. */
  named(names: ReadonlySet<string>): readonly WindowsPlan[] {
    const parts = [...this.parts.values()].flatMap((each) => [...each.values()]);
    return [...this.sets.values(), ...parts].filter(({ name }) => names.has(name));
  }
}

function setsOf(catalog: Catalog, question: Question): readonly WindowsPlan[] {
  const { groupBy, slots, comparisons, rolling, subtotals } = question;
  if (slots === undefined) return [];
  const grouped = groupBy.filter(isTime);
  const own = (name: string, periods: readonly TimeDimension[], all: readonly Slot[]) =>
    windowsOf(name, periods, all, all);
  const sets = [own('periods', grouped, slots)];
  comparisons.forEach(({ spans, whole }, index) => {
    sets.push(windowsOf(`compare_${index}`, grouped, slots, spans));
    if (whole) sets.push(windowsOf(`compare_${index}_whole`, grouped, slots, whole));
  });
  rolling.forEach(({ spans }, index) => {
    sets.push(windowsOf(`rolling_${index}`, grouped, slots, spans));
  });
  subtotals.forEach(({ by }, index) => {
    const periods = by.filter(isTime);
    const coarser = slotsOf(periods, question.range, question.extent, catalog.fiscalYearStart);
    if (periods.length > 0) sets.push(own(`periods_${index}`, periods, coarser!));
  });
  return sets;
}

function isTime(dimension: { readonly kind: string }): dimension is TimeDimension {
  return dimension.kind === 'time';
}

function windowsOf(
  name: string,
  periods: readonly TimeDimension[],
  slots: readonly Slot[],
  windows: readonly (Span | { readonly from: Wall; readonly to: Wall })[],
): WindowsPlan {
  return {
    name,
    keys: periods.map((period) => period.name),
    windows: slots.map(({ labels, start }, index) => {
      const { from, to } = windows[index]!;
      return { labels, start, from, to };
    }),
  };
}
