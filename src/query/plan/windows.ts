import type { Catalog } from '../catalog.ts';
import type { TimeDimension } from '../model/model.ts';
import type { Question, Span } from '../resolve/question.ts';
import { type Slot, slotsOf } from '../time/slots.ts';
import type { Wall } from '../time/wall.ts';
import type { WindowsPlan } from './plan.ts';

/** Every set of windows that a branch of the question may read, by name. */
export function planWindows(catalog: Catalog, question: Question): readonly WindowsPlan[] {
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
