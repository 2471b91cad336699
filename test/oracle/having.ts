import { toNumber, type Value } from './fraction.ts';
import { fieldOf } from './keys.ts';
import type { ComparisonHaving, CustomHaving, Having, NumberFilter, Part } from './request.ts';
import type { Change, Row } from './row.ts';

const PARTS: Readonly<Record<Part, keyof Change>> = {
  CURRENT: 'current',
  PREVIOUS: 'previous',
  DELTA: 'delta',
  RELATIVE_CHANGE: 'relativeChange',
};

/** A number of a row's comparison. Its own is that of the row; the others are missing where the row has none. */
export function changePart(row: Row, key: string, metric: string, part: Part = 'DELTA'): Value {
  if (part === 'CURRENT') return row.metric(fieldOf(metric));
  return row.comparison(key)?.metric(fieldOf(metric))[PARTS[part]] ?? null;
}

/** Whether a row stays. A comparison with a missing number is false, and `not` the opposite of whatever it is of. */
export function stays(having: Having | undefined, row: Row): boolean {
  return Object.entries(having ?? {}).every(([name, value]) => {
    if (value === undefined) return true;
    if (name === 'and') return (value as readonly Having[]).every((each) => stays(each, row));
    if (name === 'or') return (value as readonly Having[]).some((each) => stays(each, row));
    if (name === 'not') return !stays(value as Having, row);
    return holds(value as NumberFilter, toNumber(numberOf(row, name, value as NumberFilter)));
  });
}

function numberOf(row: Row, name: string, filter: NumberFilter): Value {
  if (name === 'custom') return row.custom((filter as CustomHaving).key);
  if (name !== 'compare') return row.metric(name);
  const { key, metric, part } = filter as ComparisonHaving;
  return changePart(row, key, metric, part);
}

function holds(filter: NumberFilter, number: number | null): boolean {
  const { eq, neq, notIn, lt, lte, gt, gte, between, isNull } = filter;
  const compares = [eq, neq, filter.in, notIn, lt, lte, gt, gte, between].some((each) => each !== undefined);
  if (isNull !== undefined && isNull !== (number === null)) return false;
  if (number === null) return !compares;
  return (
    (eq === undefined || number === eq) &&
    (neq === undefined || number !== neq) &&
    (filter.in === undefined || filter.in.includes(number)) &&
    (notIn === undefined || !notIn.includes(number)) &&
    (lt === undefined || number < lt) &&
    (lte === undefined || number <= lte) &&
    (gt === undefined || number > gt) &&
    (gte === undefined || number >= gte) &&
    (between === undefined || (between.from <= number && number <= between.to))
  );
}
