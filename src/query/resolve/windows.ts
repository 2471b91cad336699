import type { Catalog } from '../catalog.ts';
import type { TimeDimension } from '../model/model.ts';
import { screamingCase } from '../model/names.ts';
import { areNested, type Extent, finest, MAX_SLOTS, type Slot, slotsOf, yearsOf } from '../time/slots.ts';
import { contains, daysBetween, type Grain } from '../time/time.ts';
import { dateOf, earlier, later, type Range } from '../time/wall.ts';
import {
  comparedWindow,
  ownLength,
  type Shift,
  shiftBy,
  startsBefore,
  toDateWindow,
  trailingWindow,
  type Window,
} from '../time/windows.ts';
import type { Basis } from './basis.ts';
import type { Problems } from './problems.ts';
import type { SlotWindows, Span } from './question.ts';
import type { Comparison, Condition, MetricsRequest, Path, Rolling } from './request.ts';
import { dimensionsIn } from './where.ts';

const MAX_COUNT = 10_000;
/** Most days that the windows of one comparison or rolling metric read. */
const MAX_DAYS = 5_000_000;
/** Most comparisons, rolling metrics or custom metrics of a request. */
const MAX_ITEMS = 20;
const MAX_KEY = 100;

/** The periods of a question, as its comparisons and rolling windows need them. */
export interface Periods {
  readonly grouped: readonly TimeDimension[];
  readonly unit: Grain | undefined;
  readonly range: Range;
  readonly extent: Extent | undefined;
  readonly fiscalYearStart: number;
  readonly slots: readonly Slot[];
}

/** The periods of a question and everything that goes by them; without a grouped one, the range alone. */
export interface ResolvedWindows {
  readonly periods: Periods | undefined;
  readonly comparisons: readonly SlotWindows[];
  readonly rolling: readonly SlotWindows[];
}

/**
 * Resolves comparisons and rolling windows.
 * @param isNeeded whether something else of the question needs its periods
 */
export function resolveWindows(
  catalog: Catalog,
  { compare, rolling, fill }: MetricsRequest,
  { groupBy, where, range, extent }: Basis,
  isNeeded: boolean,
  path: Path,
  problems: Problems,
): ResolvedWindows {
  const grouped = groupBy.filter((dimension): dimension is TimeDimension => dimension.kind === 'time');
  const isWindowed = compare.length + rolling.length > 0;
  if (isWindowed)
    checkFilters(catalog, where, grouped, compare.length > 0 ? 'compare' : 'rolling', path, problems);
  if (fill) checkFill(grouped, [...path, 'fill'], problems);
  if (!isWindowed && !fill && !isNeeded) return { periods: undefined, comparisons: [], rolling: [] };
  const { fiscalYearStart } = catalog;
  const all = grouped.length > 0 ? slotsOf(grouped, range, extent, fiscalYearStart) : rangeSlots(range);
  if (all === undefined) problems.add('TOO_MANY_PERIODS', { limit: MAX_SLOTS }, [...path, 'timeRange']);
  const periods = { grouped, unit: finest(grouped), range, extent, fiscalYearStart, slots: all ?? [] };
  return {
    periods,
    comparisons: resolveComparisons(compare, periods, [...path, 'compare'], problems),
    rolling: resolveRolling(rolling, periods, [...path, 'rolling'], problems),
  };
}

/** Filters on periods pick the rows of windows by their period, which must lie wholly in or out. */
function checkFilters(
  catalog: Catalog,
  where: Condition,
  grouped: readonly TimeDimension[],
  argument: string,
  path: Path,
  problems: Problems,
): void {
  for (const name of dimensionsIn(where)) {
    const dimension = catalog.dimension(name);
    if (dimension.kind !== 'time' || grouped.some(({ grain }) => contains(dimension.grain, grain))) continue;
    const parameters = { dimension: screamingCase(name), argument };
    problems.add('PERIOD_FILTER_NOT_GROUPED', parameters, [...path, 'where']);
  }
}

function checkFill(grouped: readonly TimeDimension[], path: Path, problems: Problems): void {
  if (grouped.length === 0) problems.add('NEEDS_PERIOD', { argument: 'fill' }, path);
  else if (!areNested(grouped)) problems.add('PERIODS_NOT_NESTED', { argument: 'fill' }, path);
}

/** The range as a slot; none when it is open. */
function rangeSlots({ from, to }: Range): readonly Slot[] {
  return from === undefined || to === undefined ? [] : [{ labels: [], start: from, end: to, from, to }];
}

/** The windows that rows are compared with. */
function resolveComparisons(
  comparisons: readonly Comparison[],
  periods: Periods,
  path: Path,
  problems: Problems,
): readonly SlotWindows[] {
  checkKeys(comparisons, 'compare', path, problems);
  return comparisons.map((comparison, index) => {
    const by = resolveShift(comparison, periods, [...path, index], problems);
    if (by === undefined) return { key: comparison.key, spans: [] };
    const { slots, unit, extent } = periods;
    const isCut = (slot: Slot) => extent !== undefined && slot.from < extent.asOf && extent.asOf < slot.to;
    const spans = (cut: string | undefined) =>
      slots.map((slot) => spanOf(periods, comparedWindow(slot, by, unit, cut), false));
    const cuts = comparison.toDate && slots.some(isCut);
    const made = {
      key: comparison.key,
      spans: spans(cuts ? extent?.asOf : undefined),
      ...(cuts && { whole: spans(undefined) }),
    };
    checkDays(made, periods, [...path, index], problems);
    return made;
  });
}

function resolveShift(
  { to, shift }: Comparison,
  { grouped, unit, range }: Periods,
  path: Path,
  problems: Problems,
): Shift | undefined {
  if (to && shift) {
    problems.add(
      'NOT_EXACTLY_ONE',
      { argument: 'compare', given: ['to', 'shift'], of: ['to', 'shift'] },
      path,
    );
    return undefined;
  }
  if (!areNested(grouped)) {
    problems.add('PERIODS_NOT_NESTED', { argument: 'compare' }, path);
    return undefined;
  }
  if (unit === undefined && (range.from === undefined || range.to === undefined)) {
    problems.add('NEEDS_RANGE', { argument: 'compare' }, path);
    return undefined;
  }
  if (to === 'YEAR_BEFORE') return shiftBy(1, 'year', unit);
  if (!shift) return unit === undefined ? ownLength(range as Window) : shiftBy(1, unit, unit);
  const { count, unit: by } = shift;
  if (count < 1 || count > MAX_COUNT) {
    const limits = { name: 'count', value: count, least: 1, most: MAX_COUNT };
    problems.add('NUMBER_OUT_OF_RANGE', limits, [...path, 'shift', 'count']);
    return undefined;
  }
  const made = shiftBy(count, by, unit);
  if (made === undefined)
    problems.add('SHIFT_CUTS_PERIODS', { shift: `${count} × ${by}`, period: unit! }, [...path, 'shift']);
  return made;
}

/** The windows that rolling metrics are taken over. */
function resolveRolling(
  rolling: readonly Rolling[],
  periods: Periods,
  path: Path,
  problems: Problems,
): readonly SlotWindows[] {
  checkKeys(rolling, 'rolling', path, problems);
  return rolling.map((each, index) => {
    const { slots, extent } = periods;
    const windowOf = resolveRollingWindow(each, periods, [...path, index], problems);
    const spans = slots.map((slot) => {
      const isOpen = slot.to < slot.end || (extent !== undefined && slot.end > extent.asOf);
      return spanOf(periods, windowOf(slot), isOpen);
    });
    const made = { key: each.key, spans };
    checkDays(made, periods, [...path, index], problems);
    return made;
  });
}

function resolveRollingWindow(
  { trailing, toDate }: Rolling,
  { grouped, unit, fiscalYearStart }: Periods,
  path: Path,
  problems: Problems,
): (slot: Slot) => Window {
  const given = Object.entries({ trailing, toDate }).flatMap(([name, value]) => (value ? [name] : []));
  if ((trailing ?? null) !== null && (trailing! < 1 || trailing! > MAX_COUNT)) {
    const limits = { name: 'trailing', value: trailing!, least: 1, most: MAX_COUNT };
    problems.add('NUMBER_OUT_OF_RANGE', limits, [...path, 'trailing']);
  } else if (given.length !== 1) {
    problems.add('NOT_EXACTLY_ONE', { argument: 'rolling', given, of: ['trailing', 'toDate'] }, path);
  } else if (grouped.length === 0) problems.add('NEEDS_PERIOD', { argument: 'rolling' }, path);
  else if (unit === undefined) problems.add('PERIODS_NOT_NESTED', { argument: 'rolling' }, path);
  else if (!toDate) return (slot) => trailingWindow(slot, trailing!, unit);
  else if (contains(toDate, unit)) return (slot) => toDateWindow(slot, toDate, fiscalYearStart);
  else problems.add('TO_DATE_CUTS_PERIODS', { toDate, period: unit }, [...path, 'toDate']);
  return (slot) => slot;
}

function spanOf({ unit, extent, fiscalYearStart }: Periods, window: Window, isOpen: boolean): Span {
  const startsEarly =
    extent === undefined || startsBefore(window, unit ?? 'day', extent.firstEvent, fiscalYearStart);
  return { from: window.from, to: window.to, isPartial: isOpen || startsEarly };
}

/** Reports windows that together read more days of data than an answer should. */
function checkDays({ key, spans }: SlotWindows, { extent }: Periods, path: Path, problems: Problems): void {
  if (extent === undefined) return;
  const years = yearsOf(extent);
  const days = spans.reduce((sum, { from, to }) => {
    const [start, end] = [later(from, years.from), earlier(to, years.to)];
    return start < end ? sum + daysBetween(dateOf(start), dateOf(end)) + 1 : sum;
  }, 0);
  if (days > MAX_DAYS) problems.add('WINDOWS_TOO_LONG', { key, limit: MAX_DAYS }, path);
}

/** Reports keys that are there twice or no text to call anything by, and too many of them. */
export function checkKeys(
  keyed: readonly { readonly key: string }[],
  argument: string,
  path: Path,
  problems: Problems,
): void {
  if (keyed.length > MAX_ITEMS)
    problems.add('TOO_MANY_ITEMS', { argument, given: keyed.length, limit: MAX_ITEMS }, path);
  keyed.forEach(({ key }, index) => {
    if (key === '' || key.length > MAX_KEY || /\p{Cc}/u.test(key))
      problems.add('INVALID_KEY', { key, argument, limit: MAX_KEY }, [...path, index, 'key']);
    if (keyed.findIndex((each) => each.key === key) < index)
      problems.add('DUPLICATE_KEY', { key, argument }, [...path, index, 'key']);
  });
}
