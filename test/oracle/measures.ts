// What metrics are made of: numbers over base rows, one function a measure.
import type { BaseRows, FirmFact } from './base-rows.ts';
import { type Fraction, fraction, ofPrinted, type Value } from './fraction.ts';
import type { Movement, MovementKind } from './movements.ts';
import type { Fact } from './slice.ts';
import type { UserMonth } from './user-months.ts';

export function distinct<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

export function count<T>(rows: readonly T[], keep: (row: T) => boolean): Fraction {
  return fraction(rows.filter(keep).length);
}

/** Null over zero. */
export function ratio(part: number, all: number): Value {
  return all === 0 ? null : fraction(part, all);
}

export function docs(facts: readonly Fact[]): readonly number[] {
  return facts.map(({ event }) => event.docs);
}

export function activeUsers(facts: readonly Fact[]): number {
  return distinct(facts.map(({ event }) => event.user)).length;
}

/** Each user-month of the events once. */
export function userMonthsOf({ monthEvents }: BaseRows): readonly UserMonth[] {
  return distinct(monthEvents.map(({ userMonth }) => userMonth));
}

/** Users with at least one user-month that counts. */
export function usersWith(rows: BaseRows, counts: (userMonth: UserMonth) => boolean): number {
  return distinct(
    userMonthsOf(rows)
      .filter(counts)
      .map(({ user }) => user),
  ).length;
}

/** The mean of a whole number of each user-month, which is given in a unit. */
export function meanOf(rows: BaseRows, of: (userMonth: UserMonth) => bigint, unit = 1n): Value {
  const all = userMonthsOf(rows);
  const total = all.map(of).reduce((some, each) => some + each, 0n);
  return all.length === 0 ? null : fraction(total, unit * BigInt(all.length));
}

export function moved(movements: readonly Movement[], kind: MovementKind): number {
  return distinct(movements.filter((each) => each.kind === kind).map(({ user }) => user)).length;
}

/** In USD. */
export function arr(firms: readonly FirmFact[]): number {
  return sum(firms.map(({ firm }) => Math.round(firm.arrInThousands * 1000)));
}

export function seats(firms: readonly FirmFact[]): number {
  return sum(firms.map(({ firm }) => firm.size));
}

export function least(values: readonly number[]): Value {
  return values.length === 0 ? null : fraction(Math.min(...values));
}

export function most(values: readonly number[]): Value {
  return values.length === 0 ? null : fraction(Math.max(...values));
}

/** Interpolated between the two nearest values, in floating point as SQL's percentile_cont does; then as it is printed. */
export function percentile(values: readonly number[], share: number): Value {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return ofPrinted(below + (place - Math.floor(place)) * (above - below));
}
