import { toNumber, type Value } from '../../oracle/fraction.ts';
import { fieldOf } from '../../oracle/keys.ts';
import { metricNamed } from '../../oracle/metrics.ts';
import type { CustomMetric, Operand } from '../../oracle/request.ts';
import type { Change, Numbers } from '../../oracle/row.ts';
import { type Expected, Near } from './differences.ts';

// Whole numbers are exact. A fraction may miss by a few roundings of a database's decimals and of the last cast; what is
// computed from fractions may miss by what their misses come to, which for a difference near zero is more than a few
// roundings of itself.

const ROUNDINGS = 1e-12;

function size(value: Value): number {
  return Math.abs(toNumber(value) ?? 0);
}

function within(value: Value, miss: number): Expected {
  const number = toNumber(value);
  return number === null || miss === 0 ? number : new Near(number, miss);
}

/** How far a metric may miss; a ratio that comes out whole may not, unless it is interpolated. */
function missOf(field: string, value: Value): number {
  const { isWhole, kind } = metricNamed(field);
  const isExact = isWhole || (kind !== 'percentile' && Number.isInteger(toNumber(value)));
  return isExact ? 0 : ROUNDINGS * size(value);
}

export function metricNear(field: string, value: Value): Expected {
  return within(value, missOf(field, value));
}

export function changeNear(field: string, { current, previous, delta, relativeChange }: Change): Expected {
  const miss = missOf(field, current) + missOf(field, previous);
  const relative = size(previous) === 0 ? 0 : miss / size(previous) + ROUNDINGS * size(relativeChange);
  return {
    current: metricNear(field, current),
    previous: metricNear(field, previous),
    delta: within(delta, miss),
    relativeChange: within(relativeChange, relative),
  };
}

export function ratioNear(value: Value): Expected {
  return within(value, Number.isInteger(toNumber(value)) ? 0 : ROUNDINGS * size(value));
}

export function customNear(all: readonly CustomMetric[], key: string, numbers: Numbers): Expected {
  return within(numbers.custom(key), customMiss(all, key, numbers));
}

/** How far a custom metric may miss, from how far its parts may. */
function customMiss(all: readonly CustomMetric[], key: string, numbers: Numbers): number {
  const { ratio, difference, sum, product, filtered } = all.find((each) => each.key === key)!;
  const value = numbers.custom(key);
  const part = (operand: Operand) => partOf(all, operand, numbers);
  const total = (operands: readonly Operand[]) =>
    operands.map(part).reduce((miss, each) => miss + each.miss, 0);
  if (filtered) return missOf(fieldOf(filtered.metric), value);
  if (difference) return total([difference.of, difference.by]);
  if (sum) return total(sum);
  if (product) return productMiss(product.map(part));
  const [of, by] = [part(ratio!.of), part(ratio!.by)];
  return by.size === 0 ? 0 : (of.miss + size(value) * by.miss) / by.size + ROUNDINGS * size(value);
}

interface Part {
  readonly size: number;
  readonly miss: number;
}

function partOf(all: readonly CustomMetric[], { metric, custom }: Operand, numbers: Numbers): Part {
  if (metric === undefined)
    return { size: size(numbers.custom(custom!)), miss: customMiss(all, custom!, numbers) };
  const value = numbers.metric(fieldOf(metric));
  return { size: size(value), miss: missOf(fieldOf(metric), value) };
}

/** Exact products of large whole numbers are cast to floating point in the end. */
function productMiss(parts: readonly Part[]): number {
  const whole = parts.reduce((product, part) => product * part.size, 1);
  const upTo = parts.reduce((product, part) => product * (part.size + part.miss), 1);
  return upTo - whole + (whole > Number.MAX_SAFE_INTEGER ? ROUNDINGS * whole : 0);
}
