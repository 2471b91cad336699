/** A number that may miss the exact one by a few roundings. */
export class Near {
  constructor(
    readonly value: number,
    readonly within: number,
  ) {}
}

/** A part of an answer that is missing as a whole, or every number of it. */
export class Absent {}

/** An answer as it should be: plain values, and numbers that may miss by a little. */
export type Expected =
  | string
  | number
  | boolean
  | null
  | Near
  | Absent
  | readonly Expected[]
  | { readonly [name: string]: Expected };

/** Where an answer is not what it should be, a line each; empty where it is. */
export function differences(expected: Expected, actual: unknown, path = ''): readonly string[] {
  if (isAsExpected(expected, actual)) return [];
  if (Array.isArray(expected) && Array.isArray(actual)) return ofLists(expected, actual, path);
  if (isPlain(expected) && typeof actual === 'object' && actual !== null && !Array.isArray(actual))
    return Object.entries(expected).flatMap(([name, each]) =>
      differences(each, (actual as Record<string, unknown>)[name], path ? `${path}.${name}` : name),
    );
  return [`${path}: expected ${shown(expected)}, got ${JSON.stringify(actual)}`];
}

function ofLists(expected: readonly Expected[], actual: readonly unknown[], path: string): readonly string[] {
  const length =
    expected.length === actual.length
      ? []
      : [`${path}: expected ${expected.length} rows, got ${actual.length}`];
  const rows = expected
    .slice(0, actual.length)
    .flatMap((each, index) => differences(each, actual[index], `${path}[${index}]`));
  return [...length, ...rows];
}

function isAsExpected(expected: Expected, actual: unknown): boolean {
  if (expected instanceof Near)
    return typeof actual === 'number' && Math.abs(actual - expected.value) <= expected.within;
  if (expected instanceof Absent) return isAbsent(actual);
  return expected === actual;
}

function isAbsent(actual: unknown): boolean {
  if (actual === null) return true;
  const { id, isPartial, ...numbers } = actual as Record<string, unknown>;
  return Object.values(numbers).every((each) => each === null);
}

function isPlain(expected: Expected): expected is { readonly [name: string]: Expected } {
  if (typeof expected !== 'object' || expected === null || Array.isArray(expected)) return false;
  return !(expected instanceof Near || expected instanceof Absent);
}

function shown(expected: Expected): string {
  if (expected instanceof Absent) return 'nothing';
  return expected instanceof Near ? `${expected.value} ± ${expected.within}` : JSON.stringify(expected);
}
