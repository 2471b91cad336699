import type { Filter, Key, Where } from './request.ts';

const ORDERS: Readonly<Record<string, readonly string[]>> = {
  areaBand: ['SMALL', 'MEDIUM', 'LARGE'],
  category: ['FRUIT', 'BAKERY', 'DAIRY'],
  country: ['DE', 'FR', 'NL'],
};

/** By the order of values: numbers, no before yes, fixed lists, else text by code point. */
export function compareKeys(field: string, a: Key, b: Key): number {
  const place = (key: Key) => ORDERS[field]?.indexOf(key as string) ?? key;
  const [left, right] = [place(a), place(b)];
  if (typeof left === 'string') return Buffer.compare(Buffer.from(left), Buffer.from(right as string));
  return Number(left) - Number(right);
}

/** Whether a condition holds; undefined where what is told does not decide it. */
export function judge(
  where: Where | undefined,
  told: (field: string) => Key | undefined,
): boolean | undefined {
  const parts = Object.entries(where ?? {}).map(([field, condition]) => {
    if (field === 'and') return every((condition as readonly Where[]).map((each) => judge(each, told)));
    if (field === 'or')
      return not(every((condition as readonly Where[]).map((each) => not(judge(each, told)))));
    if (field === 'not') return not(judge(condition as Where, told));
    const key = told(field);
    return key === undefined ? undefined : holds(field, condition as Filter, key);
  });
  return every(parts);
}

function every(parts: readonly (boolean | undefined)[]): boolean | undefined {
  if (parts.includes(false)) return false;
  return parts.includes(undefined) ? undefined : true;
}

function not(part: boolean | undefined): boolean | undefined {
  return part === undefined ? undefined : !part;
}

/** Every operator given holds; a comparison never matches a missing key. */
export function holds(field: string, filter: Filter, key: Key): boolean {
  // Ids are text in GraphQL, and numbers here where they are integers.
  const cast = (value: unknown) => (typeof key === 'number' ? Number(value) : (value as Key));
  const order = (value: unknown) => compareKeys(field, key, cast(value));
  const isAmong = (values: unknown) => (values as readonly unknown[]).some((value) => order(value) === 0);
  const operators: Readonly<Record<string, (value: never) => boolean>> = {
    eq: (value) => order(value) === 0,
    neq: (value) => order(value) !== 0,
    in: isAmong,
    notIn: (values) => !isAmong(values),
    lt: (value) => order(value) < 0,
    lte: (value) => order(value) <= 0,
    gt: (value) => order(value) > 0,
    gte: (value) => order(value) >= 0,
    between: ({ from, to }: { from: unknown; to: unknown }) => order(from) >= 0 && order(to) <= 0,
    contains: (value) => String(key).includes(value),
    startsWith: (value) => String(key).startsWith(value),
  };
  return Object.entries(filter).every(([name, value]) => {
    if (name === 'isNull') return (key === null) === value;
    return key !== null && operators[name]!(value as never);
  });
}
