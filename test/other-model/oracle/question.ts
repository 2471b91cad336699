import { AS_OF, FIRST_EVENT } from '../data.ts';
import { periodsOf } from './base-rows.ts';
import {
  GRAINS,
  type Grain,
  isMadeOf,
  labelOf,
  meet,
  midnight,
  type Span,
  spanOf,
  step,
  wallOf,
} from './calendar.ts';
import { fieldOf, type Keys, type Request } from './request.ts';
import { type Data, dataOf, type Scope } from './scope.ts';

/** A request with what follows from it. */
export interface Question {
  readonly request: Request;
  readonly data: Data;
  readonly dimensions: readonly string[];
  /** The finest grouped period. */
  readonly unit: Grain | undefined;
  readonly range: Span;
  readonly firstEvent: string;
}

export function questionOf(request: Request): Question {
  const { groupBy = [], timeRange, timeZone } = request;
  const dimensions = groupBy.map(fieldOf);
  const end = (text: string) => (text.includes('T') ? text.replace('Z', '') : midnight(text));
  return {
    request,
    data: dataOf(timeZone, wallOf(AS_OF, timeZone)),
    dimensions,
    unit: GRAINS.find((grain) => dimensions.includes(grain)),
    range: timeRange ? { from: end(timeRange.between.from), to: end(timeRange.between.to) } : {},
    firstEvent: wallOf(FIRST_EVENT, timeZone),
  };
}

export const isPeriod = (dimension: string): boolean => (GRAINS as readonly string[]).includes(dimension);

export function pick(keys: Keys, dimensions: readonly string[]): Keys {
  return Object.fromEntries(dimensions.map((name) => [name, keys[name]!]));
}

/** The spans of the periods among keys. */
export function spansOf(keys: Keys): readonly Required<Span>[] {
  return Object.entries(keys)
    .filter(([name]) => isPeriod(name))
    .map(([name, label]) => spanOf(name as Grain, label as string));
}

export function sliceOf({ range }: Question, keys: Keys): Span {
  return spansOf(keys).reduce(meet, range);
}

/** The periods that keys tell: their own, and those which are made of one of them. */
export function labelsOf(keys: Keys): Keys {
  const own = GRAINS.filter((grain) => grain in keys);
  const told = GRAINS.flatMap((grain) => {
    const of = own.find((each) => isMadeOf(grain, each));
    return of === undefined ? [] : [[grain, labelOf(grain, midnight(keys[of] as string))]];
  });
  return Object.fromEntries(told);
}

/** The base rows of a group itself. */
export function ownScope(question: Question, keys: Keys): Scope {
  const slice = sliceOf(question, keys);
  const others = Object.keys(keys).filter((name) => !isPeriod(name));
  return { keys: pick(keys, others), time: slice, whole: slice, labels: labelsOf(keys), isElsewhere: false };
}

/** The grouped periods of each candidate, or none where none is grouped. */
export function candidates({ unit, range, data, firstEvent, dimensions }: Question): readonly Keys[] {
  if (unit === undefined) return [{}];
  const [from, to] = [range.from ?? firstEvent, range.to];
  const found: Keys[] = [];
  for (let label = labelOf(unit, from); ; label = step(unit, label, 1)) {
    const start = midnight(label);
    if (to === undefined ? start > data.asOf : start >= to) return found;
    found.push(pick(periodsOf(start), dimensions.filter(isPeriod)));
  }
}

/** Whether the time of the keys, or without any the range, ends after as-of or is cut by the range. */
export function isPartial(question: Question, keys: Keys): boolean {
  const { from, to } = question.range;
  const spans = spansOf(keys);
  const start = spans
    .map((span) => span.from!)
    .sort()
    .at(-1);
  const [end = to] = spans.map((span) => span.to!).sort();
  if (end !== undefined && end > question.data.asOf) return true;
  return (from !== undefined && start !== undefined && from > start) || (to !== undefined && end! > to);
}
