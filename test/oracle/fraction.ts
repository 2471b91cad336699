/** An exact number; the divisor is above 0. */
export interface Fraction {
  readonly top: bigint;
  readonly bottom: bigint;
}

/** A number that may be missing. */
export type Value = Fraction | null;

export function fraction(top: bigint | number, bottom: bigint | number = 1n): Fraction {
  const [over, under] = [BigInt(top), BigInt(bottom)];
  return under < 0n ? { top: -over, bottom: -under } : { top: over, bottom: under };
}

/** A number as it is printed: the shortest decimals that no other floating-point number has. */
export function ofPrinted(number: number): Fraction {
  const [whole, decimals = ''] = String(number).split('.') as [string, string?];
  return fraction(BigInt(whole + decimals), 10n ** BigInt(decimals.length));
}

export function add(a: Fraction, b: Fraction): Fraction {
  return fraction(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom);
}

export function subtract(a: Fraction, b: Fraction): Fraction {
  return fraction(a.top * b.bottom - b.top * a.bottom, a.bottom * b.bottom);
}

export function multiply(a: Fraction, b: Fraction): Fraction {
  return fraction(a.top * b.top, a.bottom * b.bottom);
}

/** Null over zero. */
export function divide(a: Fraction, b: Fraction): Value {
  return b.top === 0n ? null : fraction(a.top * b.bottom, a.bottom * b.top);
}

/** What becomes of two numbers of which either may be missing. */
export function both(a: Value, b: Value, make: (a: Fraction, b: Fraction) => Value): Value {
  return a === null || b === null ? null : make(a, b);
}

/** The nearest floating-point number, from so many digits that rounding twice does not show. */
export function toNumber(value: Value): number | null {
  if (value === null) return null;
  const { top, bottom } = value;
  if (top % bottom === 0n) return Number(top / bottom);
  const decimals = 40 + bottom.toString().length;
  return Number(`${(top * 10n ** BigInt(decimals)) / bottom}e-${decimals}`);
}
